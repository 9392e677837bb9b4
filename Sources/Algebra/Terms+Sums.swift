import Autodiff

/// Sums: like terms are one, and squares of circular functions find each other.
extension Terms {
  package mutating func sum(_ parts: [(Number, TermID)], constant: Number = .zero) -> TermID {
    var constant = constant
    var coefficients: [TermID: Number] = [:]
    // A summand may be a sum itself, one level deep: what is in it is canonical.
    var pending = parts
    while let (coefficient, term) = pending.popLast() {
      switch self[term] {
      case .number(let number): constant = constant + coefficient * number
      case .sum(let inner, let summands):
        constant = constant + coefficient * inner
        for summand in summands {
          pending.append((coefficient * summand.coefficient, summand.term))
        }
      default: coefficients[term] = coefficients[term, default: .zero] + coefficient
      }
    }
    if constant.isNaN { return number(constant) }
    mergeChoices(&coefficients, &constant)
    if coefficients.count + (constant.isZero ? 0 : 1) > 1 {
      while joinSquares(&coefficients, &constant) {}
    }
    return sum(of: coefficients, constant)
  }

  private mutating func sum(of coefficients: [TermID: Number], _ constant: Number) -> TermID {
    let summands = coefficients.filter { !$0.value.isZero }.sorted { $0.key < $1.key }
    if summands.isEmpty { return number(constant) }
    if constant.isZero, summands.count == 1 { return scaled(summands[0].key, summands[0].value) }
    return intern(
      .sum(constant, summands.map { Term.Summand(term: $0.key, coefficient: $0.value) }))
  }

  /// A number times a term that is neither a number nor a scaled term.
  mutating func scaled(_ term: TermID, _ coefficient: Number) -> TermID {
    if coefficient.isOne { return term }
    if coefficient.isZero { return number(.zero) }
    switch self[term] {
    case .sum(let constant, let summands) where coefficient == .minusOne || summands.count == 1:
      return sum(
        summands.map { ($0.coefficient * coefficient, $0.term) },
        constant: constant * coefficient)
    case .choice(let condition, let first, let second) where isShallow(term):
      return choice(condition, times(coefficient, first), times(coefficient, second))
    case .number, .constant, .symbol, .sum, .product, .call, .choice:
      return intern(.sum(.zero, [Term.Summand(term: term, coefficient: coefficient)]))
    }
  }

  package mutating func times(_ number: Number, _ term: TermID) -> TermID {
    if let other = self.number(of: term) { return self.number(number * other) }
    if case .sum(.zero, let summands) = self[term], summands.count == 1 {
      return sum(of: [summands[0].term: summands[0].coefficient * number], .zero)
    }
    return scaled(term, number)
  }

  package mutating func add(_ a: TermID, _ b: TermID) -> TermID { sum([(.one, a), (.one, b)]) }

  package mutating func subtract(_ a: TermID, _ b: TermID) -> TermID {
    sum([(.one, a), (.minusOne, b)])
  }

  package mutating func negated(_ a: TermID) -> TermID { times(.minusOne, a) }

  /// A term as a number times the rest.
  func split(_ id: TermID) -> (coefficient: Number, term: TermID) {
    if case .sum(let constant, let summands) = self[id], constant.isZero, summands.count == 1 {
      return (summands[0].coefficient, summands[0].term)
    }
    return (.one, id)
  }

  /// Choices by the same condition are one.
  private mutating func mergeChoices(
    _ coefficients: inout [TermID: Number], _ constant: inout Number
  ) {
    var found: [TermID: [TermID]] = [:]
    for term in coefficients.keys {
      if case .choice(let condition, _, _) = self[term], isShallow(term) {
        found[condition, default: []].append(term)
      }
    }
    for (condition, terms) in found.sorted(by: { $0.key < $1.key }) where terms.count > 1 {
      var (first, second): ([(Number, TermID)], [(Number, TermID)]) = ([], [])
      for term in terms.sorted() {
        guard case .choice(_, let a, let b) = self[term],
          let coefficient = coefficients.removeValue(forKey: term)
        else { continue }
        first.append((coefficient, a))
        second.append((coefficient, b))
      }
      let (one, other) = (sum(first), sum(second))
      let merged = choice(condition, one, other)
      let (coefficient, term) = split(merged)
      if let value = number(of: merged) {
        constant = constant + value
      } else {
        coefficients[term] = coefficients[term, default: .zero] + coefficient
      }
    }
  }

  /// sin² + cos² = 1, 1 - sin² = cos² and cosh² - sinh² = 1, with whatever stands before them.
  private mutating func joinSquares(
    _ coefficients: inout [TermID: Number], _ constant: inout Number
  ) -> Bool {
    for (term, coefficient) in coefficients.sorted(by: { $0.key < $1.key })
    where !coefficient.isZero {
      for (first, second, sign) in Self.squares {
        guard let (argument, rest) = squareOfCall(first, in: term) else { continue }
        let square = power(apply(second, [argument]), number(Number(2)))
        let partner = product([(rest, number(.one)), (square, number(.one))])
        let expected = sign * coefficient
        if let other = coefficients[partner], other == expected {
          coefficients[term] = nil
          coefficients[partner] = nil
          put(rest, coefficient, into: &coefficients, &constant)
          return true
        }
        // c - c·sin² is c·cos².
        let whole = number(of: rest) == .one ? constant : coefficients[rest] ?? .zero
        if !whole.isZero, whole == -coefficient, sign == .one {
          coefficients[term] = nil
          put(rest, coefficient, into: &coefficients, &constant)
          put(partner, -coefficient, into: &coefficients, &constant)
          return true
        }
      }
    }
    return false
  }

  private mutating func put(
    _ term: TermID, _ coefficient: Number, into coefficients: inout [TermID: Number],
    _ constant: inout Number
  ) {
    if let value = number(of: term) {
      constant = constant + coefficient * value
    } else {
      let (inner, rest) = split(term)
      coefficients[rest] = coefficients[rest, default: .zero] + inner * coefficient
    }
  }

  /// u and R where the term is f(u)² R.
  private mutating func squareOfCall(_ row: PrimitiveID, in term: TermID)
    -> (argument: TermID, rest: TermID)?
  {
    guard case .product(let factors) = self[term] else { return nil }
    for (place, factor) in factors.enumerated() {
      guard case .call(row, let arguments) = self[factor.base], isNumber(factor.exponent, 2) else {
        continue
      }
      var others = factors
      others.remove(at: place)
      return (arguments[0], product(others.map { ($0.base, $0.exponent) }))
    }
    return nil
  }
}

extension Terms {
  /// f, g and s such that f² + s·g² = 1.
  private static let squares: [(PrimitiveID, PrimitiveID, Number)] = [
    (Primitive.row("sin"), Primitive.row("cos"), .one),
    (Primitive.row("cos"), Primitive.row("sin"), .one),
    (Primitive.row("cosh"), Primitive.row("sinh"), .minusOne),
  ]
}
