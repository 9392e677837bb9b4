extension Graph {
  /// What its own rule has to say of a node besides a number: kinks, jumps, vertical tangents.
  package func marks(of id: NodeID) -> [Mark] {
    let operands = operands(of: id)
    let operation = operation(of: id)
    if operation == .select || operation == .branch { return switchMarks(of: id, operands) }
    let corners = operation.row.corners
    guard !corners.isEmpty, operands.contains(where: isVariable) else { return [] }
    // `max(x, x)` is x: there is no corner between a node and itself.
    let isAlone = operands.count > 1 && operands[0] == operands[1]
    return corners.filter { corner in
      !(isAlone && corner.root == .x - .y) && isAt(corner, operands: operands, result: id)
    }.map(\.mark)
  }

  private func isAt(_ corner: Primitive.Corner, operands: [NodeID], result: NodeID) -> Bool {
    guard operands.allSatisfy(isScalar), isScalar(result) else { return false }
    let root = corner.root.value(at: operands.map(scalar(of:)), result: scalar(of: result))
    return root == 0
  }

  /// A choice is at a corner where its condition compares two equal numbers.
  private func switchMarks(of id: NodeID, _ operands: [NodeID]) -> [Mark] {
    let condition = operands[0]
    guard isScalar(condition), isVariable(condition),
      operation(of: condition).row.corners.contains(where: { corner in
        isAt(corner, operands: self.operands(of: condition), result: condition)
      })
    else { return [] }
    guard operation(of: id) == .select, isScalar(operands[1]), isScalar(operands[2]) else {
      return [.kinkOfUnknownSlope]
    }
    let sides = (scalar(of: operands[1]), scalar(of: operands[2]))
    guard !sides.0.isNaN, !sides.1.isNaN else { return [.kinkOfUnknownSlope] }
    guard sides.0 == sides.1 else { return [.jump] }
    return [kink(between: operands[1], operands[2], at: self.operands(of: condition))]
  }

  /// The slopes of the two sides with respect to the one thing that is compared with a constant.
  private func kink(between first: NodeID, _ second: NodeID, at compared: [NodeID]) -> Mark {
    let variables = compared.filter(isVariable)
    guard variables.count == 1 else { return .kinkOfUnknownSlope }
    var sweep = NumericSweep()
    guard sweep.run(from: first, in: self) else { return .kinkOfUnknownSlope }
    let one = sweep.partial(variables[0])
    guard sweep.run(from: second, in: self) else { return .kinkOfUnknownSlope }
    let other = sweep.partial(variables[0])
    guard one.isFinite, other.isFinite else { return .kinkOfUnknownSlope }
    return .kink(min(one, other)...max(one, other))
  }
}
