import Autodiff
import Tensors

/// How messages and notes call nodes.
extension Session {
  /// A node by its name, its number, or what it does.
  ///
  /// - Parameters:
  ///   - id: a node.
  ///   - depth: the operations that are written one in another; nil for as many as make a short text.
  /// - Returns: the text without brackets around it.
  func phrase(_ id: NodeID, depth: Int? = nil) -> String {
    fitting(depth) { words(for: id, depth: $0).text }
  }

  /// The operation of a node, such as `x > 0` or `sin(x) / x`.
  package func describe(_ id: NodeID, depth: Int? = nil) -> String {
    fitting(depth) { application(of: id, depth: $0).text }
  }

  private func fitting(_ depth: Int?, _ text: (Int) -> String) -> String {
    if let depth { return text(depth) }
    for depth in [5, 4] {
      let text = text(depth)
      if text.count <= 50 { return text }
    }
    return text(3)
  }

  private func words(for id: NodeID, depth: Int) -> TypedText {
    if graph.tag(of: id) != .none || graph.isLeaf(id) || depth == 0 {
      let isBareArray = graph.isLeaf(id) && graph.tag(of: id) == .none && !graph.isScalar(id)
      return TypedText(nameOrNumber: (isBareArray ? shortValue(of: id) : nil) ?? shown(id))
    }
    if graph.operation(of: id) == .identity || graph.operation(of: id) == .limit {
      return words(for: graph.operands(of: id)[0], depth: depth)
    }
    return application(of: id, depth: depth)
  }

  private func application(of id: NodeID, depth: Int) -> TypedText {
    let operands = graph.shownOperands(of: id) ?? graph.operands(of: id)
    return graph.text(of: id, operands: operands.map { words(for: $0, depth: depth - 1) })
      ?? TypedText(shown(id))
  }

  /// `x = 0, y = -1`: the operands of a node that the note about it has not said already.
  func facts(about id: NodeID) -> String {
    var seen: Set<String> = []
    let facts = graph.operands(of: id).compactMap { operand -> String? in
      guard graph.operation(of: operand) != .constant else { return nil }
      let phrase = phrase(operand)
      guard let value = shortValue(of: operand), phrase != value else { return nil }
      return "\(phrase) = \(value)"
    }
    return facts.filter { seen.insert($0).inserted }.joined(separator: ", ")
  }

  /// ` where x = 0`, or of an array ` at [1] where u = -4 there`: the operands of a node where its
  /// value is so.
  func circumstances(of id: NodeID, where isMeant: (Double) -> Bool) -> String {
    guard !graph.isScalar(id) else {
      let facts = facts(about: id)
      return facts.isEmpty ? "" : " where \(facts)"
    }
    let tensor = graph.tensor(of: id)
    guard let place = tensor.elements.firstIndex(where: isMeant) else { return "" }
    let indices = tensor.shape.indices(ofElement: place).map(String.init)
    var seen: Set<String> = []
    let facts = graph.operands(of: id).compactMap { operand -> String? in
      if graph.isScalar(operand) {
        return graph.isLeaf(operand) && graph.tag(of: operand) == .none
          ? nil : "\(phrase(operand)) = \(telling(operand))"
      }
      guard graph.shape(of: operand) == tensor.shape else { return nil }
      return "\(phrase(operand)) = \(telling(graph.tensor(of: operand).elements[place])) there"
    }
    let shown = facts.filter { seen.insert($0).inserted }.joined(separator: ", ")
    return " at [\(indices.joined(separator: ", "))]" + (shown.isEmpty ? "" : " where \(shown)")
  }

  /// A number, or the entries of an array that has few.
  private func shortValue(of id: NodeID) -> String? {
    if graph.isScalar(id) { return telling(id) }
    let tensor = graph.tensor(of: id)
    return tensor.count <= 6 ? NumberFormat.text(tensor) { _ in options.digits } : nil
  }
}
