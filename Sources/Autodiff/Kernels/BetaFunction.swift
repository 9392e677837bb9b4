#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// gamma(a)·gamma(b) / gamma(a + b) for positive arguments, and what its derivative needs.
enum BetaFunction {
  static func value(_ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0 else { return a == 0 && b >= 0 || b == 0 && a >= 0 ? .infinity : .nan }
    let (small, large) = (min(a, b), max(a, b))
    if small < 1e-17 { return 1 / small - (Polygamma.digamma(large) + 0.5772156649015329) }
    guard large.isFinite else { return 0 }
    return large <= 80
      ? quotient(a, b).value : logarithm(small: small, large: large).exponential.value
  }

  /// The logarithm of the value.
  static func logarithm(_ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0 else { return value(a, b) }
    let (small, large) = (min(a, b), max(a, b))
    guard large.isFinite else { return -.infinity }
    // The value is 1/small then, to more digits than there are.
    if small < 1e-17, large < 1e17 { return -log(small) }
    guard large <= 80 else { return logarithm(small: small, large: large).value }
    let logarithm = quotient(a, b).logarithm.value
    // Arguments that are doubles come no nearer to the root at (1, 1) without standing on it.
    return abs(logarithm) < 1e-28 ? 0 : logarithm
  }

  private static func quotient(_ a: Double, _ b: Double) -> DoubleDouble {
    let product =
      GammaFunction.doubled(DoubleDouble(a)) * GammaFunction.doubled(DoubleDouble(b))
    return product / GammaFunction.doubled(DoubleDouble(sum: a, b))
  }

  /// The logarithm where one argument is large.
  private static func logarithm(small: Double, large: Double) -> DoubleDouble {
    let other =
      small < 32
      ? GammaFunction.logarithm(DoubleDouble(small)) : GammaFunction.stirling(DoubleDouble(small))
    return other + logarithmOfRatio(large, small, DoubleDouble(sum: small, large))
  }

  /// log(gamma(x) / gamma(x + y)) for a large x, by Stirling's formula and without differences of
  /// what is large.
  private static func logarithmOfRatio(_ x: Double, _ y: Double, _ sum: DoubleDouble)
    -> DoubleDouble
  {
    if y / x < 1e-33 { return -(DoubleDouble(y) * DoubleDouble(x).logarithm) }
    let growth = (DoubleDouble(y) / DoubleDouble(x)).logarithmOfOnePlus
    let (whole, step) = (DoubleDouble(x), DoubleDouble(y))
    return step - (whole - DoubleDouble(0.5)) * growth - step * sum.logarithm
      + GammaFunction.remainder(whole) - GammaFunction.remainder(sum)
  }

  /// digamma(a + b) - digamma(a) for positive arguments, all of whose terms are positive.
  static func digammaGap(_ a: Double, _ b: Double) -> Double {
    guard a >= 0, b >= 0 else { return .nan }
    var (base, sum) = (a, DoubleDouble(0))
    while base < 32 {
      sum = sum + DoubleDouble(b / base / (base + b))
      base += 1
    }
    let end = base + b
    guard end.isFinite else { return b.isFinite ? 0 : .infinity }
    let (square, other) = (1 / base / base, 1 / end / end)
    // The difference of the squares of the inverses, and then of their powers.
    let difference = b / base / end * (1 / base + 1 / end)
    var (tail, otherPower, factor) = (0.0, 1.0, 1.0)
    for (index, term) in Bernoulli.numbers.prefix(6).enumerated() {
      tail += term.numerator / (term.denominator * Double(2 * index + 2)) * factor
      otherPower *= other
      factor = factor * square + otherPower
    }
    let rest = log1p(b / base) + (0.5 * (b / base / end) + difference * tail)
    return (sum + DoubleDouble(rest)).value
  }
}
