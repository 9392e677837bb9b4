import Tensors

/// Building nodes for derivatives: what is known beforehand is not written down.
extension Graph {
  /// Writes a rule's formula as nodes.
  ///
  /// - Throws: `ShapeError`, which would be a mistake in a rule.
  mutating func write(_ formula: Formula, operands: [NodeID], result: NodeID) throws(ShapeError)
    -> NodeID
  {
    var stack: [NodeID] = []
    for term in formula.terms {
      switch term {
      case .argument(let index): stack.append(operands[index])
      case .tieShare(let index):
        let variables: UInt8 = (isVariable(operands[0]) ? 1 : 0) | (isVariable(operands[1]) ? 2 : 0)
        stack.append(constant(KernelTable.tieShare(UInt8(index), variables)))
      case .result: stack.append(result)
      case .constant(let value):
        stack.append(
          value.isNaN ? try undefined(at: operands, of: result) : constant(value))
      case .apply(let name, let count):
        let arguments = Array(stack.suffix(count))
        stack.removeLast(count)
        let row = Primitive.row(name)
        stack.append(
          row == .select
            ? try selection(arguments[0], arguments[1], arguments[2])
            : row == .multiply
              ? try product(arguments[0], arguments[1])
              : try fold(row, arguments))
      }
    }
    return stack[0]
  }

  /// A nan that stays one in every further derivative, which that of a constant would not.
  ///
  /// Of a gate it is a number like the 0 and the 1 beside it.
  private mutating func undefined(at operands: [NodeID], of id: NodeID) throws(ShapeError)
    -> NodeID
  {
    var undefined = constant(.nan)
    guard case .partials(let partials) = operation(of: id).row.rule,
      case .formula? = partials.first
    else { return undefined }
    for operand in operands where isVariable(operand) {
      undefined = try fold(.multiply, undefined, operand)
    }
    return undefined
  }

  /// A product, without a node where a factor is the constant 1.
  mutating func product(_ a: NodeID, _ b: NodeID) throws(ShapeError) -> NodeID {
    if isConstant(a, 1) { return b }
    if isConstant(b, 1) { return a }
    return try fold(.multiply, a, b)
  }

  /// A choice, without a node where the condition never changes.
  mutating func selection(_ condition: NodeID, _ a: NodeID, _ b: NodeID) throws(ShapeError)
    -> NodeID
  {
    guard isTracked(condition) || !isScalar(condition) else {
      return isTrue(condition) ? a : b
    }
    return try fold(.select, [condition, a, b])
  }

  mutating func fold(_ row: PrimitiveID, _ a: NodeID, _ b: NodeID) throws(ShapeError) -> NodeID {
    try fold(row, [a, b])
  }

  /// Applies a row; of constants it makes a constant.
  mutating func fold(
    _ row: PrimitiveID, _ operands: [NodeID], _ attribute: Attribute = .none
  ) throws(ShapeError) -> NodeID {
    guard operands.allSatisfy({ !isTracked($0) }) else {
      return try apply(row, operands, attribute)
    }
    return constant(try precision.evaluate(row, operands.map(stored), attribute))
  }

  /// An adjoint in an operand's shape: summed over what was broadcast, repeated where it is smaller.
  mutating func fit(_ id: NodeID, to shape: Shape) throws(ShapeError) -> NodeID {
    let own = self.shape(of: id)
    if own == shape { return id }
    // Sizes do not tell which way to go: an axis of size 1 may have been stretched to none at all.
    let isRepeated = Shape.broadcast(own, shape) == shape
    return try apply(isRepeated ? .broadcastTo : .sumTo, [id], .shape(shape))
  }

  private func isConstant(_ id: NodeID, _ value: Double) -> Bool {
    operation(of: id) == .constant && !isTracked(id) && isScalar(id) && scalar(of: id) == value
  }
}
