import Autodiff

/// How a formula is laid out for people, in whatever notation: the order of what may stand in any
/// order, and what stands above and below a fraction line.
struct Layout {
  let terms: Terms
  /// Terms that are written as a name.
  let abbreviations: [TermID: String]
  /// The order of the variables' names, in which x2 comes before x10.
  let ranks: [Int]
  private(set) var degrees: [TermID: Double] = [:]

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
    var fraction = Fraction()
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
