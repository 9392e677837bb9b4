import Autodiff

/// How a formula is laid out for people, in whatever notation: the order of what may stand in any
/// order, and what stands above and below a fraction line.
struct Layout {
  let terms: Terms
  /// Terms that are written as a name.
  let abbreviations: [TermID: String]
  /// The order of the variables' names, in which x2 comes before x10.
  private let ranks: [Int]
  private var degrees: [TermID: Double] = [:]

  init(_ terms: Terms, roots: [TermID], abbreviations: [TermID: String] = [:]) {
    (self.terms, self.abbreviations) = (terms, abbreviations)
    let sorted = terms.names.indices.sorted {
      Self.sortKey(terms.names[$0]) < Self.sortKey(terms.names[$1])
    }
    var ranks = [Int](repeating: 0, count: sorted.count)
    for (rank, place) in sorted.enumerated() { ranks[place] = rank }
    self.ranks = ranks
    for id in terms.reachable(from: roots) { degrees[id] = degree(of: terms[id]) }
  }

  /// The name with every run of digits at its end as wide as any.
  private static func sortKey(_ name: String) -> String {
    let digits = name.reversed().prefix { $0.isNumber }.count
    guard digits > 0, digits < 9 else { return name }
    return name.dropLast(digits) + String(repeating: "0", count: 9 - digits) + name.suffix(digits)
  }

  /// A term with the number before it, as one fraction.
  struct Fraction {
    var isNegative = false
    /// Whole numbers, or a decimal above 1.
    var above = Number.one
    var below = Number.one
    var numerator: [Factor] = []
    var denominator: [Factor] = []
  }

  /// A power; the exponent is not negative where it is a number.
  struct Factor {
    let base: TermID
    let exponent: Exponent

    enum Exponent {
      case number(Number)
      case term(TermID)
    }
  }

  /// A term with a number before it as a fraction.
  ///
  /// - Parameters:
  ///   - term: a term, taken as one factor if it is written as a name.
  ///   - coefficient: the number before it.
  ///   - isDefinition: whether the term is taken apart even if it has a name.
  /// - Returns: what stands above and below the line.
  func fraction(
    _ term: TermID, _ coefficient: Number = .one, isDefinition: Bool = false
  ) -> Fraction {
    var fraction = Fraction(isNegative: coefficient.isNegative)
    let size = coefficient.magnitude
    if case .exact(let numerator, let denominator) = size, !isDecimal(size) {
      (fraction.above, fraction.below) = (Number(numerator), Number(denominator))
    } else {
      fraction.above = size
    }
    guard isDefinition || abbreviations[term] == nil, case .product(let factors) = terms[term]
    else {
      if terms.number(of: term)?.isOne != true {
        fraction.numerator = [Factor(base: term, exponent: .number(.one))]
      }
      return fraction
    }
    for factor in factors.sorted(by: isBefore) {
      guard let exponent = terms.number(of: factor.exponent) else {
        fraction.numerator.append(Factor(base: factor.base, exponent: .term(factor.exponent)))
        continue
      }
      let power = Factor(base: factor.base, exponent: .number(exponent.magnitude))
      let isExponential = if case .constant(.e) = terms[factor.base] { true } else { false }
      if exponent.isNegative, !isExponential {
        fraction.denominator.append(power)
      } else {
        fraction.numerator.append(
          Factor(base: factor.base, exponent: .number(exponent)))
      }
    }
    return fraction
  }

  /// Whether a number is written with a point.
  func isDecimal(_ number: Number) -> Bool {
    guard case .exact(_, let denominator) = number else { return true }
    return denominator != 1 && terms.prefersDecimals && number.isDecimalFraction
  }
}

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

  private func degree(of term: Term) -> Double {
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

  private func isBefore(_ a: Term.Summand, _ b: Term.Summand) -> Bool {
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

  private func isBefore(_ a: Term.Factor, _ b: Term.Factor) -> Bool {
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

extension Layout {
  /// A term between two bounds.
  struct Range {
    let lower: TermID
    let term: TermID
    let upper: TermID
    let signs: (String, String)
  }

  /// `a < x and x < b` as one chain; nil for other conditions.
  func range(_ row: PrimitiveID, _ arguments: [TermID]) -> Range? {
    guard row == .logicalAnd, let one = bound(arguments[0]), let other = bound(arguments[1]),
      one.term == other.term, one.isLower != other.isLower
    else { return nil }
    let (lower, upper) = one.isLower ? (one, other) : (other, one)
    return Range(
      lower: lower.bound, term: one.term, upper: upper.bound, signs: (lower.sign, upper.sign))
  }

  private func bound(_ id: TermID)
    -> (term: TermID, bound: TermID, isLower: Bool, sign: String)?
  {
    guard case .call(let row, let sides) = terms[id] else { return nil }
    switch row {
    case .less: return (sides[0], sides[1], false, "<")
    case .lessEqual: return (sides[0], sides[1], false, "<=")
    case .greater: return (sides[0], sides[1], true, "<")
    case .greaterEqual: return (sides[0], sides[1], true, "<=")
    default: return nil
    }
  }
}
