/// Taking common factors out of sums.
extension Terms {
  enum Factoring {
    /// What all summands have.
    case shared
    /// Denominators of any summand as well, and what is left is multiplied out.
    case denominators
  }

  mutating func factoring(_ root: TermID, _ kind: Factoring) -> TermID {
    rebuilding(root) { terms, id, term in
      guard case .sum = term, terms.isSum(id) else { return nil }
      return terms.factored(term, kind)
    }
  }

  /// What powers are compared by: the base, and the exponent where it is no number.
  private struct Key: Hashable {
    let base: TermID
    let exponent: TermID?
  }

  private func powers(of term: TermID) -> [Key: Number] {
    switch self[term] {
    case .number: return [:]
    case .product(let factors):
      var powers: [Key: Number] = [:]
      for factor in factors {
        if let exponent = number(of: factor.exponent) {
          powers[Key(base: factor.base, exponent: nil)] = exponent
        } else {
          powers[Key(base: factor.base, exponent: factor.exponent)] = .one
        }
      }
      return powers
    case .constant, .symbol, .sum, .call, .choice:
      return [Key(base: term, exponent: nil): .one]
    }
  }

  private mutating func factored(_ term: Term, _ kind: Factoring) -> TermID? {
    guard case .sum(let constant, let summands) = term else { return nil }
    var parts = summands.map { (coefficient: $0.coefficient, term: $0.term) }
    if !constant.isZero { parts.append((constant, number(.one))) }
    let powers = parts.map { self.powers(of: $0.term) }
    var common: [Key: Number] = [:]
    for key in Set(powers.flatMap(\.keys)) {
      let exponents = powers.map { $0[key] ?? .zero }
      let (least, most) = (exponents.min { $0 < $1 }, exponents.max { $0 < $1 })
      guard let least, let most else { continue }
      if !least.isZero, !least.isNegative {
        common[key] = least
      } else if kind == .denominators, least.isNegative {
        common[key] = least
      } else if most.isNegative, most == least {
        common[key] = most
      }
    }
    let content = content(of: parts.map(\.coefficient), kind)
    guard !common.isEmpty || !content.isOne else { return nil }
    let one = number(.one)
    var outside: [(base: TermID, exponent: TermID)] = []
    for (key, exponent) in common.sorted(by: { $0.key.base < $1.key.base }) {
      outside.append((key.base, key.exponent ?? number(exponent)))
    }
    let inverse = product(outside.map { ($0.base, negated($0.exponent)) })
    var inside: [(Number, TermID)] = []
    for part in parts {
      guard let coefficient = Number.quotient(part.coefficient, content) else { return nil }
      inside.append((coefficient, multiply(part.term, inverse)))
    }
    var rest = sum(inside)
    if kind == .denominators { rest = expanding(rest) }
    return times(content, product(outside + [(rest, one)]))
  }

  /// The largest number that divides all coefficients, negative where they all are.
  private func content(of coefficients: [Number], _ kind: Factoring) -> Number {
    var (above, below) = (0, 1)
    for coefficient in coefficients {
      guard case .exact(let numerator, let denominator) = coefficient else { return .one }
      above = above == 0 ? abs(numerator) : Number.greatestCommonDivisor(above, numerator)
      let (product, overflow) = below.multipliedReportingOverflow(
        by: denominator / Number.greatestCommonDivisor(below, denominator))
      if overflow { return .one }
      below = product
    }
    let sign = coefficients.allSatisfy(\.isNegative) ? -1 : 1
    if prefersDecimals { (above, below) = (1, 1) }
    return Number.fraction(sign * above, below) ?? .one
  }
}
