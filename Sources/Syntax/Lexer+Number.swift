/// The digits of a number as they are read.
private struct Numeral {
  /// The digits without the point; those that do not fit are only counted as lost.
  var mantissa: UInt64 = 0
  /// The power of ten that the mantissa is to be multiplied by.
  var exponent = 0
  var losesDigits = false

  mutating func append(_ digit: UInt8, isFraction: Bool) {
    guard mantissa <= (UInt64.max - 9) / 10 else {
      losesDigits = true
      return
    }
    mantissa = mantissa &* 10 &+ UInt64(digit)
    if isFraction { exponent -= 1 }
  }

  /// Whether a whole number has digits that are not those of the double nearest to it.
  ///
  /// Not counted are zeros at the end of a large one: 10^23 is written as it is read.
  static func losesWholeDigits(_ text: Slice<UnsafeBufferPointer<UInt8>>, _ value: Double) -> Bool {
    let digits = text.filter { $0 != UInt8(ascii: "_") }
    guard digits.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 }) else { return false }
    let written = String(decoding: digits, as: UTF8.self)
    if value < 0x1p127, UInt128(written) == UInt128(value) { return false }
    let shortest = value.description.prefix { $0 != "e" }.filter { $0 != "." }
    func isPadding(_ rest: Substring) -> Bool { rest.allSatisfy { $0 == "0" } }
    let kept = written.drop { $0 == "0" }
    let common = zip(kept, shortest).prefix { $0 == $1 }.count
    return !isPadding(kept.dropFirst(common)) || !isPadding(shortest[...].dropFirst(common))
  }

  /// The value where one rounding gives it: both factors are exact.
  var exactValue: Double? {
    if mantissa == 0 { return 0 }
    guard !losesDigits, mantissa <= 1 << 53, (-22...22).contains(exponent) else { return nil }
    var power = 1.0
    for _ in 0..<abs(exponent) { power *= 10 }
    return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
  }
}

extension Lexer {
  /// Reads a number: the grammar is checked before anything is converted.
  mutating func readNumber(from start: Int) {
    if isByte("0", at: start), start + 1 < text.count {
      switch text[start + 1] | 0x20 {
      case UInt8(ascii: "x"): return readHexadecimal(from: start)
      case UInt8(ascii: "b") where isDigit(at: start + 2),
        UInt8(ascii: "o") where isDigit(at: start + 2):
        return set(.otherBase, from: start, to: start + 2)
      default: break
      }
    }
    var numeral = Numeral()
    var index = start
    guard readDigits(at: &index, into: &numeral, isFraction: false) else { return }
    let whole = index
    if let point = pointLength(at: index) {
      index += point
      guard readDigits(at: &index, into: &numeral, isFraction: true) else { return }
    }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      guard readExponent(at: &index, into: &numeral) else { return }
    }
    if index > whole, isByte(".", at: index), !isByte(".", at: index + 1), !isLetter(at: index + 1)
    {
      return set(.secondPoint, from: index, to: index + 1)
    }
    set(.number, from: start, to: index)
    if let value = numeral.exactValue {
      token.value = value
    } else {
      setRounded()
    }
  }

  /// Gives the number at hand its value in a way that is right for any number of digits.
  private mutating func setRounded() {
    let start = Int(token.start)
    let value = Double(plainText(from: start, to: position)) ?? .nan
    if value.isInfinite { return set(.overflow, from: start, to: position) }
    token.value = value
    if value == 0 {
      token.fault = .underflow
    } else if Numeral.losesWholeDigits(text[start..<position], value) {
      token.fault = .inexact
    }
  }

  /// Reads digits, and single underscores between them; false where an underscore is stray.
  private mutating func readDigits(
    at index: inout Int, into numeral: inout Numeral, isFraction: Bool
  ) -> Bool {
    let start = index
    while index < text.count {
      let digit = text[index] &- UInt8(ascii: "0")
      if digit <= 9 {
        numeral.append(digit, isFraction: isFraction)
      } else if text[index] == UInt8(ascii: "_") {
        let isDouble = isByte("_", at: index + 1)
        if isDouble || index == start || !isDigit(at: index + 1) {
          let place = isDouble ? index + 1 : index
          set(.strayUnderscore, from: place, to: place + 1)
          return false
        }
      } else {
        break
      }
      index &+= 1
    }
    return true
  }

  /// Reads `e`, a sign and digits; false where the digits are missing.
  ///
  /// A name such as `exp` behind a number is left alone.
  private mutating func readExponent(at index: inout Int, into numeral: inout Numeral) -> Bool {
    var end = index + 1
    let isNegative = isByte("-", at: end) || fourBytes(at: end) & 0xFF_FFFF == 0x92_88E2
    if isByte("+", at: end) || isByte("-", at: end) {
      end += 1
    } else if isNegative {
      end += 3
    } else if isLetter(at: end) {
      return true
    }
    guard isDigit(at: end) else {
      set(.exponentWithoutDigits, from: index, to: end)
      return false
    }
    var exponent = Numeral()
    guard readDigits(at: &end, into: &exponent, isFraction: false) else { return false }
    let size = Int(min(exponent.mantissa, 1_000_000_000))
    numeral.exponent += isNegative ? -size : size
    index = end
    return true
  }

  private mutating func readHexadecimal(from start: Int) {
    var index = start + 2
    var value: UInt64 = 0
    while index < text.count {
      if let digit = hexDigit(text[index]) {
        value = value &<< 4 | digit
      } else if isByte("_", at: index), index > start + 2 {
        guard index + 1 < text.count, hexDigit(text[index + 1]) != nil else {
          let place = isByte("_", at: index + 1) ? index + 1 : index
          return set(.strayUnderscore, from: place, to: place + 1)
        }
      } else {
        break
      }
      index += 1
    }
    if index == start + 2 { return set(.missingHexDigits, from: start + 1, to: start + 2) }
    if isLetter(at: index) || (isByte(".", at: index) && !isByte(".", at: index + 1)) {
      return set(.strayInHex, from: index, to: index + (text.scalar(at: index)?.length ?? 1))
    }
    set(.number, from: start, to: index)
    token.value = Double(value)
    if UInt64(exactly: token.value) != value { token.fault = .inexact }
    if index - start > 2 + 16 { setRounded() }
  }

  private func hexDigit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// The length of a decimal point; the first point of `1...10` is none.
  private func pointLength(at index: Int) -> Int? {
    guard index < text.count else { return nil }
    if text[index] == UInt8(ascii: ".") { return isByte(".", at: index + 1) ? nil : 1 }
    guard text[index] >= 0xE3 else { return nil }
    let isPoint = [0x82_80E3, 0x8E_BCEF].contains(fourBytes(at: index) & 0xFF_FFFF)
    return isPoint && isDigit(at: index + 3) ? 3 : nil
  }

  private func isLetter(at index: Int) -> Bool {
    guard let next = text.scalar(at: index) else { return false }
    return next.scalar.isASCII
      ? text[index] | 0x20 >= 0x61 && text[index] | 0x20 <= 0x7A
      : NameSpelling.holds(next.scalar, first: true)
  }

  /// The characters of a checked number without underscores, in ASCII.
  private func plainText(from start: Int, to end: Int) -> String {
    var plain: [UInt8] = []
    plain.reserveCapacity(end - start)
    var index = start
    while index < end {
      switch text[index] {
      case UInt8(ascii: "_"): index += 1
      case 0xE2:
        plain.append(UInt8(ascii: "-"))
        index += 3
      case 0xE3, 0xEF:
        plain.append(UInt8(ascii: "."))
        index += 3
      default:
        plain.append(text[index])
        index += 1
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }
}
