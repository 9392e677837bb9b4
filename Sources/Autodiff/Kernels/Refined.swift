#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Elementary functions that a C library leaves two to four units from the truth.
enum Refined {
  /// The cube root of the C library, and one step of Newton's method with the residual in full.
  static func cubeRoot(_ x: Double) -> Double {
    guard x.isFinite, x != 0 else { return x }
    // The residual of a tiny number would be subnormal.
    if abs(x) < 1e-200 { return cubeRoot(x * 0x1p300) * 0x1p-100 }
    let guess = cbrt(x)
    let cube = DoubleDouble(product: guess, guess) * DoubleDouble(guess)
    return guess - (cube - DoubleDouble(x)).value / (3 * guess * guess)
  }

  static func hyperbolicTangent(_ x: Double) -> Double {
    let size = abs(x)
    if size >= 1 {
      let rest = size > 22 ? 0 : 2 / (exp(2 * size) + 1)
      return x < 0 ? rest - 1 : 1 - rest
    }
    let growth = expm1(2 * x)
    let sum = DoubleDouble(ordered: 2, growth)
    let quotient = growth / sum.high
    return quotient - quotient * (sum.low / sum.high)
  }

  static func inverseHyperbolicCosine(_ x: Double) -> Double {
    guard x >= 1, x < 1e8 else { return acosh(x) }
    // log1p(t + √(2t + t²)) for t = x - 1.
    let excess = DoubleDouble(sum: x, -1)
    let square = excess * (excess + DoubleDouble(2))
    let root = square.high.squareRoot()
    guard root > 0 else { return 0 }
    let error = (square - DoubleDouble(product: root, root)).value / (2 * root)
    let growth = excess + DoubleDouble(sum: root, error)
    return log1p(growth.high) + growth.low / (1 + growth.high)
  }

  /// log(x) / log(base), which is a whole number where x is a whole power of the base.
  static func logarithm(_ x: Double, base: Double) -> Double {
    if base == 2 { return log2(x) }
    if base == 10 { return log10(x) }
    let quotient = log(x) / log(base)
    let whole = quotient.rounded()
    guard abs(quotient - whole) <= 2 * whole.ulp, pow(base, whole) == x else { return quotient }
    return whole
  }

  /// x^(y - 1), by a quotient where y - 1 has to be rounded.
  static func lowerPower(_ x: Double, _ y: Double) -> Double {
    let power = pow(x, y)
    guard y - 1 + 1 != y, x != 0, power.isNormal else { return pow(x, y - 1) }
    return power / x
  }
}
