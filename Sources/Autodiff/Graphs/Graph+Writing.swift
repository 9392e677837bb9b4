import Tensors

/// Building nodes for derivatives: what is known beforehand is not written down.
extension Graph {
  /// Writes a rule's formula as nodes.
  ///
  /// - Throws: `ShapeError`, which would be a mistake in a rule.
  mutating func write(_ formula: Formula, operands: [NodeID], result: NodeID) throws(ShapeError)
    -> NodeID
  {
    try write(formula.terms[...], operands: operands, result: result)
  }

  /// Writes a part of a formula; of a choice that is settled only the side that is taken.
  private mutating func write(_ terms: ArraySlice<Formula.Term>, operands: [NodeID], result: NodeID)
    throws(ShapeError) -> NodeID
  {
    switch terms[terms.endIndex - 1] {
    case .argument(let index): return operands[index]
    case .tieShare(let share):
      return constant(share.value(variables(among: operands), cornerChoice))
    case .result: return result
    case .constant(let value):
      return value.isNaN ? try undefined(at: operands, of: result) : constant(value)
    case .apply(let name, let count):
      let row = Primitive.row(name)
      var parts = Formula.arguments(of: terms, count: count)
      var arguments: [NodeID] = []
      if row == .select {
        let condition = try write(parts.removeFirst(), operands: operands, result: result)
        guard isTracked(condition) || !isScalar(condition) else {
          let taken = parts[scalar(of: condition) != 0 ? 0 : 1]
          return try write(taken, operands: operands, result: result)
        }
        arguments.append(condition)
      }
      for part in parts {
        arguments.append(try write(part, operands: operands, result: result))
      }
      switch row {
      case .multiply: return try product(arguments[0], arguments[1])
      case .power where isConstant(arguments[1], 1): return arguments[0]
      default: return try fold(row, arguments)
      }
    }
  }

  /// The operands that depend on an input: bit k stands for operand k.
  func variables(among operands: [NodeID]) -> UInt8 {
    operands.prefix(8).enumerated().reduce(0) { bits, operand in
      isVariable(operand.element) ? bits | 1 << UInt8(operand.offset) : bits
    }
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
  package mutating func fold(
    _ row: PrimitiveID, _ operands: [NodeID], _ attribute: Attribute = .none
  ) throws(ShapeError) -> NodeID {
    guard operands.allSatisfy({ !isTracked($0) }) else {
      return try apply(row, operands, attribute)
    }
    return constant(
      try precision.evaluate(row, operands.map { stored($0) }, attribute, cancellation))
  }

  /// An adjoint in an operand's shape: summed over what was broadcast, repeated where it is smaller.
  package mutating func fit(_ id: NodeID, to shape: Shape) throws(ShapeError) -> NodeID {
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
