/// A text that can be typed, and how strongly its outermost operator binds.
package struct TypedText: Sendable {
  package let text: String
  /// 9 for what never needs brackets.
  package let strength: Int

  package init(_ text: String, strength: Int = 9) {
    (self.text, self.strength) = (text, strength)
  }
}

extension Graph {
  /// A node as a person would type it, with brackets only where they change the meaning.
  ///
  /// - Parameters:
  ///   - id: a node.
  ///   - limit: the most letters.
  ///   - name: what stands for a node as a whole; nil for one that is to be spelled out.
  /// - Returns: nil for what has no words or too many.
  package func typed(
    _ id: NodeID, limit: Int = 200, name: (NodeID) -> TypedText?
  ) -> TypedText? {
    var texts: [NodeID: TypedText] = [:]
    var stack = [id]
    var budget = 4 * limit
    while let node = stack.last {
      budget -= 1
      guard budget > 0 else { return nil }
      if texts[node] == nil, let text = name(node) { texts[node] = text }
      guard texts[node] == nil else {
        stack.removeLast()
        continue
      }
      guard !isLeaf(node) else { return nil }
      let operands = operands(of: node)
      let missing = operands.filter { texts[$0] == nil }
      guard missing.isEmpty else {
        stack += missing
        continue
      }
      guard let text = typed(node, operands.compactMap { texts[$0] }), text.text.count <= limit
      else { return nil }
      texts[node] = text
    }
    return texts[id]
  }

  private func typed(_ id: NodeID, _ operands: [TypedText]) -> TypedText? {
    let row = operation(of: id).row
    if operation(of: id) == .identity { return operands[0] }
    switch row.notation {
    case .infix where attribute(of: id).turned == (false, false), .prefix:
      return Formula.application(of: row, to: operands)
    case .infix:
      return text(of: id, operands: operands.map(\.text)).map { TypedText($0, strength: 3) }
    case .suffix, .subscripts, .brackets, .call, .choice, .leaf:
      return text(of: id, operands: operands.map(\.text)).map { TypedText($0) }
    }
  }
}
