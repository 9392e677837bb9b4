import Autodiff
import Syntax
import Tensors

/// Finding what numbers alone do not say: corners, and where a nan or inf began.
extension Session {
  struct Findings {
    var marks: [Int: [Mark]] = [:]
    var notes: [String] = []
  }

  func findings(_ order: [NodeID], _ partials: [Partial]) -> Findings {
    var findings = Findings()
    for (place, id) in order.enumerated() {
      let marks = graph.marks(of: id)
      if !marks.isEmpty { findings.marks[place] = marks }
    }
    noteFirstBadValue(order, &findings)
    noteFirstBadPartial(order, partials, &findings)
    return findings
  }

  private func noteFirstBadValue(_ order: [NodeID], _ findings: inout Findings) {
    guard let output = order.last, isBad(output),
      let place = order.firstIndex(where: { id in
        isBad(id) && graph.operands(of: id).allSatisfy { !isBad($0) }
      })
    else { return }
    let id = order[place]
    let isNaN = graph.tensor(of: id).elements.contains(where: \.isNaN)
    findings.marks[place, default: []].append(isNaN ? .firstNotANumber : .firstInfinite)
    guard !graph.isLeaf(id) else { return }
    var note = "\(describe(id)) is \(isNaN ? "nan" : badWord(id))"
    let inputs = graph.operands(of: id).filter { graph.tag(of: $0) == .none && !graph.isLeaf($0) }
    let named = graph.operands(of: id).filter { graph.tag(of: $0) != .none }
    let facts =
      named.map { "\(shown($0)) = \(valueText($0))" }
      + inputs.map { "\(describe($0)) = \(valueText($0))" }
    if !facts.isEmpty { note += " where \(facts.joined(separator: ", "))" }
    findings.notes.append(note + rewriteHint(order))
  }

  /// A value is fine and yet a derivative is not: says at which node the slope went wrong.
  private func noteFirstBadPartial(
    _ order: [NodeID], _ partials: [Partial], _ findings: inout Findings
  ) {
    var culprit: Int?
    for (place, id) in order.enumerated() {
      guard isBad(partials[place]) else { continue }
      // Of a constant exponent nobody asks the derivative; the mark says enough.
      if isNaN(partials[place]) { findings.marks[place, default: []].append(.undefined) }
      if graph.isVariable(id) { culprit = place }
    }
    guard let culprit, let output = order.last, !isBad(output) else { return }
    // The latest bad node is where the reverse sweep first went wrong; its user made it so.
    let id = order[culprit]
    let user = order.first { $0 > id && graph.operands(of: $0).contains(id) } ?? id
    findings.notes.append(
      "the derivative is \(isNaN(partials[culprit]) ? "nan" : "inf") at "
        + "\(describe(user)) where \(shownOrDescribed(id)) = \(valueText(id))" + rewriteHint(order))
  }

  private func shownOrDescribed(_ id: NodeID) -> String {
    graph.tag(of: id) == .none && !graph.isLeaf(id) ? describe(id) : shown(id)
  }

  private func isBad(_ id: NodeID) -> Bool {
    graph.isScalar(id)
      ? !graph.scalar(of: id).isFinite : graph.tensor(of: id).elements.contains { !$0.isFinite }
  }

  private func badWord(_ id: NodeID) -> String {
    graph.isScalar(id) ? number(graph.scalar(of: id)) : "inf"
  }

  private func isBad(_ partial: Partial) -> Bool {
    switch partial {
    case .none: false
    case .scalar(let value): !value.isFinite
    case .array(let tensor): tensor.elements.contains { !$0.isFinite }
    }
  }

  private func isNaN(_ partial: Partial) -> Bool {
    switch partial {
    case .none: false
    case .scalar(let value): value.isNaN
    case .array(let tensor): tensor.elements.contains(where: \.isNaN)
    }
  }

  /// What is wrong with a value in strict mode; nil when nothing is.
  func notFinite(_ id: NodeID) -> String? {
    isBad(id) ? "\(shown(id)) is \(badWord(id))" : nil
  }
}
