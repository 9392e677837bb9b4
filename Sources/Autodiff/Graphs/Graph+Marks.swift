import Tensors

extension Graph {
  /// What its own rule has to say of a node besides a number: kinks, jumps, vertical tangents.
  package func marks(of id: NodeID) -> [Mark] {
    let operation = operation(of: id)
    let operands = operands(of: id)
    if operation == .select || operation == .branch { return switchMarks(of: id, operands) }
    if let corner = operation.row.arrayCorner, operands.contains(where: isVariable) {
      let (mark, places) = corner(self, id)
      guard !isScalar(id) else { return places.isEmpty ? [] : [mark] }
      return self.mark(mark, at: places, of: id).map { [$0] } ?? []
    }
    let corners = operation.row.corners
    guard !corners.isEmpty, operands.contains(where: isVariable) else { return [] }
    if isGuard(id) { return [] }
    if operation.isComparison, !operands.contains(where: isGradual) { return [] }
    // `max(x, x)` is x: there is no corner between a node and itself.
    let isAlone = operands.count > 1 && operands[0] == operands[1]
    let variables = variables(among: operands)
    return corners.compactMap { corner in
      // What only constants decide does not change.
      let bits = corner.root.argumentBits
      guard bits == 0 || bits & variables != 0, !(isAlone && corner.root == .x - .y) else {
        return nil
      }
      return mark(of: corner, operands, result: id)
    }
  }

  /// The mark of a corner that the node is at, or some of its entries are.
  private func mark(
    of corner: Primitive.Corner, _ operands: [NodeID], result: NodeID
  ) -> Mark? {
    guard isScalar(result), operands.allSatisfy(isScalar) else {
      let places = entries(of: result, operands, whereZero: corner.root)
      return mark(corner.mark, at: places, of: result)
    }
    guard isZero(corner.root, at: operands, result: result) else { return nil }
    return corner.mark(at: operands.map(scalar(of:)))
  }

  /// The entries of an array's node at which a formula of it and its operands is 0.
  func entries(of result: NodeID, _ operands: [NodeID], whereZero root: Formula) -> [Int] {
    let value = tensor(of: result)
    let arguments = operands.compactMap { try? tensor(of: $0).broadcast(to: value.shape).elements }
    guard arguments.count == operands.count else { return [] }
    return root.places(whereZeroAt: arguments, results: value.elements)
  }

  private func mark(_ mark: Mark, at places: [Int], of id: NodeID) -> Mark? {
    guard let first = places.first else { return nil }
    let indices = shape(of: id).indices(ofElement: first)
    return .entries(mark, count: places.count, first: indices)
  }

  /// A choice is at a corner where its condition compares two equal numbers.
  private func switchMarks(of id: NodeID, _ operands: [NodeID]) -> [Mark] {
    guard isVariable(operands[0]) else { return [] }
    // Where one side is nowhere defined the choice says where the other is.
    guard !operands.dropFirst().contains(where: isNowhereDefined) else { return [] }
    guard isScalar(id), operands.allSatisfy(isScalar) else { return entryMarks(of: id, operands) }
    let ties = ties(deciding: operands[0])
    guard !ties.isEmpty else { return [] }
    guard operation(of: id) == .select else { return [.kinkOfUnknownSlope] }
    let sides = (scalar(of: operands[1]), scalar(of: operands[2]))
    guard !sides.0.isNaN, !sides.1.isNaN else { return [.kinkOfUnknownSlope] }
    guard sides.0 == sides.1 else { return [.jump] }
    guard ties.count == 1 else { return [.kinkOfUnknownSlope] }
    return [kink(between: operands[1], operands[2], at: self.operands(of: ties[0]))]
  }

  private func isNowhereDefined(_ id: NodeID) -> Bool {
    isLeaf(id) && !isVariable(id) && isScalar(id) && nodes.values[id.index].isNaN
  }

  /// The comparisons of equal numbers on which a condition depends, itself or through `and`, `or`
  /// and `not`.
  private func ties(deciding condition: NodeID) -> [NodeID] {
    let parts = logicalParts(of: condition)
    let ties = parts.filter { part in
      let compared = operands(of: part)
      return !isGuard(part) && compared.contains(where: isGradual)
        && operation(of: part).isComparison
        && compared[0] != compared[1]
        && compared.allSatisfy(isScalar) && scalar(of: compared[0]) == scalar(of: compared[1])
    }
    return ties.filter { tie in
      let other = scalar(of: tie) == 0 ? 1.0 : 0
      return value(of: condition, parts, replacing: tie, with: other) != scalar(of: condition)
    }
  }

  /// Whether a node is a question that a rule asks in order to choose between two forms of the same.
  func isGuard(_ id: NodeID) -> Bool { operation(of: id) == .equal && isDerived(id) }

  /// What a condition would be if one of its parts had another value.
  private func value(
    of condition: NodeID, _ parts: [NodeID], replacing tie: NodeID, with other: Double
  ) -> Double {
    var values = [tie: other]
    for part in parts where operation(of: part).isLogical {
      let operands = operands(of: part).map { values[$0] ?? scalar(of: $0) }
      switch operation(of: part).row.kernel {
      case .unary(let apply): values[part] = apply(operands[0])
      case .binary(let apply): values[part] = apply(operands[0], operands[1])
      case .none, .ternary, .array, .graph: break
      }
    }
    return values[condition] ?? scalar(of: condition)
  }

  /// Whether a node changes gradually with some input: a question's answer and a rounded number
  /// change by jumps, which are corners of their own.
  func isGradual(_ id: NodeID) -> Bool {
    var met: Set<NodeID> = []
    var pending = [id]
    while let next = pending.popLast() {
      guard isVariable(next), met.insert(next).inserted else { continue }
      if isLeaf(next) { return true }
      let row = operation(of: next).row
      if operation(of: next) == .select {
        pending += operands(of: next).dropFirst()
      } else if row.flow == .moves {
        pending += operands(of: next)
      } else {
        guard case .constant = row.rule else { return true }
      }
    }
    return false
  }

  /// A condition and what `and`, `or` and `not` join in it, operands first.
  func logicalParts(of condition: NodeID) -> [NodeID] {
    var parts: Set<NodeID> = []
    var pending = [condition]
    while let part = pending.popLast() {
      guard parts.insert(part).inserted, operation(of: part).isLogical else { continue }
      pending += operands(of: part)
    }
    return parts.sorted()
  }

  /// The corners of a choice entry by entry; slopes are not asked for there.
  private func entryMarks(of id: NodeID, _ operands: [NodeID]) -> [Mark] {
    let shape = shape(of: id)
    var tied = [Bool](repeating: false, count: shape.count)
    for part in logicalParts(of: operands[0])
    where operation(of: part).isComparison {
      let compared = self.operands(of: part)
      guard compared[0] != compared[1], compared.contains(where: isGradual),
        let difference = try? Tensor.zip(
          tensor(of: compared[0]), tensor(of: compared[1]),
          {
            $0 == $1 ? 1 : 0
          }
        ).broadcast(to: shape)
      else { continue }
      for (place, isTied) in difference.elements.enumerated() where isTied == 1 {
        tied[place] = true
      }
    }
    let places = tied.indices.filter { tied[$0] }
    guard !places.isEmpty, operands.count == 3,
      let first = try? tensor(of: operands[1]).broadcast(to: shape).elements,
      let second = try? tensor(of: operands[2]).broadcast(to: shape).elements
    else { return places.isEmpty ? [] : [.kinkOfUnknownSlope] }
    let jumps = places.filter { first[$0] != second[$0] && !first[$0].isNaN && !second[$0].isNaN }
    let kinks = places.filter { !jumps.contains($0) }
    return [mark(.kinkOfUnknownSlope, at: kinks, of: id), mark(.jump, at: jumps, of: id)]
      .compactMap { $0 }
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
