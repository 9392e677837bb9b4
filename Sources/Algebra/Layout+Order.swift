import Autodiff

/// The order of summands and factors.
extension Layout {
  /// The summands of a sum in the order a person would write them: by degree, then by names,
  /// numbers last; what begins with a minus sign not first where it can be helped.
  func summands(_ constant: Number, _ summands: [Term.Summand]) -> [Term.Summand] {
    var sorted = summands.sorted(by: isBefore)
    if !constant.isZero {
      // The number 1 is the first term of most formulas, or made here; it is never read.
      sorted.append(Term.Summand(term: Self.unit, coefficient: constant))
    }
    guard sorted[0].coefficient.isNegative,
      let positive = sorted.firstIndex(where: { !$0.coefficient.isNegative })
    else { return sorted }
    if let last = sorted.last, !last.coefficient.isNegative { return sorted.reversed() }
    sorted.insert(sorted.remove(at: positive), at: 0)
    return sorted
  }

  /// Stands for the number 1 as the term of a summand that is only a number.
  static let unit = TermID(index: -1)

  func degree(of term: Term) -> Double {
    switch term {
    case .number, .constant, .call, .choice: return 0
    case .symbol: return 1
    case .sum(_, let summands): return summands.map { degrees[$0.term] ?? 0 }.max() ?? 0
    case .product(let factors):
      return factors.reduce(0) { sum, factor in
        let exponent = terms.number(of: factor.exponent)?.double ?? 0
        return sum + (degrees[factor.base] ?? 0) * exponent
      }
    }
  }

  func isBefore(_ a: Term.Summand, _ b: Term.Summand) -> Bool {
    let (first, second) = (degrees[a.term] ?? 0, degrees[b.term] ?? 0)
    if first != second { return first > second }
    let (one, other) = (monomial(a.term), monomial(b.term))
    for (p, q) in zip(one, other) where p != q {
      return p.rank == q.rank ? p.exponent > q.exponent : p.rank < q.rank
    }
    if one.count != other.count { return one.count > other.count }
    return a.term < b.term
  }

  private struct Power: Equatable {
    let rank: Int
    let exponent: Double
  }

  /// The variables of a term with their exponents, in the order of their names.
  private func monomial(_ term: TermID) -> [Power] {
    switch terms[term] {
    case .symbol(let place): return [Power(rank: ranks[place], exponent: 1)]
    case .product(let factors):
      return factors.compactMap { factor in
        guard case .symbol(let place) = terms[factor.base],
          let exponent = terms.number(of: factor.exponent)
        else { return nil }
        return Power(rank: ranks[place], exponent: exponent.double)
      }.sorted { $0.rank < $1.rank }
    case .number, .constant, .sum, .call, .choice: return []
    }
  }

  func isBefore(_ a: Term.Factor, _ b: Term.Factor) -> Bool {
    let (first, second) = (family(a), family(b))
    if first != second { return first < second }
    if case .symbol(let one) = terms[a.base], case .symbol(let other) = terms[b.base] {
      return ranks[one] < ranks[other]
    }
    return a.base < b.base
  }

  /// Numbers, names, functions, exponentials, sums: the order of factors.
  private func family(_ factor: Term.Factor) -> Int {
    if abbreviations[factor.base] != nil { return 1 }
    switch terms[factor.base] {
    case .number: return 0
    case .constant(let constant):
      return constant == .pi || terms.isNumber(factor.exponent, 1) ? 0 : 4
    case .symbol: return 1
    case .product: return 2
    case .call: return 3
    case .sum:
      if let exponent = terms.number(of: factor.exponent), exponent.whole == nil { return 2 }
      return 5
    case .choice: return 6
    }
  }
}
