import Autodiff

/// Questions with the answers 1 and 0.
extension Terms {
  /// A comparison, `and`, `or` or `not`, whose arguments are not all numbers.
  mutating func truth(_ row: PrimitiveID, _ arguments: [TermID]) -> TermID {
    let first = arguments[0]
    if row == .logicalNot {
      return isTruth(first) ? opposite(first) : intern(.call(row, arguments))
    }
    let second = arguments[1]
    if row == .logicalAnd || row == .logicalOr {
      let settled: Number = row == .logicalAnd ? .zero : .one
      for (one, other) in [(first, second), (second, first)] where isTruth(one) {
        if number(of: one) == settled { return number(settled) }
        if number(of: one) != nil, isTruth(other) { return other }
      }
      return first == second && isTruth(first) ? first : intern(.call(row, arguments))
    }
    if row == .notEqual, case .choice(let condition, let one, let other) = self[first],
      isNumber(one, 1), isNumber(other, 0), isNumber(second, 0), isTruth(condition)
    {
      return condition
    }
    if row == .notEqual, isTruth(first), isNumber(second, 0) { return first }
    if first == second, !isNaN(first) {
      return number([.lessEqual, .greaterEqual, .equal].contains(row) ? .one : .zero)
    }
    if let value = decidedBySign(row, first, second) { return value }
    return ordered(row, first, second)
  }

  /// x > 0 where x is a sum of squares and 1.
  private mutating func decidedBySign(
    _ row: PrimitiveID, _ first: TermID, _ second: TermID
  ) -> TermID? {
    guard let bound = number(of: second) else { return nil }
    if row == .less, case .call(.sigmoid, _) = self[first], !(bound < .one) { return number(.one) }
    guard !(Number.zero < bound) else { return nil }
    let isStrict = bound.isZero
    if row == .greaterEqual, isNonNegative(first) { return number(.one) }
    if row == .greater, isStrict ? isPositive(first) : isNonNegative(first) { return number(.one) }
    if row == .less, isNonNegative(first) { return number(.zero) }
    return nil
  }

  /// A comparison with a number, with a bare term on the left: 2x - 1 > 3 is x > 2.
  private mutating func ordered(_ row: PrimitiveID, _ first: TermID, _ second: TermID) -> TermID {
    guard let bound = number(of: second), case .sum(let constant, let summands) = self[first],
      summands.count == 1,
      let rest = Number.quotient(bound - constant, summands[0].coefficient),
      case .exact = rest
    else { return intern(.call(row, [first, second])) }
    let turned = summands[0].coefficient.isNegative ? Self.mirrored[row] ?? row : row
    return apply(turned, [summands[0].term, number(rest)])
  }

  static let mirrored: [PrimitiveID: PrimitiveID] = [
    .less: .greater, .greater: .less, .lessEqual: .greaterEqual, .greaterEqual: .lessEqual,
  ]

  private static let opposites: [PrimitiveID: PrimitiveID] = [
    .less: .greaterEqual, .greater: .lessEqual, .lessEqual: .greater, .greaterEqual: .less,
    .equal: .notEqual, .notEqual: .equal,
  ]

  /// What holds where a condition does not.
  mutating func opposite(_ condition: TermID) -> TermID {
    if case .call(let row, let arguments) = self[condition] {
      if let other = Self.opposites[row] { return apply(other, arguments) }
      if row == .logicalNot, isTruth(arguments[0]) { return arguments[0] }
    }
    return intern(.call(.logicalNot, [condition]))
  }
}
