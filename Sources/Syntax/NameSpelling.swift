/// Which characters make a name, and which spellings mean the same name.
enum NameSpelling {
  /// The name that a spelling stands for: subscript digits are digits, and `π` alone is `pi`.
  static func folded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    if text == "π" { return "pi" }
    var folded = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { folded.append(canonical(scalar)) }
    return String(folded)
  }

  /// Whether a character that is not ASCII can stand in a name, or open one.
  static func holds(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
    if isSubscriptDigit(scalar) { return !first }
    if asciiForm(of: scalar) != nil || scalar.properties.isDefaultIgnorableCodePoint {
      return false
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber:
      return !first
    default:
      return false
    }
  }

  /// Whether an ASCII character can stand in a name.
  static func holds(_ byte: UInt8) -> Bool {
    // Bits 0...9 are the digits, 17...42 and 49...74 the letters, 47 is the underscore.
    let place = UInt64(byte &- 0x30)
    if place >= 64 { return byte &- 0x70 <= 0x0A }
    return (0xFFFE_87FF_FFFE_03FF as UInt64 &>> place) & 1 == 1
  }

  /// Whether a character can go on with a name.
  static func continues(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? holds(UInt8(scalar.value)) : holds(scalar, first: false)
  }

  /// How many bytes at the low end of a word are ASCII characters of a name.
  ///
  /// All eight are tested at once: adding `0x80 - c` to seven bits sets the eighth bit where they
  /// are at least `c`.
  @inline(__always)
  static func length(in word: UInt64) -> Int {
    let each: UInt64 = 0x0101_0101_0101_0101
    let plain = word & (0x7F &* each)
    let lower = plain | (0x20 &* each)
    let letters = (lower &+ (0x80 - 0x61) &* each) & ~(lower &+ (0x80 - 0x7B) &* each)
    let digits = (plain &+ (0x80 - 0x30) &* each) & ~(plain &+ (0x80 - 0x3A) &* each)
    let others = (plain ^ (0x5F &* each)) &+ 0x7F &* each
    let held = (letters | digits | ~others) & ~word & (0x80 &* each)
    return (held ^ (0x80 &* each)).trailingZeroBitCount / 8
  }

  /// The ASCII character that a full-width one is a wide form of.
  static func asciiForm(of scalar: Unicode.Scalar) -> UInt8? {
    guard (0xFF01...0xFF5E).contains(scalar.value) else { return nil }
    return UInt8(scalar.value - 0xFF01 + 0x21)
  }

  private static func isSubscriptDigit(_ scalar: Unicode.Scalar) -> Bool {
    (0x2080...0x2089).contains(scalar.value)
  }

  private static func canonical(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if isSubscriptDigit(scalar) {
      return Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value - 0x2080 + 0x30))
    }
    // The Kelvin sign is the one name character outside ASCII whose canonical form is ASCII.
    return scalar == "\u{212A}" ? "K" : scalar
  }
}
