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
    guard graph.isScalar(id), graph.isTrue(id) == value else { return false }
    guard !isTruth(id) else { return true }
    stack.removeLast()
    try push(.notEqual, id, graph.constant(0), at: span)
    return true
  }

  /// Whether a node can only be 0 or 1.
  private func isTruth(_ id: NodeID) -> Bool {
    guard !graph.isInput(id) else { return false }
    guard case .constant = graph.operation(of: id).row.rule else { return false }
    return [0, 1].contains(graph.scalar(of: id))
  }

  /// After the condition of an `if` expression: whether its first side is computed.
  ///
  /// Where the condition compares two equal numbers the graph has a corner. Both sides are then
  /// computed if that is harmless, because only together they tell what kind of corner.
  mutating func beginChoice(
    at place: Int, _ code: Code, _ base: Int, at span: Span
  ) throws(Diagnostic) -> Bool {
    guard case .node(let condition) = stack[stack.count - 1] else {
      throw .needsNumber(stack[stack.count - 1].kind, at: span)
    }
    let isTaken = try isTrue(condition, at: span)
    let isTie =
      numbersOnly == 0 && code.instructions[place].flag == 1 && graph.isVariable(condition)
      && !graph.marks(of: condition).isEmpty && isHarmless(at: place, code, base)
    ties.append(isTie)
    return isTaken || isTie
  }

  /// Whether both sides are arithmetic on single numbers, which cannot fail.
  private func isHarmless(at place: Int, _ code: Code, _ base: Int) -> Bool {
    let second = place + Int(code.instructions[place].payload)
    let end = second - 1 + Int(code.instructions[second - 1].payload)
    return (place + 1..<end).allSatisfy { place in
      let instruction = code.instructions[place]
      switch instruction.operation {
      case .number, .unary, .ifThen, .ifEnd, .jump: return true
      case .binary: return instruction.flag == 0
      case .name: return isNumber(NameID(index: Int(instruction.payload)))
      case .local:
        guard case .node(let id) = stack[base + Int(instruction.payload)] else { return false }
        return graph.isScalar(id)
      case .call: return isTotal(code.calls[Int(instruction.payload)])
      default: return false
      }
    }
  }

  private func isNumber(_ name: NameID) -> Bool {
    if let id = bindings[name.index].node { return graph.isScalar(id) }
    guard case .none = bindings[name.index], name.index < builtins.count,
      case .constant = builtins[name.index]
    else { return false }
    return true
  }

  /// Whether a call is of a built-in function that takes every number.
  private func isTotal(_ site: CallSite) -> Bool {
    guard case .none = bindings[site.name.index], site.name.index < builtins.count,
      case .functions(let rows) = builtins[site.name.index], site.keywords.isEmpty
    else { return false }
    return rows.contains { $0.isTotal && $0.arity == site.positional }
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
