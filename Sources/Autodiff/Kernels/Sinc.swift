#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// sin(x) / x and its derivatives of every order.
enum Sinc {
  static func value(_ x: Double) -> Double {
    x == 0 ? 1 : x.isInfinite ? 0 : sin(x) / x
  }

  static func slope(_ x: Double) -> Double {
    if x.isInfinite { return 0 }
    if abs(x) <= 2 {
      // -x/3·(1 - x²/(2·5)·(1 - x²/(4·7)·(1 - …)))
      var sum = 1.0
      for k in stride(from: 28.0, to: 0, by: -2) { sum = 1 - x * x / (k * (k + 3)) * sum }
      return (0 - x / 3) * sum
    }
    if x < 0 { return -slope(-x) }
    // (x·cos(x) - sin(x)) / x² has roots, and cos(x + atan(1/x)) keeps its digits there.
    let guess = atan(1 / x)
    let circular = (DoubleDouble(guess) / .pi).circularOfHalfTurns
    let correction =
      (circular.cosine - DoubleDouble(x) * circular.sine)
      / (DoubleDouble(x) * circular.cosine + circular.sine)
    let angle = DoubleDouble(sum: x, guess) + correction
    let cosine = cos(angle.high) - sin(angle.high) * angle.low
    return hypot(1, 1 / x) * cosine / x
  }

  /// The derivative of that order.
  static func derivative(_ order: Double, _ x: Double) -> Double {
    guard order >= 0, order == order.rounded(), order < 1000 else { return .nan }
    if order == 0 { return value(x) }
    if order == 1 { return slope(x) }
    if x.isInfinite { return 0 }
    if abs(x) <= min(30, max(4, order)) { return series(Int(order), x) }
    // x·sinc⁽ⁿ⁾ + n·sinc⁽ⁿ⁻¹⁾ is the nth derivative of the sine; errors shrink while n < x.
    let sines = [sin(x), cos(x), -sin(x), -cos(x)]
    var result = slope(x)
    for n in 2...Int(order) { result = (sines[n % 4] - Double(n) * result) / x }
    return result
  }

  /// The integral of tⁿ·cos(xt + nπ/2) over 0 ≤ t ≤ 1, with the cosine as a series.
  private static func series(_ order: Int, _ x: Double) -> Double {
    let square = DoubleDouble(product: x, x)
    let isOdd = order % 2 == 1
    var power = isOdd ? DoubleDouble(x) : DoubleDouble(1)
    if (order + (isOdd ? 1 : 0)) / 2 % 2 == 1 { power = -power }
    var sum = DoubleDouble(0)
    var exponent = isOdd ? 1.0 : 0
    while true {
      let term = power / DoubleDouble(exponent + Double(order) + 1)
      sum = sum + term
      guard exponent < abs(x) || abs(term.high) > 1e-20 * abs(sum.high) else { break }
      if power.high == 0 { break }
      power = -(power * square) / DoubleDouble((exponent + 1) * (exponent + 2))
      exponent += 2
    }
    return sum.value
  }
}
