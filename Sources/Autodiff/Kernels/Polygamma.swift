#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The derivatives of log(gamma(x)): digamma and, after it, the polygamma functions.
///
/// The asymptotic series (Abramowitz and Stegun 6.3.18 and 6.4.11) far out, the recurrence towards
/// it, and the reflection formula for what lies far to the left; all in double-doubles.
enum Polygamma {
  /// The largest order.
  static let orderLimit = 100.0

  static func value(_ order: Double, _ x: Double) -> Double {
    guard 0...orderLimit ~= order, order == order.rounded(), !x.isNaN else { return .nan }
    if order == 0 { return digamma(x) }
    if x == .infinity { return order.truncatingRemainder(dividingBy: 2) == 1 ? 0 : -0.0 }
    if x <= 0, x == x.rounded(.down) { return x == 0 ? pole(order, x) : .nan }
    if abs(x) < 1e-10 { return pole(order, x) }
    if x > 1e17 { return sign(order) * (factorial(order - 1).value / pow(x, order)) }
    if x > -64 { return series(Int(order), x).value }
    let mirrored = series(Int(order), DoubleDouble(sum: 1, -x))
    return (cotangents(Int(order), x) - (sign(order) < 0 ? -mirrored : mirrored)).value
  }

  static func digamma(_ x: Double) -> Double {
    if x == .infinity { return x }
    if x < 0, x == x.rounded(.down) { return .nan }
    if abs(x) < 1e-20 { return -1 / x }
    if x > 1e17 { return log(x) }
    if let value = RootSeries.digamma.value(x) { return value }
    if x > -64 { return logarithmicSeries(DoubleDouble(x)).value }
    return (logarithmicSeries(DoubleDouble(sum: 1, -x)) + cotangents(0, x)).value
  }

  private static func sign(_ order: Double) -> Double {
    order.truncatingRemainder(dividingBy: 2) == 1 ? 1 : -1
  }

  /// The leading term at 0, where the next one is smaller than any digit.
  private static func pole(_ order: Double, _ x: Double) -> Double {
    sign(order) * (factorial(order).value / pow(x, order + 1))
  }

  private static func factorial(_ n: Double) -> DoubleDouble {
    var product = DoubleDouble(1)
    for factor in stride(from: 2, through: n, by: 1) { product = product * DoubleDouble(factor) }
    return product
  }

  private static func power(_ x: DoubleDouble, _ exponent: Int) -> DoubleDouble {
    var (result, factor, left) = (DoubleDouble(1), x, exponent)
    while left > 0 {
      if left & 1 == 1 { result = result * factor }
      factor = factor * factor
      left >>= 1
    }
    return result
  }

  private static func logarithmicSeries(_ x: DoubleDouble) -> DoubleDouble {
    var (base, sum) = (x, DoubleDouble(0))
    while base.high < 32 {
      sum = sum + DoubleDouble(1) / base
      base = base + DoubleDouble(1)
    }
    let inverse = DoubleDouble(1) / base
    let square = inverse * inverse
    var tail = DoubleDouble(0)
    for (index, term) in Bernoulli.numbers.enumerated().reversed() {
      let divisor = term.denominator * Double(2 * index + 2)
      tail = tail * square + DoubleDouble(term.numerator) / DoubleDouble(divisor)
    }
    return base.logarithm - inverse * DoubleDouble(0.5) - tail * square - sum
  }

  private static func series(_ order: Int, _ x: Double) -> DoubleDouble {
    series(order, DoubleDouble(x))
  }

  private static func series(_ order: Int, _ x: DoubleDouble) -> DoubleDouble {
    var (base, sum) = (x, DoubleDouble(0))
    while base.high < Double(32 + order) {
      sum = sum + DoubleDouble(1) / power(base, order + 1)
      base = base + DoubleDouble(1)
    }
    let inverse = DoubleDouble(1) / base
    let square = inverse * inverse
    let n = Double(order)
    // (2k + n - 1)! / ((2k)! (n - 1)!) for each Bernoulli number.
    var factor = DoubleDouble(n) * DoubleDouble((n + 1) / 2)
    var tail = DoubleDouble(1) + inverse * DoubleDouble(n / 2)
    var reach = square
    for (index, term) in Bernoulli.numbers.enumerated() {
      let k = Double(2 * index + 2)
      tail = tail + reach * factor * (DoubleDouble(term.numerator) / DoubleDouble(term.denominator))
      reach = reach * square
      factor = factor * DoubleDouble((k + n) * (k + n + 1)) / DoubleDouble((k + 1) * (k + 2))
    }
    let rest = tail * power(inverse, order) / DoubleDouble(n)
    let whole = factorial(n) * (sum + rest)
    return sign(n) > 0 ? whole : -whole
  }

  /// -π times a derivative of cot(πx): πⁿ times a polynomial in the cotangent, as
  /// cot' = -(1 + cot²).
  private static func cotangents(_ order: Int, _ x: Double) -> DoubleDouble {
    let rest = x - x.rounded()
    let size = abs(rest)
    let circular =
      size <= 0.25
      ? DoubleDouble(size).circularOfHalfTurns
      : DoubleDouble(0.5 - size).circularOfHalfTurns
    let quotient =
      size <= 0.25 ? circular.cosine / circular.sine : circular.sine / circular.cosine
    let cotangent = rest < 0 ? -quotient : quotient
    var coefficients = [DoubleDouble(0), DoubleDouble(1)]
    for _ in 0..<order {
      var next = [DoubleDouble](repeating: DoubleDouble(0), count: coefficients.count + 1)
      for (degree, coefficient) in coefficients.enumerated().dropFirst() {
        let slope = coefficient * DoubleDouble(Double(-degree))
        next[degree - 1] = next[degree - 1] + slope
        next[degree + 1] = next[degree + 1] + slope
      }
      coefficients = next
    }
    var sum = DoubleDouble(0)
    for coefficient in coefficients.reversed() { sum = sum * cotangent + coefficient }
    return -(power(.pi, order + 1) * sum)
  }
}
