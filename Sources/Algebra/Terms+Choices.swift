import Autodiff

/// Questions with the answers 1 and 0, and choices by them.
extension Terms {
  /// The first where the condition holds, the second elsewhere.
  ///
  /// A side that is nan says where the function is not defined: the other side is taken, and that it
  /// has to be so is remembered.
  package mutating func choice(_ condition: TermID, _ first: TermID, _ second: TermID) -> TermID {
    if let value = number(of: condition) { return value.isZero ? second : first }
    if case .choice(let inner, let one, let other) = self[condition], isTruth(inner) {
      // A choice of 1 and 0 is its own condition.
      if isNumber(one, 1), isNumber(other, 0) { return choice(inner, first, second) }
      if isNumber(one, 0), isNumber(other, 1) { return choice(inner, second, first) }
    }
    if first == second { return first }
    if isNaN(second) {
      // A point alone carries no derivative.
      if isThin(condition) { return second }
      if defersDomains { return intern(.choice(condition, first, second)) }
      assume(interior(condition))
      return first
    }
    if isNaN(first) {
      let domain = opposite(condition)
      return choice(domain, second, first)
    }
    if let joined = joinedDomains(condition, first, second) { return joined }
    if skipsPoints, let value = number(of: first), isThin(condition) {
      points.append(Point(condition: condition, value: value))
      return second
    }
    if let joined = joinedAtEquality(condition, first, second) { return joined }
    let (one, other) = (
      assuming(condition, true, in: first), assuming(condition, false, in: second)
    )
    if one != first || other != second { return choice(condition, one, other) }
    return intern(.choice(condition, first, second))
  }

  /// A choice one side of which is not defined everywhere: what is asked there may hold anyway.
  ///
  /// So `where(x > 0, 1, where(x <= 0, 0, nan))`, which is nan at nan only, is defined everywhere.
  private mutating func joinedDomains(
    _ condition: TermID, _ first: TermID, _ second: TermID
  ) -> TermID? {
    guard defersDomains else { return nil }
    if case .choice(let domain, let inside, let outside) = self[second], isNaN(outside) {
      let both = choice(condition, first, inside)
      if domain == opposite(condition) || isMirrored(condition, domain) { return both }
      let whole = apply(.logicalOr, [condition, domain])
      return choice(whole, both, outside)
    }
    if case .choice(let domain, let inside, let outside) = self[first], isNaN(outside) {
      let both = choice(condition, inside, second)
      if domain == condition { return both }
      let whole = apply(.logicalOr, [opposite(condition), domain])
      return choice(whole, both, outside)
    }
    return nil
  }

  /// Whether two conditions are a > b and b > a, which leave out a = b only.
  private func isMirrored(_ first: TermID, _ second: TermID) -> Bool {
    guard case .call(let row, let sides) = self[first],
      case .call(let other, let otherSides) = self[second], row == .less || row == .greater
    else { return false }
    return other == row
      ? otherSides == sides.reversed() : other == Self.mirrored[row] && otherSides == sides
  }

  /// A formula without the sides that are not defined; where it is defined becomes an assumption.
  mutating func resolvingDomains(_ root: TermID) -> TermID {
    guard holdsNaN(root) else { return root }
    let isDeferring = defersDomains
    defersDomains = false
    defer { defersDomains = isDeferring }
    return rebuilding(root) { terms, _, term in
      guard case .choice(let condition, let first, let second) = term, terms.isNaN(second) else {
        return nil
      }
      return terms.choice(condition, first, second)
    }
  }

  private func isNaN(_ id: TermID) -> Bool { number(of: id)?.isNaN ?? false }

  /// A condition without its border: a derivative is one of both sides.
  private mutating func interior(_ condition: TermID) -> TermID {
    guard case .call(let row, let arguments) = self[condition] else { return condition }
    switch row {
    case .lessEqual: return apply(.less, arguments)
    case .greaterEqual: return apply(.greater, arguments)
    case .logicalAnd:
      let (first, second) = (interior(arguments[0]), interior(arguments[1]))
      return apply(.logicalAnd, [first, second])
    default: return condition
    }
  }

  /// Whether a condition holds on a line at most: an equation, or something and an equation.
  private func isThin(_ condition: TermID) -> Bool {
    guard case .call(let row, let arguments) = self[condition] else { return false }
    if row == .logicalAnd {
      return arguments.contains { argument in
        if case .call(.equal, _) = self[argument] { true } else { false }
      }
    }
    return row == .equal
  }

  /// Where u = c decides, and the other side says the same at u = c, there is nothing to decide.
  private mutating func joinedAtEquality(
    _ condition: TermID, _ first: TermID, _ second: TermID
  ) -> TermID? {
    guard case .call(.equal, let sides) = self[condition], case .symbol = self[sides[0]],
      number(of: sides[1]) != nil, isShallow(first), isShallow(second)
    else { return nil }
    let (one, other) = withoutAssuming { terms in
      (
        terms.replacing(sides[0], by: sides[1], in: first),
        terms.replacing(sides[0], by: sides[1], in: second)
      )
    }
    return one == other ? second : nil
  }

  mutating func replacing(_ old: TermID, by new: TermID, in root: TermID) -> TermID {
    rebuilding(root) { _, id, _ in id == old ? new : nil }
  }

  /// A side of a choice, in which the condition is known.
  private mutating func assuming(_ condition: TermID, _ holds: Bool, in side: TermID) -> TermID {
    if isTruth(condition), side == condition { return number(holds ? .one : .zero) }
    switch self[side] {
    case .choice(condition, let first, let second): return holds ? first : second
    case .product(let factors):
      guard isTruth(condition), factors.contains(where: { $0.base == condition }) else {
        return side
      }
      if !holds { return number(.zero) }
      return product(factors.filter { $0.base != condition }.map { ($0.base, $0.exponent) })
    case .number, .constant, .symbol, .sum, .call, .choice: return side
    }
  }

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

  private static let mirrored: [PrimitiveID: PrimitiveID] = [
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

extension Number {
  static func < (a: Number, b: Number) -> Bool { a.double < b.double }
}
