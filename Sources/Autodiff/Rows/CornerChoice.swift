import Tensors

/// Which derivative is taken where there is none, or several.
package enum CornerChoice: String, CaseIterable, Sendable {
  /// What each function's row says.
  case table
  /// The derivative from below, from above, or halfway between them.
  case left, right, middle
  /// None: whoever asks is told that there is a corner.
  case error

  /// Whether derivatives at kinks differ from what the rows say.
  var overrides: Bool { self == .left || self == .right || self == .middle }

  /// The slope of a length at the origin, where one is asked for: there it grows in every direction.
  var slopeOfLength: Double? {
    switch self {
    case .left: -1
    case .right: 1
    case .middle, .table, .error: nil
    }
  }

  /// The signs of the sides that count.
  fileprivate var sides: [Double] {
    switch self {
    case .left: [-1]
    case .right: [1]
    case .middle, .table, .error: [-1, 1]
    }
  }

  fileprivate func pick(_ left: Formula, _ right: Formula) -> Formula {
    switch self {
    case .left: left
    case .right: right
    case .middle, .table, .error: (left + right) / 2
    }
  }
}

extension Primitive.Corner {
  /// The partials by parameter on both sides of a kink; nil for what has no two sides.
  ///
  /// On the left the root is negative, on the right it is positive.
  var sides: (left: [Formula], right: [Formula])? {
    if let slopes { return slopes }
    guard case .kink(let range) = mark, root == .x else { return nil }
    return ([Formula([.constant(range.lowerBound)])], [Formula([.constant(range.upperBound)])])
  }

  /// The mark at a point at which the root is 0; slopes may depend on further arguments.
  func mark(at arguments: [Double]) -> Mark {
    guard mark == .kinkOfUnknownSlope, let left = slopes?.left.first,
      let right = slopes?.right.first
    else { return mark }
    let slopes = [left, right].map { $0.value(at: arguments, result: .nan) }.sorted()
    return slopes[0] <= slopes[1] ? .kink(slopes[0]...slopes[1]) : mark
  }
}

extension Graph {
  /// Writes what a node passes on to its operand at `place`, with the choice made at corners.
  ///
  /// Written as a formula of the operands also where the corner is not now: the graph may be
  /// evaluated again with other inputs.
  ///
  /// - Throws: `ShapeError`, which would be a mistake in a rule.
  mutating func writePartial(
    _ formula: Formula, of id: NodeID, _ operands: [NodeID], at place: Int
  ) throws(ShapeError) -> NodeID {
    let count = count
    let slope = try writeChoice(formula, of: id, operands, at: place)
    if traits(of: id).contains(.hasKinks) { markSlope(slope, since: count) }
    return slope
  }

  private mutating func writeChoice(
    _ formula: Formula, of id: NodeID, _ operands: [NodeID], at place: Int
  ) throws(ShapeError) -> NodeID {
    guard cornerChoice.overrides else {
      return try write(formula, operands: operands, result: id)
    }
    if operation(of: id) == .select { return try writeSide(place, of: operands) }
    var slope = try write(formula, operands: operands, result: id)
    for corner in operation(of: id).row.corners.reversed() {
      guard let (left, right) = corner.sides, place < left.count,
        !(operands.count > 1 && operands[0] == operands[1])
      else { continue }
      let root = try write(corner.root, operands: operands, result: id)
      let choice = try write(
        cornerChoice.pick(left[place], right[place]), operands: operands, result: id)
      slope = try selection(fold(.equal, root, constant(0)), choice, slope)
    }
    return slope
  }

  /// Whether of what is compared only the second depends on an input: its left side is then the
  /// right one of the difference.
  private func isSecondAlone(_ operands: [NodeID]) -> Bool {
    operands.count > 1 && !isVariable(operands[0]) && isVariable(operands[1])
  }

  /// The share of a side of `where(c, a, b)` when what `c` compares may be equal.
  private mutating func writeSide(_ place: Int, of operands: [NodeID]) throws(ShapeError) -> NodeID
  {
    var shares: [NodeID] = []
    for side in cornerChoice.sides {
      let condition = try condition(operands[0], goingTo: side)
      shares.append(
        try fold(place == 1 ? .notEqual : .equal, condition, constant(0)))
    }
    guard shares.count == 2 else { return shares[0] }
    return try fold(.multiply, fold(.add, shares[0], shares[1]), constant(0.5))
  }

  /// A condition with its ties decided as they are beside the point, on the side of that sign.
  ///
  /// Comparisons may be joined by `and`, `or` and `not` to any depth.
  private mutating func condition(_ id: NodeID, goingTo side: Double) throws(ShapeError) -> NodeID {
    var decided: [NodeID: NodeID] = [:]
    for part in logicalParts(of: id) {
      let operation = operation(of: part)
      let operands = operands(of: part)
      if operation.isLogical {
        decided[part] = try fold(operation, operands.map { decided[$0] ?? $0 })
      } else if operation.isComparison, case .binary(let compare) = operation.row.kernel {
        let answer = isSecondAlone(operands) ? compare(0, side) : compare(side, 0)
        decided[part] = try selection(
          fold(.equal, operands[0], operands[1]), constant(answer), part)
      }
    }
    return decided[id] ?? id
  }
}

extension PrimitiveID {
  /// Whether the row joins answers of questions to one answer.
  package var isLogical: Bool { self == .logicalAnd || self == .logicalOr || self == .logicalNot }

  /// Whether the row compares two numbers.
  package var isComparison: Bool {
    guard case .infix = row.notation, case .constant = row.rule else { return false }
    return !isLogical && row.corners.contains { $0.mark == .jump }
  }
}
