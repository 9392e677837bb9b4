import Autodiff
import Tensors

extension Session {
  /// The better form of something in the graph, as the end of a note.
  func rewriteHint(_ order: [NodeID]) -> String {
    for id in order.reversed() {
      for rewrite in Rewrite.all {
        guard let found = match(id, rewrite) else { continue }
        return "; \(written(rewrite.better, found)) is right there"
      }
    }
    return ""
  }

  /// The first form that gives a number with many wrong digits, and a better one.
  func lossNote(_ order: [NodeID]) -> String? {
    for (place, id) in order.enumerated() where graph.traits(of: id).contains(.mayLoseDigits) {
      if Cancellation.Pace.nodes.isDue(at: place), graph.cancellation.ask() { return nil }
      for rewrite in Rewrite.losses[graph.operation(of: id)] ?? [] {
        guard let found = match(id, rewrite) else { continue }
        guard let x = found[0] else { continue }
        let fact =
          graph.operation(of: x) == .constant ? "" : " where \(phrase(x)) = \(telling(x))"
        return "\(describe(id)) loses digits\(fact); "
          + "\(written(rewrite.better, found)) is right there"
      }
    }
    return nil
  }

  /// What the arguments of a rewrite stand for, where it helps; nil elsewhere.
  private func match(_ id: NodeID, _ rewrite: Rewrite) -> [Int: NodeID]? {
    guard let found = match(id, rewrite.steps) else { return nil }
    let places = [found[0], found[1]].map { $0.flatMap { graph.isScalar($0) ? $0 : nil } }
    let values = places.map { $0.map(graph.scalar(of:)) ?? .nan }
    return rewrite.helps(at: values) ? found : nil
  }

  private func written(_ form: String, _ found: [Int: NodeID]) -> String {
    var text = ""
    let letters = Array(form)
    for (place, letter) in letters.enumerated() where letter != "$" {
      guard place > 0, letters[place - 1] == "$", let id = found[letter == "x" ? 0 : 1] else {
        text.append(letter)
        continue
      }
      let phrase = phrase(id)
      let isBesideOperator = text.hasSuffix("-") || letters.dropFirst(place + 1).first == "/"
      let isCompound =
        graph.isVariable(id) && !graph.isLeaf(id) && graph.tag(of: id) == .none
      text += isBesideOperator && isCompound ? "(\(phrase))" : phrase
    }
    return text
  }

  /// What the arguments of a pattern stand for; nil where the graph has another form.
  ///
  /// The nodes that the parts of the pattern have to match stand on a stack.
  private func match(_ id: NodeID, _ pattern: [Rewrite.Step]) -> [Int: NodeID]? {
    // Most nodes are something else, which their last operand tells without any search.
    guard pattern.count > 1, let last = graph.lastOperand(of: id) else { return nil }
    if case .apply(let row) = pattern[0], graph.operation(of: id) != row { return nil }
    switch pattern[1] {
    case .argument: break
    case .constant(let value):
      guard graph.operation(of: last) == .constant, graph.scalar(of: last) == value else {
        return nil
      }
    case .apply(let row): guard graph.operation(of: last) == row else { return nil }
    }
    var found: [Int: NodeID] = [:]
    var stack = [id]
    for step in pattern {
      guard let node = stack.popLast() else { return nil }
      switch step {
      case .argument(let place):
        guard found[place, default: node] == node else { return nil }
        found[place] = node
      case .constant(let value):
        guard graph.operation(of: node) == .constant, graph.scalar(of: node) == value else {
          return nil
        }
      case .apply(let row):
        guard graph.operation(of: node) == row else { return nil }
        graph.forEachOperand(of: node) { stack.append($0) }
      }
    }
    return found
  }
}
