/// How many digits a number is written with.
package enum Digits: Hashable, Sendable {
  /// Rounded to so many digits as C's `%g` rounds, from 1 to 17: to nearest, exact ties to even.
  case significant(Int)
  /// As few digits as still read back to the same number.
  case shortest
  /// As few digits as still read back to the same number of 32 bits.
  case shortestSingle
}

/// The one place that writes a number as text.
///
/// Decimal notation serves from 0.0001 up to as many digits as are asked for (16 for the shortest
/// form): `0.0001`, `123456`. Beyond either end stands `1e-05`, `1.23457e+08`. These are the
/// thresholds and the exponents of C's `%g` and of Python, which everybody has seen. Zeros at the
/// end of a fraction are dropped, a whole number has no point, `-0` keeps its sign. The locale
/// plays no part.
package enum NumberFormat {
  /// Appends a number, also `inf`, `-inf` and `nan`, as bytes of text.
  package static func append(_ value: Double, digits: Digits, to buffer: inout [UInt8]) {
    let size = value.magnitude
    guard size < .infinity else {
      buffer += Array((value.isNaN ? "nan" : value < 0 ? "-inf" : "inf").utf8)
      return
    }
    let capacity =
      switch digits {
      case .significant(let count): min(max(count, 1), 17)
      case .shortest, .shortestSingle: 16
      }
    withScratch(appendingTo: &buffer) { scratch in
      if value.sign == .minus { scratch.put(UInt8(ascii: "-")) }
      // Below 10^16 a whole number's own digits are its shortest ones.
      if size < powersOfTen[min(capacity, 16)], size == size.rounded(.towardZero) {
        let whole = UInt64(size)
        return scratch.put(whole, width: decimalWidth(of: whole))
      }
      switch digits {
      case .significant: scratch.put(Decimal(size, significant: capacity), capacity: capacity)
      // Here Swift writes a whole number without exponent, elsewhere just as is wanted.
      case .shortest where 1e16..<0x1p54 ~= size:
        scratch.put(Decimal(shortest: size), capacity: capacity)
      case .shortest: scratch.put(size.description)
      case .shortestSingle: scratch.put(Float(size).description)
      }
    }
  }

  /// Appends a number for other programs: the shortest form, what JSON lacks as a quoted word.
  package static func appendJSON(_ value: Double, to buffer: inout [UInt8]) {
    if !value.isFinite { buffer.append(UInt8(ascii: "\"")) }
    append(value, digits: .shortest, to: &buffer)
    if !value.isFinite { buffer.append(UInt8(ascii: "\"")) }
    // Many readers take -0 for a whole number and lose its sign.
    if value == 0, value.sign == .minus { buffer += [UInt8(ascii: "."), UInt8(ascii: "0")] }
  }

  /// A number as a string, for places where speed does not matter.
  package static func text(_ value: Double, digits: Digits = .shortest) -> String {
    var buffer: [UInt8] = []
    append(value, digits: digits, to: &buffer)
    return String(decoding: buffer, as: UTF8.self)
  }
}

/// Lends the body a few bytes of the stack, enough for any number, and appends what it puts there.
private func withScratch(appendingTo buffer: inout [UInt8], _ body: (inout Scratch) -> Void) {
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { bytes in
    var scratch = Scratch(bytes: bytes)
    body(&scratch)
    buffer.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[..<scratch.count]))
  }
}

/// Text under construction.
private struct Scratch {
  let bytes: UnsafeMutableBufferPointer<UInt8>
  var count = 0

  mutating func put(_ byte: UInt8) {
    bytes.initializeElement(at: count, to: byte)
    count += 1
  }

  mutating func put(_ text: consuming String) {
    text.withUTF8 { text in
      count = bytes[count...].initialize(fromContentsOf: text)
    }
  }

  /// Puts a whole number with zeros before it up to a width.
  mutating func put(_ number: UInt64, width: Int) {
    var number = number
    for place in stride(from: count + width - 1, through: count, by: -1) {
      let (rest, digit) = number.quotientAndRemainder(dividingBy: 10)
      bytes.initializeElement(at: place, to: UInt8(ascii: "0") + UInt8(digit))
      number = rest
    }
    count += width
  }

  /// Puts a whole number with a point among its digits.
  mutating func put(_ number: UInt64, width: Int, pointAfter whole: Int) {
    let start = count
    count += 1
    put(number, width: width)
    for place in start..<start + whole {
      bytes.initializeElement(at: place, to: bytes[place + 1])
    }
    bytes[start + whole] = UInt8(ascii: ".")
  }

  /// Puts digits in decimal notation if the number is below 10^capacity and not too small.
  mutating func put(_ decimal: Decimal, capacity: Int) {
    let (digits, width, exponent) = (decimal.digits, decimal.width, decimal.exponent)
    let point = UInt8(ascii: ".")
    switch exponent {
    case -4..<0:
      put(UInt8(ascii: "0"))
      put(point)
      put(digits, width: width - 1 - exponent)
    case 0..<capacity where exponent >= width - 1:
      put(digits, width: width)
      put(0, width: exponent - width + 1)
    case 0..<capacity:
      put(digits, width: width, pointAfter: exponent + 1)
    default:
      if width > 1 { put(digits, width: width, pointAfter: 1) } else { put(digits, width: 1) }
      put(UInt8(ascii: "e"))
      put(UInt8(ascii: exponent < 0 ? "-" : "+"))
      let size = UInt64(exponent.magnitude)
      put(size, width: max(2, decimalWidth(of: size)))
    }
  }
}
