/// A number as the sum of two doubles, about 31 digits.
///
/// For kernels whose last step subtracts what is nearly equal. The algorithms are those of Dekker
/// (1971) and Knuth, with the error bounds of Joldes, Muller and Popescu (2017).
struct DoubleDouble: Sendable {
  let high: Double
  let low: Double

  /// The nearest double.
  var value: Double { high + low }

  init(_ value: Double) { (high, low) = (value, 0) }

  init(_ high: Double, _ low: Double) { (self.high, self.low) = (high, low) }

  /// The exact sum of two doubles.
  init(sum a: Double, _ b: Double) {
    high = a + b
    let partner = high - a
    low = (a - (high - partner)) + (b - partner)
  }

  /// The exact sum of two doubles of which the first is not the smaller one.
  init(ordered a: Double, _ b: Double) {
    high = a + b
    low = b - (high - a)
  }

  /// The exact product of two doubles.
  init(product a: Double, _ b: Double) {
    high = a * b
    low = (-high).addingProduct(a, b)
  }

  static prefix func - (a: DoubleDouble) -> DoubleDouble { DoubleDouble(-a.high, -a.low) }

  static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let highs = DoubleDouble(sum: a.high, b.high)
    guard highs.high.isFinite else { return DoubleDouble(highs.high) }
    let lows = DoubleDouble(sum: a.low, b.low)
    let first = DoubleDouble(ordered: highs.high, highs.low + lows.high)
    return DoubleDouble(ordered: first.high, first.low + lows.low)
  }

  static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + -b }

  static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let product = DoubleDouble(product: a.high, b.high)
    // An overflow has no low part.
    guard product.high.isFinite else { return DoubleDouble(product.high) }
    return DoubleDouble(
      ordered: product.high, product.low + (a.high * b.low + a.low * b.high))
  }

  static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let first = a.high / b.high
    guard first.isFinite, b.high.isFinite else { return DoubleDouble(first) }
    let rest = a - b * DoubleDouble(first)
    let second = rest.high / b.high
    let last = (rest - b * DoubleDouble(second)).high / b.high
    return DoubleDouble(ordered: first, second) + DoubleDouble(last)
  }
}
