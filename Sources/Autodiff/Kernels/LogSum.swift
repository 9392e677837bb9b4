#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Kernels of log(exp(x) + exp(y)).
enum LogSum {
  static func value(_ x: Double, _ y: Double) -> Double {
    if x.isNaN || y.isNaN { return .nan }
    let (larger, smaller) = (max(x, y), min(x, y))
    if larger == smaller && !larger.isFinite { return larger }
    // The value is 0 where the two exponentials add up to 1, and digits cancel around that.
    if larger < 0, larger > -3 {
      let excess = DoubleDouble(smaller).exponential + DoubleDouble(larger).exponentialMinusOne
      return excess.logarithmOfOnePlus.value
    }
    return larger + log1p(exp(smaller - larger))
  }

  /// σ(x - y), with what rounding takes from the difference.
  static func share(_ x: Double, _ y: Double) -> Double {
    let difference = DoubleDouble(sum: x, -y)
    let share = Activation.sigmoid(difference.high)
    guard difference.high.isFinite else { return share }
    return share + share * difference.low * Activation.sigmoid(-difference.high)
  }
}
