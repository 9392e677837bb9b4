#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Kernels of the functions of learning, in forms that keep their digits in the tails.
enum Activation {
  /// 1 / (1 + exp(-x)), by the exponential of a negative number, so that nothing overflows.
  static func sigmoid(_ x: Double) -> Double {
    guard x < 0 else { return 1 / (1 + exp(-x)) }
    let power = exp(x)
    return power / (1 + power)
  }

  /// σ(x)σ(-x), the slope of the sigmoid.
  static func sigmoidSlope(_ x: Double) -> Double {
    let sum = 1 + exp(-abs(x))
    return scaled(1 / (sum * sum), byExponentialOf: -abs(x))
  }

  /// 1/cosh²(x), the slope of the hyperbolic tangent.
  static func tanhSlope(_ x: Double) -> Double { 4 * sigmoidSlope(2 * x) }

  static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

  /// A factor times exp(x) where exp(x) alone would be subnormal and short of digits.
  static func scaled(_ factor: Double, byExponentialOf x: Double) -> Double {
    guard x < -700 else { return factor * exp(x) }
    let half = exp(x / 2)
    return factor * half * half
  }

  static func silu(_ x: Double) -> Double {
    // Below, 1 + exp(x) is 1.
    x < -40 ? x == -.infinity ? -0.0 : scaled(x, byExponentialOf: x) : x * sigmoid(x)
  }

  /// σ(x)(1 + xσ(-x)), which has a root at -1.28.
  static func siluSlope(_ x: Double) -> Double {
    if let value = RootSeries.siluSlope.value(x) { return value }
    if x > 0 { return 1 - siluSlope(-x) }
    if x < -40 { return x == -.infinity ? -0.0 : scaled(1 + x, byExponentialOf: x) }
    let power = exp(x)
    let numerator = DoubleDouble(power) * (DoubleDouble(sum: 1, x) + DoubleDouble(power))
    let denominator = DoubleDouble(sum: 1, power)
    return (numerator / (denominator * denominator)).value
  }

  /// x·tanh(softplus(x)).
  ///
  /// With u = exp(x), tanh(log(1 + u)) is n / (n + 2) for n = u(u + 2).
  static func mish(_ x: Double) -> Double {
    if x > 20 { return x }
    if x < -40 { return x == -.infinity ? -0.0 : scaled(x, byExponentialOf: x) }
    let power = exp(x)
    let n = DoubleDouble(power) * DoubleDouble(sum: power, 2)
    return (DoubleDouble(x) * n / (n + DoubleDouble(2))).value
  }

  /// The slope of mish, which has a root at -1.19.
  ///
  /// It is uω/(u² + 2u + 2)² with u = exp(x) and ω = 4(x + 1) + u(4x + 6) + 4u² + u³.
  static func mishSlope(_ x: Double) -> Double {
    if let value = RootSeries.mishSlope.value(x) { return value }
    if x > 25 { return 1 }
    if x < -40 { return x == -.infinity ? -0.0 : scaled(1 + x, byExponentialOf: x) }
    let u = exp(x)
    let numerator =
      DoubleDouble(4) * DoubleDouble(sum: x, 1)
      + DoubleDouble(u) * (DoubleDouble(4) * DoubleDouble(sum: x, 1.5) + DoubleDouble(u * (4 + u)))
    let denominator = DoubleDouble(2) + DoubleDouble(u) * DoubleDouble(sum: u, 2)
    return (DoubleDouble(u) * numerator / (denominator * denominator)).value
  }

  /// log(x / (1 - x)).
  static func logit(_ x: Double) -> Double {
    // 2x - 1 is exact here, and the value is 0 at ½.
    if 0.25...0.75 ~= x { return 2 * atanh(2 * x - 1) }
    return log(x) - log1p(-x)
  }

  /// The slope of x·log(x), which has a root at 1/e.
  static func xlogxSlope(_ x: Double) -> Double {
    guard 0.2...0.6 ~= x else { return 1 + log(x) }
    return log1p(((x - 0.36787944117144233) + 1.2428753672788363e-17) * 2.718281828459045)
  }
}
