import Autodiff

/// Choices between two terms by a condition.
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

  func isNaN(_ id: TermID) -> Bool { number(of: id)?.isNaN ?? false }

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
}
