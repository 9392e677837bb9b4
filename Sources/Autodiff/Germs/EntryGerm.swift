/// The germ of a single number: a sum of cₖ t^eₖ for small positive t, up to an error.
///
/// Exponents may be negative, as beside a pole, and fractional, as beside a root: these are the
/// numbers of T. Levi-Civita's field, cut off.
struct EntryGerm {
  struct Term {
    var exponent: Double
    var coefficient: Double
  }

  /// The terms whose coefficient is not 0, by ascending exponent.
  private(set) var terms: [Term] = []
  /// The error is of the order of t to this power; infinite where there is none.
  var end: Double

  init(_ terms: [Term] = [], end: Double = .infinity) {
    self.end = end
    self.terms.reserveCapacity(terms.count)
    for term in terms where term.coefficient != 0 && term.exponent < end {
      self.terms.append(term)
    }
  }

  init(_ constant: Double) { self.init([Term(exponent: 0, coefficient: constant)]) }

  var isNaN: Bool { terms.contains { $0.coefficient.isNaN } }

  /// Whether the number does not move.
  var isConstant: Bool {
    end == .infinity && terms.allSatisfy { $0.exponent == 0 }
  }

  /// The value at t = 0: infinite beside a pole.
  var value: Double {
    guard let first = terms.first, first.exponent <= 0 else { return 0 }
    if first.exponent == 0 { return first.coefficient }
    return first.coefficient > 0 ? .infinity : first.coefficient < 0 ? -.infinity : .nan
  }

  /// -1, 0 or 1: the sign for small t, where it is known.
  var sign: Double {
    guard let first = terms.first else { return 0 }
    return first.coefficient > 0 ? 1 : first.coefficient < 0 ? -1 : first.coefficient
  }

  /// Which way the number leaves its value, -1, 0 or 1.
  var direction: Double {
    guard let moving = terms.first(where: { $0.exponent != 0 }) else { return 0 }
    return moving.coefficient > 0 ? 1 : moving.coefficient < 0 ? -1 : 0
  }

  /// Exponents nearer than this are the same, apart from rounding.
  static let resolution = 1e-9

  /// The sum of two coefficients; 0 where what is left of them is rounding.
  ///
  /// Beside a point poles that cancel would come back with a factor of 1e-17. The value at the point
  /// is what the graph says it is.
  static func sum(_ one: Double, _ other: Double, at exponent: Double) -> Double {
    let sum = one + other
    guard exponent != 0, abs(sum) <= 0x1p-46 * max(abs(one), abs(other)) else { return sum }
    return 0
  }

  /// Adds a term, to one of the same exponent where there is one.
  mutating func add(_ term: Term) {
    guard term.exponent < end, term.coefficient != 0 else { return }
    var place = terms.count
    while place > 0, terms[place - 1].exponent > term.exponent - Self.resolution { place -= 1 }
    guard place < terms.count, terms[place].exponent < term.exponent + Self.resolution else {
      terms.insert(term, at: place)
      return
    }
    terms[place].coefficient = Self.sum(
      terms[place].coefficient, term.coefficient, at: term.exponent)
    if terms[place].coefficient == 0 { terms.remove(at: place) }
  }
}

extension EntryGerm {
  /// The steps after which a series is cut off, whatever its exponents.
  private static let mostSteps = 64

  /// The quotient by long division, up to t to the power of `cap`.
  func divided(by divisor: EntryGerm, cap: Double) -> EntryGerm {
    if divisor.isConstant {
      let number = divisor.value
      if number == 0 || number.isNaN { return EntryGerm(value / number) }
      return EntryGerm(
        terms.map { Term(exponent: $0.exponent, coefficient: $0.coefficient / number) }, end: end)
    }
    guard let lead = divisor.terms.first, !divisor.isNaN, !isNaN else { return EntryGerm(.nan) }
    guard let first = terms.first else { return EntryGerm(end: end - lead.exponent) }
    var quotient = EntryGerm(
      end: min(end - lead.exponent, divisor.end + first.exponent - 2 * lead.exponent, cap))
    var rest = self
    for _ in 0..<Self.mostSteps {
      guard let next = rest.terms.first, next.exponent - lead.exponent < quotient.end else {
        return quotient
      }
      let step = Term(
        exponent: next.exponent - lead.exponent,
        coefficient: next.coefficient / lead.coefficient)
      quotient.add(step)
      rest.terms.removeFirst()
      for term in divisor.terms.dropFirst() {
        rest.add(
          Term(
            exponent: term.exponent + step.exponent,
            coefficient: -(term.coefficient * step.coefficient)))
      }
    }
    quotient.end = rest.terms.first.map { $0.exponent - lead.exponent } ?? quotient.end
    return quotient
  }

  /// The power with a constant exponent, by the binomial series around the leading term, whose
  /// coefficient has the power that `root` gives.
  func power(_ exponent: Double, cap: Double, of root: (Double) -> Double) -> EntryGerm {
    if exponent == 0 { return EntryGerm(1) }
    guard !isNaN else { return EntryGerm(.nan) }
    guard let lead = terms.first else {
      if end == .infinity { return EntryGerm(root(0)) }
      return exponent > 0 ? EntryGerm(end: end * exponent) : EntryGerm(.nan)
    }
    let (start, scale) = (lead.exponent * exponent, root(lead.coefficient))
    var sum = EntryGerm(end: min(start + end - lead.exponent, max(cap, start + 1)))
    let rest = terms.dropFirst().map {
      Term(
        exponent: $0.exponent - lead.exponent, coefficient: $0.coefficient / lead.coefficient)
    }
    var powers = EntryGerm([Term(exponent: start, coefficient: scale)], end: sum.end)
    for step in 1...Self.mostSteps {
      for term in powers.terms { sum.add(term) }
      var next = EntryGerm(end: sum.end)
      let factor = (exponent - Double(step - 1)) / Double(step)
      for term in powers.terms {
        for other in rest {
          next.add(
            Term(
              exponent: term.exponent + other.exponent,
              coefficient: term.coefficient * other.coefficient * factor))
        }
      }
      powers = next
      if powers.terms.isEmpty { return sum }
    }
    sum.end = powers.terms.first?.exponent ?? sum.end
    return sum
  }
}
