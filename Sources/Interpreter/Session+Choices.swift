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

  /// After one side of an `if` expression: keeps on record that a condition has chosen it.
  mutating func endChoice(at span: Span) throws(Diagnostic) {
    let value = stack.removeLast()
    let condition = try popNode(at: span)
    guard case .node(let id) = value, graph.isVariable(condition), numbersOnly == 0 else {
      stack.append(value)
      return
    }
    do throws(ShapeError) {
      stack.append(.node(try graph.apply(.branch, condition, id)))
    } catch {
      throw .shape(error, [shown(condition), shown(id)], at: span)
    }
  }
}
