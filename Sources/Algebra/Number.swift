/// A number in a formula: a fraction as long as it is exact, a double where it cannot be.
///
/// A decimal that a person may have typed, such as 4.3, counts as the fraction 43/10, so sums and
/// products of such numbers are exact too.
package enum Number: Hashable, Sendable {
  /// In lowest terms, with a positive denominator.
  case exact(Int, Int)
  case inexact(Double)

  package static let zero = Number.exact(0, 1)
  package static let one = Number.exact(1, 1)
  package static let minusOne = Number.exact(-1, 1)
  package static let half = Number.exact(1, 2)

  package init(_ value: Int) { self = .exact(value, 1) }

  /// The number a double stands for: the shortest decimal that reads back to it, if that is short.
  package init(_ value: Double) {
    if value.magnitude < 0x1p53, value == value.rounded(.towardZero) {
      self = .exact(Int(value), 1)
      return
    }
    var power = 10
    for _ in 0..<12 where value.magnitude < 1e6 {
      let scaled = (value * Double(power)).rounded()
      guard scaled.magnitude < 1e15 else { break }
      if scaled / Double(power) == value {
        self = Number.fraction(Int(scaled), power) ?? .inexact(value)
        return
      }
      power *= 10
    }
    self = .inexact(value)
  }

  /// A fraction in lowest terms; nil where the denominator is 0 or too large to turn its sign.
  static func fraction(_ numerator: Int, _ denominator: Int) -> Number? {
    guard denominator != 0, numerator != .min, denominator != .min else { return nil }
    let divisor = greatestCommonDivisor(numerator, denominator)
    let sign = denominator < 0 ? -1 : 1
    return .exact(sign * numerator / divisor, sign * denominator / divisor)
  }

  static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (abs(a), abs(b))
    while b != 0 { (a, b) = (b, a % b) }
    return max(a, 1)
  }

  package var double: Double {
    switch self {
    case .exact(let numerator, let denominator): Double(numerator) / Double(denominator)
    case .inexact(let value): value
    }
  }

  package var isZero: Bool { self == .zero }
  package var isOne: Bool { self == .one }
  package var isNegative: Bool { double < 0 }
  package var isNaN: Bool { double.isNaN }

  /// The number itself where it is whole.
  package var whole: Int? {
    if case .exact(let numerator, 1) = self { return numerator }
    return nil
  }
}

extension Number {
  static func + (a: Number, b: Number) -> Number {
    if case .exact(let p, let q) = a, case .exact(let r, let s) = b {
      let (left, overflow1) = p.multipliedReportingOverflow(by: s)
      let (right, overflow2) = r.multipliedReportingOverflow(by: q)
      let (sum, overflow3) = left.addingReportingOverflow(right)
      let (denominator, overflow4) = q.multipliedReportingOverflow(by: s)
      if !overflow1, !overflow2, !overflow3, !overflow4,
        let exact = fraction(sum, denominator)
      {
        return exact
      }
    }
    return .inexact(a.double + b.double)
  }

  static func * (a: Number, b: Number) -> Number {
    if a.isZero || b.isZero { return .zero }
    if case .exact(let p, let q) = a, case .exact(let r, let s) = b {
      let (first, second) = (greatestCommonDivisor(p, s), greatestCommonDivisor(r, q))
      let (numerator, overflow1) = (p / first).multipliedReportingOverflow(by: r / second)
      let (denominator, overflow2) = (q / second).multipliedReportingOverflow(by: s / first)
      if !overflow1, !overflow2, let exact = fraction(numerator, denominator) { return exact }
    }
    return .inexact(a.double * b.double)
  }

  static prefix func - (a: Number) -> Number { a * .minusOne }
  static func - (a: Number, b: Number) -> Number { a + -b }

  /// The quotient; nil for a division by 0.
  static func quotient(_ a: Number, _ b: Number) -> Number? {
    if b.isZero { return nil }
    if case .exact(let r, let s) = b, let inverse = fraction(s, r) { return a * inverse }
    return .inexact(a.double / b.double)
  }

  var magnitude: Number { isNegative ? -self : self }

  /// The power to a whole exponent; nil where it is no number or a monster.
  func power(_ exponent: Int) -> Number? {
    guard !(isZero && exponent < 0), exponent.magnitude <= 64 else { return nil }
    var power = Number.one
    for _ in 0..<exponent.magnitude { power = power * self }
    if case .inexact(let value) = power {
      guard case .inexact = self, value.isNormal, (1 / value).isNormal else { return nil }
    }
    return exponent < 0 ? Number.quotient(.one, power) : power
  }

  /// The power to a fraction where that is exact, such as 4^(3/2).
  func exactPower(_ exponent: Number) -> Number? {
    guard case .exact(let p, let q) = exponent else { return nil }
    if q == 1 { return power(p) }
    guard case .exact(let a, let b) = self, a >= 0, q <= 8, let up = Self.root(a, q),
      let down = Self.root(b, q)
    else { return nil }
    return Number.fraction(up, down)?.power(p)
  }

  private static func root(_ value: Int, _ degree: Int) -> Int? {
    var root = 1
    while root < 100_000 {
      var power = 1
      for _ in 0..<degree {
        let (product, overflow) = power.multipliedReportingOverflow(by: root)
        if overflow { return nil }
        power = product
      }
      if power == value { return root }
      if power > value { return value == 0 ? 0 : nil }
      root += 1
    }
    return nil
  }

  /// Whether a decimal fraction writes it exactly.
  var isDecimalFraction: Bool {
    guard case .exact(_, var denominator) = self else { return true }
    while denominator % 2 == 0 { denominator /= 2 }
    while denominator % 5 == 0 { denominator /= 5 }
    return denominator == 1
  }
}

extension Number {
  static func < (a: Number, b: Number) -> Bool { a.double < b.double }
}
