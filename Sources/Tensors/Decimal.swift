#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The decimal digits of a positive number, d.ddd·10^exponent without zeros at the end.
struct Decimal {
  /// The digits as one whole number.
  private(set) var digits: UInt64
  /// How many digits these are.
  private(set) var width: Int
  /// The power of ten of the first digit.
  private(set) var exponent: Int

  /// The number rounded to so many digits, 1 to 17: to nearest, exact ties to even.
  init(_ x: Double, significant count: Int) {
    self =
      Decimal(scaling: x, significant: count)
      ?? Decimal(shortening: x, significant: count)
      ?? Decimal(printing: x, significant: count)
  }

  /// The fewest digits that read back to the number, of those the nearest, as Swift finds them.
  init(shortest x: Double) {
    var text = x.description
    self = text.withUTF8 { Decimal(parsing: $0) }
  }

  /// The fewest digits that read back to the number of 32 bits.
  init(shortest x: Float) {
    var text = x.description
    self = text.withUTF8 { Decimal(parsing: $0) }
  }

  /// Rounds x·10^p to a whole number of so many digits, where double arithmetic can do it exactly.
  private init?(scaling x: Double, significant count: Int) {
    guard count <= 15 else { return nil }
    // ⌊e·log₁₀2⌋ for 2^e ≤ x < 2^(e+1): the exponent of ten or one less. 78913/2^18 = 0.3010292…
    var exponent = (Int(x.exponent) * 78913) >> 18
    while true {
      guard let rounded = product(of: x, tenToThe: count - 1 - exponent) else { return nil }
      // Too large by a digit: the guess was one less, or 999.9… was rounded up to 1000.
      if rounded < powersOfTen[count] {
        self.init(digits: UInt64(rounded), width: count, exponent: exponent)
        return
      }
      exponent += 1
    }
  }

  /// Rounds the shortest digits, where that is the same as rounding the number itself.
  ///
  /// The two could differ only by a halfway point of `count + 1` digits between the number and its
  /// shortest digits. But it too would read back to the number, so they would not be the shortest
  /// ones, or not the nearest; unless they are the halfway point. At most 15 digits always survive
  /// being read as a double, except as a subnormal one.
  private init?(shortening x: Double, significant count: Int) {
    guard count <= 15, x.isNormal else { return nil }
    self.init(shortest: x)
    guard width > count else { return }
    let unit = tens[width - count]
    let (rest, tail) = digits.quotientAndRemainder(dividingBy: unit)
    guard tail != unit / 2 else { return nil }
    let rounded = rest + (tail > unit / 2 ? 1 : 0)
    // 9.99 becomes 10.0, which has one digit more before the point.
    let carry = rounded == tens[count] ? 1 : 0
    self.init(digits: rounded, width: count + carry, exponent: exponent + carry)
  }

  /// Leaves the rounding to the C library, which is right for all numbers but slow.
  private init(printing x: Double, significant count: Int) {
    self = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
      let length = withVaList([CInt(count - 1), x]) {
        vsnprintf(text.baseAddress, text.count, "%.*e", $0)
      }
      return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[..<Int(length)])
        .withMemoryRebound(to: UInt8.self) { Decimal(parsing: $0) }
    }
  }

  /// Reads a positive number as printed: digits with a point or without, `e` and an exponent.
  ///
  /// Whatever else stands between the digits is the point, which a locale may write its own way.
  private init(parsing text: UnsafeBufferPointer<UInt8>) {
    let zero = UInt8(ascii: "0")
    var (digits, width, power) = (UInt64(0), 0, 0)
    var isFraction = false
    var end = text.count
    for (place, byte) in text.enumerated() {
      if byte == UInt8(ascii: "e") {
        end = place
        break
      }
      guard zero...zero + 9 ~= byte else {
        isFraction = true
        continue
      }
      digits = digits * 10 + UInt64(byte - zero)
      if digits > 0 { width += 1 }
      if isFraction { power -= 1 }
    }
    var exponent = 0
    for byte in text[end...] where zero...zero + 9 ~= byte {
      exponent = exponent * 10 + Int(byte - zero)
    }
    if text[end...].contains(UInt8(ascii: "-")) { exponent = -exponent }
    self.init(digits: digits, width: width, exponent: exponent + power + width - 1)
  }

  /// The digits without the zeros at their end.
  private init(digits: UInt64, width: Int, exponent: Int) {
    (self.digits, self.width, self.exponent) = (digits, width, exponent)
    dropZeros(8, 100_000_000)
    dropZeros(8, 100_000_000)
    dropZeros(4, 10_000)
    dropZeros(2, 100)
    dropZeros(1, 10)
  }

  /// Drops so many zeros from the end if they are there; a constant divisor is many times faster.
  @inline(__always)
  private mutating func dropZeros(_ count: Int, _ power: UInt64) {
    guard count < width, digits % power == 0 else { return }
    digits /= power
    width -= count
  }
}

/// x·10^p rounded to a whole number, ties to even, if p is such that 10^|p| is exact as a double.
///
/// The product is rounded to y; a fused multiply-add gives what that left out (of a quotient: the
/// remainder) without error. It matters only if y lies halfway between whole numbers, and then only
/// by its sign. For results below 2^50, where y cannot be carried past a halfway point.
private func product(of x: Double, tenToThe p: Int) -> Double? {
  guard -22...22 ~= p else { return nil }
  let ten = powersOfTen[Int(p.magnitude)]
  let y = p < 0 ? x / ten : x * ten
  let rounded = y.rounded(.toNearestOrEven)
  guard (y - rounded).magnitude == 0.5 else { return rounded }
  let rest = p < 0 ? x.addingProduct(-y, ten) : (-y).addingProduct(x, ten)
  if y > rounded, rest > 0 { return rounded + 1 }
  if y < rounded, rest < 0 { return rounded - 1 }
  return rounded
}

/// How many digits a whole number has.
func decimalWidth(of number: UInt64) -> Int {
  var width = 1
  while width < tens.count, number >= tens[width] { width += 1 }
  return width
}

/// The powers of ten that a 64-bit whole number holds.
let tens: [UInt64] = [
  1, 10, 100, 1000, 10000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
  10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
  1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
  1_000_000_000_000_000_000,
]

/// The powers of ten that a double holds without error.
let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]
