import Autodiff
import Syntax
import Tensors

/// Comparisons in a chain, `and`, `or`, and `if` as an expression.
extension Session {
  /// One link of `a < b < c`: all comparisons so far, and the number the next one compares with.
  mutating func chain(
    _ operation: Instruction.Operation, _ row: PrimitiveID, at span: Span
  ) throws(Diagnostic) {
    let right = try popNode(at: span)
    let left = try popNode(at: span)
    try push(row, left, right, at: span)
    if operation != .chainFirst {
      let comparison = try popNode(at: span)
      let before = try popNode(at: span)
      try push(.logicalAnd, before, comparison, at: span)
    }
    if operation != .chainEnd { stack.append(.node(right)) }
  }

  /// After the left side of `and` or `or`: whether it settles the answer.
  mutating func shortCircuit(stopsAt value: Bool, at span: Span) throws(Diagnostic) -> Bool {
    guard case .node(let id) = stack[stack.count - 1] else {
      throw .needsNumber(stack[stack.count - 1].kind, at: span)
    }
    guard graph.isScalar(id), (graph.scalar(of: id) != 0) == value else { return false }
    guard !isTruth(id) else { return true }
    stack.removeLast()
    try push(.notEqual, id, graph.constant(0), at: span)
    return true
  }

  /// Whether a node can only be 0 or 1.
  private func isTruth(_ id: NodeID) -> Bool {
    if graph.isLeaf(id) { return [0, 1].contains(graph.scalar(of: id)) }
    guard case .constant = graph.operation(of: id).row.rule else { return false }
    return [0, 1].contains(graph.scalar(of: id))
  }

  /// After the condition of an `if` expression: whether its first side is computed.
  ///
  /// Where the condition compares two equal numbers the graph has a corner. Both sides are then
  /// computed if that is harmless, because only together they tell what kind of corner.
  mutating func beginChoice(isSimple: Bool, at span: Span) throws(Diagnostic) -> Bool {
    guard case .node(let condition) = stack[stack.count - 1] else {
      throw .needsNumber(stack[stack.count - 1].kind, at: span)
    }
    let isTaken = try isTrue(condition, at: span)
    let isTie =
      isSimple && numbersOnly == 0 && graph.isVariable(condition)
      && !graph.marks(of: condition).isEmpty
    ties.append(isTie)
    return isTaken || isTie
  }

  /// After one side of an `if` expression: keeps on record that a condition has chosen it.
  ///
  /// - Returns: how far to go on: behind the other side is one jump further.
  mutating func endChoice(isSecond: Bool, at span: Span) throws(Diagnostic) -> Int {
    if ties[ties.count - 1], !isSecond { return 2 }
    if ties.removeLast() {
      let second = try popNode(at: span)
      let first = try popNode(at: span)
      let condition = try popNode(at: span)
      try push(.select, [condition, first, second], at: span)
      return 1
    }
    let value = stack.removeLast()
    let condition = try popNode(at: span)
    guard case .node(let id) = value, graph.isVariable(condition), numbersOnly == 0 else {
      stack.append(value)
      return 1
    }
    try push(.branch, condition, id, at: span)
    return 1
  }
}
