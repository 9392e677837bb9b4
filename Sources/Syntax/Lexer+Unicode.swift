extension UnsafeBufferPointer<UInt8> {
  /// The character that starts at an index, unless the bytes there are not UTF-8.
  func scalar(at index: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    guard index < count else { return nil }
    let lead = self[index]
    if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead >= 0xC2, lead <= 0xF4, index + length <= count else { return nil }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for place in index + 1..<index + length {
      guard self[place] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(self[place] & 0x3F)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
    guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }
}

extension Lexer {
  /// Reads what starts with a byte outside ASCII; true where that was only a blank.
  mutating func readUnicode(from start: Int, interning names: inout NameTable) -> Bool {
    guard let (scalar, length) = text.scalar(at: start) else {
      let mark = fourBytes(at: start) & 0xFFFF
      let isUTF16 = start == 0 && (mark == 0xFEFF || mark == 0xFFFE)
      set(isUTF16 ? .looksLikeUTF16 : .notUTF8, from: start, to: start + 1)
      return false
    }
    let end = start + length
    switch scalar.value {
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000:
      position = end
      return true
    case 0xFEFF:
      if start == 0 {
        position = end
        return true
      }
      set(.misplacedByteOrderMark, from: start, to: end)
    case 0x201C...0x201F, 0xFF02:
      set(.quote, from: start, to: end, payload: 1)
    case 0x2019, 0x2032, 0xFF07:
      set(.prime, from: start, to: end, payload: 1)
    case 0x2033:
      set(.prime, from: start, to: end, payload: 2)
    case _ where NameSpelling.holds(scalar, first: true):
      readUnicodeName(from: start, to: end, interning: &names)
    default:
      readSign(scalar, from: start, to: end)
    }
    return false
  }

  /// Reads the rest of a name, from a place where it leaves ASCII.
  mutating func readUnicodeName(
    from start: Int, to place: Int, interning names: inout NameTable
  ) {
    var end = place
    while let next = text.scalar(at: end) {
      guard NameSpelling.continues(next.scalar) else { break }
      end += next.length
    }
    let name = names.intern(String(decoding: text[start..<end], as: UTF8.self))
    set(.name, from: start, to: end, payload: name.number)
  }

  private mutating func readSign(_ scalar: Unicode.Scalar, from start: Int, to end: Int) {
    if readSuperscript(from: start) || readFullWidthSymbol(from: start) { return }
    if let symbol = symbols.longest(in: fourBytes(at: start)) {
      return set(symbol, from: start, to: start + Int(symbol.length))
    }
    let fault: Token.Fault =
      switch scalar.properties.generalCategory {
      case .control: .control
      case .format, .lineSeparator, .paragraphSeparator: .invisible
      default: scalar.properties.isDefaultIgnorableCodePoint ? .invisible : .unknownCharacter
      }
    set(fault, from: start, to: end)
  }

  /// Reads raised digits, which are the exponent of what stands before them.
  private mutating func readSuperscript(from start: Int) -> Bool {
    var index = start
    var exponent = 0.0
    var sign = 1.0
    var hasDigits = false
    while let next = text.scalar(at: index) {
      if next.scalar == "⁻", index == start {
        sign = -1
      } else if let digit = Self.raisedDigit(next.scalar) {
        exponent = exponent * 10 + digit
        hasDigits = true
      } else {
        break
      }
      index += next.length
    }
    guard hasDigits else { return false }
    set(.superscript, from: start, to: index)
    token.value = sign * exponent
    if exponent.isInfinite { set(.overflow, from: start, to: index) }
    return true
  }

  private static func raisedDigit(_ scalar: Unicode.Scalar) -> Double? {
    switch scalar.value {
    case 0xB9: 1
    case 0xB2, 0xB3: Double(scalar.value - 0xB0)
    case 0x2070, 0x2074...0x2079: Double(scalar.value - 0x2070)
    default: nil
    }
  }

  /// Reads a sign whose characters are the full-width forms of ASCII.
  private mutating func readFullWidthSymbol(from start: Int) -> Bool {
    var bytes: UInt32 = 0
    var ends: [Int] = []
    var index = start
    while ends.count < 4, let next = text.scalar(at: index),
      let ascii = NameSpelling.asciiForm(of: next.scalar) ?? UInt8(exactly: next.scalar.value),
      ascii < 0x80
    {
      bytes |= UInt32(ascii) << (8 * UInt32(ends.count))
      index += next.length
      ends.append(index)
    }
    guard !ends.isEmpty, let symbol = symbols.longest(in: bytes), Int(symbol.length) <= ends.count
    else { return false }
    set(symbol, from: start, to: ends[Int(symbol.length) - 1])
    return true
  }
}
