/// Equal formulas of different length: the shortest one is for people.
extension Terms {
  /// The form of a formula that takes the fewest words; the formula as it is where that is one.
  package mutating func shortest(_ root: TermID) -> TermID {
    let parts = reachable(from: [root]).count
    guard parts <= 600, cost(of: root) <= 4000 else {
      guard parts <= 20_000 else { return root }
      let factored = factoring(root, .shared)
      return width(of: factored) < width(of: root) ? factored : root
    }
    var best = root
    var least = cost(of: root)
    func consider(_ form: TermID, _ terms: inout Terms, atMost limit: Int = .max) {
      let cost = terms.cost(of: form)
      if cost < least, cost <= limit { (best, least) = (form, cost) }
    }
    let assumed = assumptions.count
    let factored = factoring(root, .shared)
    consider(factored, &self)
    // Of polynomials people write the sum, of anything else the product.
    if cost(of: factored) == least, !isPolynomial(root) { best = factored }
    // A product says more than a sum that is hardly shorter.
    let enough = least * 3 / 4
    let expanded = expanding(root)
    consider(expanded, &self, atMost: enough)
    consider(factoring(expanded, .shared), &self, atMost: enough)
    let joined = factoring(root, .denominators)
    consider(joined, &self)
    consider(factoring(joined, .shared), &self)
    consider(factoring(expanded, .denominators), &self, atMost: enough)
    forgetAssumptions(from: assumed)
    return best
  }

  /// How many parts a formula has when every one is written once.
  func width(of root: TermID) -> Int {
    reachable(from: [root]).reduce(0) { $0 + 1 + self[$1].parts.count }
  }

  private func isPolynomial(_ root: TermID) -> Bool {
    reachable(from: [root]).allSatisfy { id in
      switch self[id] {
      case .number, .symbol, .sum: true
      case .product(let factors): factors.allSatisfy { number(of: $0.exponent)?.whole != nil }
      case .constant, .call, .choice: false
      }
    }
  }

  /// How many words and signs a formula is written with, a pair of brackets counting two.
  package func cost(of root: TermID) -> Int {
    costs(of: [root])[root] ?? 0
  }

  private static let costLimit = 1_000_000_000

  func costs(of roots: [TermID]) -> [TermID: Int] {
    var costs: [TermID: Int] = [:]
    for id in reachable(from: roots) {
      costs[id] = min(cost(of: self[id]) { costs[$0] ?? 0 }, Self.costLimit)
    }
    return costs
  }

  private func cost(of term: Term, _ part: (TermID) -> Int) -> Int {
    switch term {
    case .number(let number): return cost(of: number)
    case .constant, .symbol: return 1
    case .sum(let constant, let summands):
      var total = constant.isZero ? -1 : cost(of: constant)
      for summand in summands {
        let size = summand.coefficient.magnitude
        total += 1 + part(summand.term)
        if !size.isOne { total += cost(of: size) + (isSum(summand.term) ? 3 : 1) }
      }
      if summands[0].coefficient.isNegative, summands.count == 1, constant.isZero { total += 1 }
      return total
    case .product(let factors):
      var total = factors.count - 1
      var (above, below) = (0, 0)
      for factor in factors {
        total += part(factor.base)
        let exponent = number(of: factor.exponent)
        if exponent?.isNegative == true { below += 1 } else { above += 1 }
        if let size = exponent?.magnitude {
          total += size.isOne ? 0 : size == .half ? 1 : 1 + cost(of: size)
        } else {
          total += 1 + part(factor.exponent)
        }
        if isSum(factor.base), exponent?.magnitude != .half { total += 2 }
      }
      return total + (above == 0 ? 2 : 0) + (below > 1 ? 2 : 0)
    case .call(_, let arguments): return arguments.reduce(arguments.count) { $0 + part($1) }
    case .choice(let condition, let first, let second):
      return 3 + part(condition) + part(first) + part(second)
    }
  }

  private func cost(of number: Number) -> Int {
    if number.whole == nil, !(prefersDecimals && number.isDecimalFraction) { return 3 }
    return 1
  }

  func isSum(_ id: TermID) -> Bool {
    if case .sum(let constant, let summands) = self[id] {
      return !constant.isZero || summands.count > 1
    }
    return false
  }
}

/// Multiplying out.
extension Terms {
  mutating func expanding(_ root: TermID) -> TermID {
    rebuilding(root) { terms, _, term in terms.expanded(term) }
  }

  mutating func expanded(_ term: Term) -> TermID? {
    switch term {
    case .sum(let constant, let summands) where constant.isZero && summands.count == 1:
      guard case .sum(let inner, let parts) = self[summands[0].term] else { return nil }
      let factor = summands[0].coefficient
      return sum(parts.map { ($0.coefficient * factor, $0.term) }, constant: inner * factor)
    case .product(let factors):
      var others: [(base: TermID, exponent: TermID)] = []
      var sums: [(number: Number, parts: [Term.Summand])] = []
      for factor in factors {
        guard let count = number(of: factor.exponent)?.whole, (1...4).contains(count),
          case .sum(let constant, let summands) = self[factor.base]
        else {
          others.append((factor.base, factor.exponent))
          continue
        }
        for _ in 0..<count { sums.append((constant, summands)) }
      }
      let width = sums.reduce(1) { min($0 * ($1.parts.count + ($1.number.isZero ? 0 : 1)), 1000) }
      guard !sums.isEmpty, width <= 64 else { return nil }
      return multipliedOut(others, sums)
    case .number, .constant, .symbol, .sum, .call, .choice: return nil
    }
  }

  private mutating func multipliedOut(
    _ others: [(base: TermID, exponent: TermID)],
    _ sums: [(number: Number, parts: [Term.Summand])]
  ) -> TermID {
    var products: [(Number, TermID)] = [(.one, product(others))]
    for sum in sums {
      var longer: [(Number, TermID)] = []
      for (coefficient, term) in products {
        if !sum.number.isZero { longer.append((coefficient * sum.number, term)) }
        for part in sum.parts {
          longer.append((coefficient * part.coefficient, multiply(term, part.term)))
        }
      }
      products = longer
    }
    return sum(products)
  }
}
