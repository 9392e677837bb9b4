import Autodiff

/// What becomes simpler only together with other factors.
extension Terms {
  /// A power that has another form now that its exponent is complete; nil where it has none.
  mutating func simplerPower(_ base: TermID, _ exponent: TermID) -> TermID? {
    let one = number(.one)
    switch self[base] {
    case .number(let number):
      guard let power = self.number(of: exponent), let value = number.exactPower(power) else {
        return nil
      }
      return self.number(value)
    case .constant(.e): return exponentialOfLogarithm(base, exponent)
    case .call(let row, let arguments):
      guard let whole = number(of: exponent)?.whole else { return nil }
      if row == .abs, whole.isMultiple(of: 2) { return power(arguments[0], whole) }
      if row == .cbrt, whole.isMultiple(of: 3) { return power(arguments[0], whole / 3) }
      if row == .hypot, whole.isMultiple(of: 2) {
        return power(add(power(arguments[0], 2), power(arguments[1], 2)), whole / 2)
      }
      return nil
    case .product(let factors):
      // A root of a product, taken so often that it is none any more.
      guard number(of: exponent)?.whole != nil else { return nil }
      return factors.isEmpty ? nil : product([(base, exponent), (one, one)])
    case .sum(let constant, let summands) where constant.isZero && summands.count == 1:
      guard number(of: exponent)?.whole != nil else { return nil }
      return product([(base, exponent), (one, one)])
    case .symbol, .constant, .sum, .choice: return nil
    }
  }

  /// e^(c·log(u) + v) is u^c·e^v.
  private mutating func exponentialOfLogarithm(_ base: TermID, _ exponent: TermID) -> TermID? {
    var summands: [Term.Summand] = [Term.Summand(term: exponent, coefficient: .one)]
    var constant = Number.zero
    if case .sum(let inner, let parts) = self[exponent] { (constant, summands) = (inner, parts) }
    var powers: [(base: TermID, exponent: TermID)] = []
    var rest: [(Number, TermID)] = []
    for summand in summands {
      if case .call(.log, let arguments) = self[summand.term] {
        powers.append((arguments[0], number(summand.coefficient)))
        if !isPositive(arguments[0]) {
          assume(apply(.greater, [arguments[0], number(.zero)]))
        }
      } else {
        rest.append((summand.coefficient, summand.term))
      }
    }
    guard !powers.isEmpty else { return nil }
    let remaining = sum(rest, constant: constant)
    return product(powers + [(base, remaining)])
  }

  /// (a + b)^p·(a - b)^p is (a² - b²)^p.
  mutating func joinConjugates(_ factors: inout [TermID: TermID], _ coefficient: inout Number) {
    let sums = factors.keys.filter { if case .sum = self[$0] { true } else { false } }.sorted()
    guard sums.count > 1, sums.count <= 16 else { return }
    for (place, first) in sums.enumerated() {
      for second in sums[(place + 1)...] {
        guard let exponent = factors[first], factors[second] == exponent,
          let (even, odd) = conjugates(first, second)
        else { continue }
        factors[first] = nil
        factors[second] = nil
        let (one, other) = (power(even, 2), power(odd, 2))
        let joined = power(subtract(one, other), exponent)
        absorb(joined, &factors, &coefficient)
        return
      }
    }
  }

  private mutating func absorb(
    _ term: TermID, _ factors: inout [TermID: TermID], _ coefficient: inout Number
  ) {
    let (inner, rest) = split(term)
    coefficient = coefficient * inner
    if let value = number(of: rest) {
      coefficient = coefficient * value
    } else if case .product(let parts) = self[rest] {
      for part in parts {
        let whole = factors[part.base].map { add($0, part.exponent) } ?? part.exponent
        factors[part.base] = isNumber(whole, 0) ? nil : whole
      }
    } else {
      let one = number(.one)
      let whole = factors[rest].map { add($0, one) } ?? one
      factors[rest] = isNumber(whole, 0) ? nil : whole
    }
  }

  /// a and b where the sums are a + b and a - b, each one term.
  private mutating func conjugates(_ first: TermID, _ second: TermID) -> (TermID, TermID)? {
    guard case .sum(let one, let left) = self[first],
      case .sum(let other, let right) = self[second],
      left.count + (one.isZero ? 0 : 1) == 2, left.map(\.term) == right.map(\.term)
    else { return nil }
    var (even, odd): ([(Number, TermID)], [(Number, TermID)]) = ([], [])
    var constant = Number.zero
    var oddConstant = Number.zero
    if one == other {
      constant = one
    } else if one == -other {
      oddConstant = one
    } else {
      return nil
    }
    for (a, b) in zip(left, right) {
      if a.coefficient == b.coefficient {
        even.append((a.coefficient, a.term))
      } else if a.coefficient == -b.coefficient {
        odd.append((a.coefficient, a.term))
      } else {
        return nil
      }
    }
    let (sum, difference) = (
      self.sum(even, constant: constant), self.sum(odd, constant: oddConstant)
    )
    return isNumber(sum, 0) || isNumber(difference, 0) ? nil : (sum, difference)
  }

  /// sin/cos is tan, and 4·σ(2u)·(1 - σ(2u)) is 1 - tanh(u)².
  mutating func joinCalls(_ factors: inout [TermID: TermID], _ coefficient: inout Number) {
    for (base, exponent) in factors.sorted(by: { $0.key < $1.key }) {
      guard case .call(let row, let arguments) = self[base], let count = number(of: exponent)?.whole
      else { continue }
      if row == .sin {
        let cosine = apply(.cos, arguments)
        guard let other = factors[cosine], isNumber(other, -count) else { continue }
        factors[base] = nil
        factors[cosine] = nil
        let tangent = apply(.tan, arguments)
        absorb(power(tangent, count), &factors, &coefficient)
      } else if row == .sigmoid, count > 0, let whole = coefficient.whole {
        let (twice, inner) = split(arguments[0])
        let other = subtract(number(.one), base)
        guard twice.whole == 2, let partner = factors[other], isNumber(partner, count),
          let power = Number(4).power(count)?.whole, whole.isMultiple(of: power)
        else { continue }
        factors[base] = nil
        factors[other] = nil
        coefficient = Number(whole / power)
        let square = self.power(apply(.tanh, [inner]), 2)
        absorb(self.power(subtract(number(.one), square), count), &factors, &coefficient)
      }
    }
  }
}
