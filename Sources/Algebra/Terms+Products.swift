import Autodiff

/// Products and powers: like bases are one, and what cancels is gone.
extension Terms {
  /// The product of powers.
  package mutating func product(_ parts: [(base: TermID, exponent: TermID)]) -> TermID {
    var gathered = Gathering()
    for part in parts { gather(part.base, part.exponent, &gathered) }
    if gathered.coefficient.isZero { return number(.zero) }
    return finish(&gathered)
  }

  package mutating func multiply(_ a: TermID, _ b: TermID) -> TermID {
    product([(a, number(.one)), (b, number(.one))])
  }

  package mutating func divide(_ a: TermID, _ b: TermID) -> TermID {
    product([(a, number(.one)), (b, number(.minusOne))])
  }

  package mutating func power(_ base: TermID, _ exponent: TermID) -> TermID {
    product([(base, exponent)])
  }

  mutating func power(_ base: TermID, _ exponent: Int) -> TermID {
    power(base, number(Number(exponent)))
  }

  mutating func exponential(_ exponent: TermID) -> TermID {
    power(intern(.constant(.e)), exponent)
  }

  /// A product under construction: a number, and bases with the sums of their exponents.
  private struct Gathering {
    var coefficient = Number.one
    var bases: [TermID] = []
    var exponents: [TermID: TermID] = [:]
  }

  private mutating func gather(
    _ base: TermID, _ exponent: TermID, _ gathered: inout Gathering
  ) {
    guard let power = number(of: exponent) else {
      return raise(base, exponent, &gathered)
    }
    if power.isZero { return }
    switch self[base] {
    case .number(let number):
      if let value = number.exactPower(power) {
        gathered.coefficient = gathered.coefficient * value
      } else if number.isOne {
        return
      } else {
        raise(base, exponent, &gathered)
      }
    case .sum(let constant, let summands)
    where constant.isZero && summands.count == 1:
      // (c·t)^p is c^p·t^p for whole p, and for others where c^p is at hand and positive.
      if let value = summands[0].coefficient.exactPower(power) {
        gathered.coefficient = gathered.coefficient * value
        gather(summands[0].term, exponent, &gathered)
      } else if power.whole != nil {
        raise(number(summands[0].coefficient), exponent, &gathered)
        gather(summands[0].term, exponent, &gathered)
      } else {
        raise(base, exponent, &gathered)
      }
    case .product(let factors):
      guard power.whole != nil || factors.allSatisfy({ isPositive($0.base) }) else {
        return raise(base, exponent, &gathered)
      }
      for factor in factors {
        let (own, other) = (factor.exponent, exponent)
        gather(factor.base, multiply(own, other), &gathered)
      }
    case .call(let row, let arguments) where row == .abs && power.whole?.isMultiple(of: 2) == true:
      gather(arguments[0], exponent, &gathered)
    case .call(let row, let arguments)
    where row == .hypot && power.whole?.isMultiple(of: 2) == true:
      let squares = add(self.power(arguments[0], 2), self.power(arguments[1], 2))
      gather(squares, multiply(exponent, number(.half)), &gathered)
    case .call(let row, let arguments) where row == .cbrt && (power.whole ?? 1).isMultiple(of: 3):
      gather(arguments[0], times(.exact(1, 3), exponent), &gathered)
    case .symbol, .constant, .sum, .call, .choice: raise(base, exponent, &gathered)
    }
  }

  /// Adds to the exponent of a base, or of a multiple of it.
  private mutating func raise(
    _ base: TermID, _ exponent: TermID, _ gathered: inout Gathering
  ) {
    if let before = gathered.exponents[base] {
      gathered.exponents[base] = add(before, exponent)
      return
    }
    // Each with each of a few; a product of hundreds of sums is left as it is.
    if gathered.bases.count <= 16, let power = number(of: exponent)?.whole, case .sum = self[base] {
      for other in gathered.bases {
        guard let ratio = ratio(of: base, to: other), let value = ratio.power(power),
          let before = gathered.exponents[other], number(of: before)?.whole != nil
        else { continue }
        gathered.coefficient = gathered.coefficient * value
        gathered.exponents[other] = add(before, exponent)
        return
      }
    }
    gathered.bases.append(base)
    gathered.exponents[base] = exponent
  }

  /// The number by which one sum is a multiple of another.
  private func ratio(of a: TermID, to b: TermID) -> Number? {
    guard case .sum(let one, let first) = self[a], case .sum(let other, let second) = self[b],
      first.map(\.term) == second.map(\.term),
      let ratio = Number.quotient(first[0].coefficient, second[0].coefficient),
      one == ratio * other,
      zip(first, second).allSatisfy({ $0.coefficient == ratio * $1.coefficient })
    else { return nil }
    return ratio
  }

  private mutating func finish(_ gathered: inout Gathering) -> TermID {
    var coefficient = gathered.coefficient
    var factors: [TermID: TermID] = [:]
    for base in gathered.bases {
      guard let exponent = gathered.exponents[base] else { continue }
      if isNumber(exponent, 0) { continue }
      // What was added up may have become simple: 2^(1/2)·2^(1/2), |x|·|x|, e^(log x).
      if let rest = simplerPower(base, exponent) {
        let (inner, term) = split(rest)
        coefficient = coefficient * inner
        if let value = number(of: term) {
          coefficient = coefficient * value
        } else if case .product(let parts) = self[term] {
          for part in parts { add(part.exponent, to: part.base, &factors) }
        } else {
          add(number(.one), to: term, &factors)
        }
      } else {
        add(exponent, to: base, &factors)
      }
    }
    joinConjugates(&factors, &coefficient)
    joinCalls(&factors, &coefficient)
    return product(of: factors, coefficient)
  }

  private mutating func add(
    _ exponent: TermID, to base: TermID, _ factors: inout [TermID: TermID]
  ) {
    let whole = factors[base].map { add($0, exponent) } ?? exponent
    factors[base] = isNumber(whole, 0) ? nil : whole
  }

  private mutating func product(of factors: [TermID: TermID], _ coefficient: Number) -> TermID {
    if coefficient.isZero || factors.isEmpty { return number(coefficient) }
    let sorted = factors.sorted { $0.key < $1.key }
    if let choice = choiceAmong(sorted, coefficient) { return choice }
    if sorted.count == 1, isNumber(sorted[0].value, 1) {
      return times(coefficient, sorted[0].key)
    }
    let term = intern(.product(sorted.map { Term.Factor(base: $0.key, exponent: $0.value) }))
    return scaled(term, coefficient)
  }

  /// A product with a choice whose one side is 0 is the choice of the product and 0.
  private mutating func choiceAmong(
    _ factors: [(key: TermID, value: TermID)], _ coefficient: Number
  ) -> TermID? {
    for (place, factor) in factors.enumerated() where isNumber(factor.value, 1) {
      guard case .choice(let condition, let first, let second) = self[factor.key],
        isNumber(first, 0) || isNumber(second, 0), isShallow(factor.key)
      else { continue }
      var others = factors.map { (base: $0.key, exponent: $0.value) }
      others.remove(at: place)
      let rest = times(coefficient, product(others))
      let (one, other) = (multiply(rest, first), multiply(rest, second))
      return choice(condition, one, other)
    }
    return nil
  }
}
