import Tensors

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
      let parts = operands.compactMap { texts[$0] }
      guard operation(of: node) != .identity else {
        texts[node] = parts[0]
        continue
      }
      guard let writing = writing(of: node, untaken: "0"), writing.isExact else { return nil }
      let text = writing.text(parts)
      guard text.text.count <= limit else { return nil }
      texts[node] = text
    }
    return texts[id]
  }
}
