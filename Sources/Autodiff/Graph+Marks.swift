extension Graph {
  /// What its own rule has to say of a node besides a number: kinks, jumps, vertical tangents.
  package func marks(of id: NodeID) -> [Mark] {
    let operands = operands(of: id)
    let operation = operation(of: id)
    if operation == .select || operation == .branch { return switchMarks(of: id, operands) }
    let corners = operation.row.corners
    // `max(x, x)` is x: there is no corner between a node and itself.
    guard !corners.isEmpty, operands.count < 2 || operands[0] != operands[1],
      operands.contains(where: isVariable)
    else { return [] }
    return corners.filter { isAt($0, operands: operands, result: id) }.map(\.mark)
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
    guard operation(of: id) == .select, isScalar(id) else { return [.kinkOfUnknownSlope] }
    return [scalar(of: operands[1]) == scalar(of: operands[2]) ? .kinkOfUnknownSlope : .jump]
  }
}
