/// What a byte can start.
enum ByteClass: UInt8, Sendable {
  case blank, lineFeed, carriageReturn, letter, digit, point
  case openParenthesis, closeParenthesis, comma, quote, prime, dollar, comment
  /// A sign, or the first byte of one.
  case sign
  case control
  /// A byte of a character that is not ASCII.
  case unicode

  init(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"): self = .blank
    case UInt8(ascii: "\n"): self = .lineFeed
    case UInt8(ascii: "\r"): self = .carriageReturn
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
    case UInt8(ascii: "."): self = .point
    case UInt8(ascii: "("): self = .openParenthesis
    case UInt8(ascii: ")"): self = .closeParenthesis
    case UInt8(ascii: ","): self = .comma
    case UInt8(ascii: "\""): self = .quote
    case UInt8(ascii: "'"): self = .prime
    case UInt8(ascii: "$"): self = .dollar
    case UInt8(ascii: "#"): self = .comment
    case 0..<0x20, 0x7F: self = .control
    case 0x80...0xFF: self = .unicode
    default: self = NameSpelling.holds(byte) ? .letter : .sign
    }
  }

  /// The class of every byte.
  static let table = (0...UInt8.max).map(ByteClass.init)
}
