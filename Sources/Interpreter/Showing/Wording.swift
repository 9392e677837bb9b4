import Autodiff
import Tensors

/// How messages and notes call nodes.
extension Session {
  /// A node by its name, its number, or what it does.
  func phrase(_ id: NodeID, depth: Int = 3) -> String {
    if graph.tag(of: id) != .none || graph.isLeaf(id) || depth == 0 { return shown(id) }
    if graph.operation(of: id) == .identity || graph.operation(of: id) == .limit {
      return phrase(graph.operands(of: id)[0], depth: depth)
    }
    return describe(id, depth: depth)
  }

  /// What a node does, such as `x > 0` or `sin(x) / x`.
  package func describe(_ id: NodeID, depth: Int = 3) -> String {
    let row = graph.operation(of: id).row
    let operands = graph.shownOperands(of: id) ?? graph.operands(of: id)
    let phrases = operands.map { phrase($0, depth: depth - 1) }
    switch row.notation {
    case .infix(let sign):
      let turned = graph.attribute(of: id).turned
      let left = bracketed(operands[0], phrases[0]) + (turned.0 ? ".T" : "")
      let right = bracketed(operands[1], phrases[1]) + (turned.1 ? ".T" : "")
      return "\(left) \(sign) \(right)"
    case .prefix(let sign): return "\(sign)\(bracketed(operands[0], phrases[0]))"
    case .call: return row.call(of: phrases + graph.optionTexts(of: id))
    case .suffix(let suffix): return "\(phrases[0])\(suffix)"
    case .subscripts: return "\(phrases[0])[…]"
    case .choice: return choice(of: id, phrases)
    case .brackets: return "[\(phrases.joined(separator: ", "))]"
    case .leaf: return shown(id)
    }
  }

  private func bracketed(_ id: NodeID, _ text: String) -> String {
    if text.hasPrefix("-") { return "(\(text))" }
    guard graph.tag(of: id) == .none else { return text }
    switch graph.operation(of: id).row.notation {
    case .infix, .prefix, .choice: return "(\(text))"
    case .call, .suffix, .subscripts, .brackets, .leaf: return text
    }
  }

  /// `if c then a else …`, with the side that was taken.
  package func choice(of id: NodeID, _ operands: [String]) -> String {
    let condition = graph.operands(of: id)[0]
    let isTaken = graph.isScalar(condition) && graph.scalar(of: condition) != 0
    return isTaken
      ? "if \(operands[0]) then \(operands[1]) else …"
      : "if \(operands[0]) then … else \(operands[1])"
  }

  /// `x = 0, y = -1`: the operands of a node that the note about it has not said already.
  func facts(about id: NodeID) -> String {
    var seen: Set<String> = []
    let facts = graph.operands(of: id).compactMap { operand -> String? in
      let (phrase, value) = (phrase(operand), telling(operand))
      return graph.operation(of: operand) == .constant || phrase == value
        ? nil : "\(phrase) = \(value)"
    }
    return facts.filter { seen.insert($0).inserted }.joined(separator: ", ")
  }
}
