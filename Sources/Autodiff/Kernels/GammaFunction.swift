#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The gamma function and its logarithm.
///
/// Stirling's series (Abramowitz and Stegun 6.1.40) from 32 on, where fourteen terms give 31 digits;
/// below, gamma(x) = gamma(x + n) / (x(x + 1)…(x + n - 1)). All in double-doubles, and rounded once.
enum GammaFunction {
  static func value(_ x: Double) -> Double {
    if x > 172 { return .infinity }
    // The next term is Euler's constant.
    if abs(x) < 1e-20 { return 1 / x }
    if x < 0, x == x.rounded(.down) { return .nan }
    if x > -32 { return doubled(DoubleDouble(x)).value }
    guard x > -190 else { return x.isFinite ? isOdd(x) ? -0.0 : 0 : .nan }
    let size = mirrored(x).exponential.value
    return isOdd(x) ? -size : size
  }

  /// log|gamma(x)|.
  static func logarithm(_ x: Double) -> Double {
    if abs(x) < 1e-20 { return -log(abs(x)) }
    if x > 1e300 { return x * (log(x) - 1) }
    if x < 0, x == x.rounded(.down) { return .infinity }
    if abs(x - 1) <= 0.25 { return nearOne(x - 1) }
    if abs(x - 2) <= 0.25 { return nearTwo(x - 2) }
    return x > -32 ? logarithm(DoubleDouble(x)).value : mirrored(x).value
  }

  /// log|gamma(x)| far to the left, since gamma(x)·gamma(1 - x) = π / sin(πx).
  private static func mirrored(_ x: Double) -> DoubleDouble {
    (.pi / sine(x)).logarithm - stirling(DoubleDouble(sum: 1, -x))
  }

  /// log|gamma(x)| above -32.
  static func logarithm(_ x: DoubleDouble) -> DoubleDouble {
    let (base, product) = shifted(x)
    let size = product.high < 0 ? -product : product
    return stirling(base) - size.logarithm
  }

  /// gamma(x) between -32 and 172.
  static func doubled(_ x: DoubleDouble) -> DoubleDouble {
    let (base, product) = shifted(x)
    return stirling(base).exponential / product
  }

  /// x + n at 32 or above, and x(x + 1)…(x + n - 1).
  private static func shifted(_ x: DoubleDouble) -> (base: DoubleDouble, product: DoubleDouble) {
    var (base, product) = (x, DoubleDouble(1))
    while base.high < 32 {
      product = product * base
      base = base + DoubleDouble(1)
    }
    return (base, product)
  }

  /// log(gamma(x)) from 32 on.
  static func stirling(_ x: DoubleDouble) -> DoubleDouble {
    (x - DoubleDouble(0.5)) * x.logarithm - x + halfLogarithmOfTwoPi + remainder(x)
  }

  /// What Stirling's formula leaves out: Σ B₂ₖ / (2k(2k - 1)x²ᵏ⁻¹).
  static func remainder(_ x: DoubleDouble) -> DoubleDouble {
    let inverse = DoubleDouble(1) / x
    let square = inverse * inverse
    var sum = DoubleDouble(0)
    for (index, term) in Bernoulli.numbers.enumerated().reversed() {
      let order = Double(2 * index + 2)
      sum =
        sum * square
        + DoubleDouble(term.numerator) / DoubleDouble(term.denominator * order * (order - 1))
    }
    return sum * inverse
  }

  /// |sin(πx)|, by the distance to the nearest integer, which is exact.
  private static func sine(_ x: Double) -> DoubleDouble {
    let distance = abs(x - x.rounded())
    // From a quarter on, by the cosine of what is left to a half.
    return distance <= 0.25
      ? DoubleDouble(distance).circularOfHalfTurns.sine
      : DoubleDouble(0.5 - distance).circularOfHalfTurns.cosine
  }

  /// Whether the largest integer that is at most x is odd.
  private static func isOdd(_ x: Double) -> Bool {
    fmod(x.rounded(.down), 2) != 0
  }

  /// log(gamma(1 + d)) = -γd + Σ ζ(k)(-d)ᵏ / k.
  private static func nearOne(_ distance: Double) -> Double {
    var sum = 0.0
    for (index, excess) in zetaExcesses.enumerated().reversed() {
      sum = (1 + excess) / Double(index + 2) - distance * sum
    }
    // Two parts of Euler's constant: the first product is exact enough to add the rest to.
    let product = DoubleDouble(product: -0.5772156649015329, distance)
    return product.high + (product.low + distance * (4.942915152430645e-18 + distance * sum))
  }

  /// log(gamma(2 + d)) = (1 - γ)d + Σ (ζ(k) - 1)(-d)ᵏ / k.
  private static func nearTwo(_ distance: Double) -> Double {
    var sum = 0.0
    for (index, excess) in zetaExcesses.enumerated().reversed() {
      sum = excess / Double(index + 2) - distance * sum
    }
    let product = DoubleDouble(product: 0.42278433509846713, distance)
    return product.high + (product.low + distance * (4.942915152430645e-18 + distance * sum))
  }

  private static let halfLogarithmOfTwoPi = DoubleDouble(
    0.9189385332046728, -3.8782941580672414e-17)

  /// ζ(k) - 1 from k = 2 on.
  private static let zetaExcesses: [Double] = [
    0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993,
    0.01734306198444914, 0.008349277381922827, 0.00407735619794434, 0.0020083928260822143,
    0.0009945751278180853, 0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915,
    6.124813505870483e-05, 3.058823630702049e-05, 1.528225940865187e-05, 7.637197637899763e-06,
    3.81729326499984e-06, 1.908212716553939e-06, 9.539620338727962e-07, 4.769329867878064e-07,
    2.38450502727733e-07, 1.1921992596531106e-07, 5.960818905125948e-08, 2.980350351465228e-08,
    1.4901554828365043e-08, 7.45071178983543e-09, 3.725334024788457e-09, 1.862659723513049e-09,
    9.313274324196682e-10, 4.656629065033784e-10,
  ]
}

/// The Bernoulli numbers B₂, B₄, … as fractions of whole numbers that are exact in doubles.
enum Bernoulli {
  static let numbers: [(numerator: Double, denominator: Double)] = [
    (1, 6), (-1, 30), (1, 42), (-1, 30), (5, 66), (-691, 2730), (7, 6), (-3617, 510),
    (43_867, 798), (-174_611, 330), (854_513, 138), (-236_364_091, 2730), (8_553_103, 6),
    (-23_749_461_029, 870),
  ]
}
