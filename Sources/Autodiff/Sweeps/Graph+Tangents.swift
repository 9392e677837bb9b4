import Tensors

/// What becomes of a tangent at a node, and of its mask.
extension Graph {
  typealias Tangent = TangentBuilder.Tangent

  /// A seed, without the entries of a constant one that are 0: along them nothing changes.
  mutating func direction(_ seed: NodeID) -> Tangent? {
    guard !isVariable(seed) else { return Tangent(value: seed, mask: nil) }
    guard !isScalar(seed) else {
      return scalar(of: seed) == 0 ? nil : Tangent(value: seed, mask: nil)
    }
    let mask = constant(Tensor.map(tensor(of: seed)) { $0 != 0 ? 1 : 0 })
    return masked(seed, by: mask)
  }

  /// A tangent with that mask; nil where the mask lets nothing through.
  private func masked(_ value: NodeID, by mask: NodeID) -> Tangent? {
    guard !isVariable(mask) else { return Tangent(value: value, mask: mask) }
    let entries = tensor(of: mask).elements
    guard entries.contains(where: { $0 != 0 }) else { return nil }
    return Tangent(value: value, mask: entries.contains(0) ? mask : nil)
  }

  /// The tangent times a slope, taken as 0 outside the mask whatever the slope is there.
  mutating func scale(_ tangent: Tangent, _ slope: NodeID) throws(ShapeError)
    -> Tangent
  {
    let product = try product(tangent.value, slope)
    guard let mask = tangent.mask else { return Tangent(value: product, mask: nil) }
    let whole = try fit(mask, to: shape(of: product))
    return Tangent(value: try selection(whole, product, constant(0)), mask: whole)
  }

  /// The tangent behind a gate; nil where a gate that never changes is shut.
  mutating func open(_ tangent: Tangent, _ gate: NodeID) throws(ShapeError)
    -> Tangent?
  {
    if !isVariable(gate), isScalar(gate) {
      return scalar(of: gate) == 0 ? nil : try scale(tangent, gate)
    }
    let isOpen = try fold(.notEqual, gate, constant(0))
    let mask = try tangent.mask.map { mask throws(ShapeError) in
      try fold(.logicalAnd, mask, isOpen)
    }
    return try scale(Tangent(value: tangent.value, mask: mask ?? isOpen), gate)
  }

  /// Tangents of all operands of a linear row; those that are absent count as 0.
  mutating func push(
    _ incoming: [Tangent?], through id: NodeID, _ operands: [NodeID]
  ) throws(ShapeError) -> Tangent? {
    var values: [NodeID] = []
    var masks: [NodeID] = []
    let isMasked = incoming.contains { $0 == nil || $0?.mask != nil }
    // A list of a thousand numbers needs no thousand zeros.
    var fillers: [Shape: (zero: NodeID, one: NodeID)] = [:]
    for (tangent, operand) in zip(incoming, operands) {
      if let tangent, let mask = tangent.mask {
        values.append(tangent.value)
        masks.append(mask)
        continue
      }
      let shape = shape(of: operand)
      let filler =
        fillers[shape]
        ?? (
          constant(Tensor(repeating: 0, shape: shape)), constant(Tensor(repeating: 1, shape: shape))
        )
      fillers[shape] = filler
      values.append(tangent?.value ?? filler.zero)
      masks.append(tangent == nil ? filler.zero : filler.one)
    }
    let (row, attribute) = (operation(of: id), attribute(of: id))
    let value = try fold(row, values, attribute)
    guard isMasked else { return Tangent(value: value, mask: nil) }
    let mask = try isCounted(fold(row, masks, attribute))
    return masked(value, by: mask)
  }

  /// The tangent of one operand of a product, times the other.
  mutating func push(
    _ tangent: Tangent, at place: Int, through id: NodeID, _ operands: [NodeID]
  ) throws(ShapeError) -> Tangent {
    let row = operation(of: id)
    var factors = operands
    factors[place] = tangent.value
    let value = try fold(row, factors, attribute(of: id))
    guard let mask = tangent.mask else { return Tangent(value: value, mask: nil) }
    factors = operands.map { operand in
      constant(Tensor(repeating: 1, shape: shape(of: operand)))
    }
    factors[place] = mask
    return Tangent(value: value, mask: try isCounted(fold(row, factors, attribute(of: id))))
  }

  /// 1 where a count is not 0.
  private mutating func isCounted(_ counts: NodeID) throws(ShapeError) -> NodeID {
    try fold(.notEqual, counts, constant(0))
  }
}
