extension Lexer {
  /// How a piece of a quoted text ends.
  enum PieceEnd {
    case quote, interpolation
  }

  /// Reads a text from the position to the closing quote or the `{` of an interpolation, whose
  /// place is returned, and steps behind that.
  mutating func textPiece(
    openedAt opener: Span, curly: Bool
  ) throws(Failure) -> (text: String, end: PieceEnd, place: Int) {
    var piece: [UInt8] = []
    while position < text.count {
      let byte = text[position]
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        throw .wrong(.unclosedText(opener))
      case UInt8(ascii: "\""):
        position += 1
        return (String(decoding: piece, as: UTF8.self), .quote, position - 1)
      case UInt8(ascii: "\\"):
        piece.append(try escape())
      case UInt8(ascii: "{"), UInt8(ascii: "}"):
        if !isByte(Unicode.Scalar(byte), at: position + 1) {
          guard byte == UInt8(ascii: "{") else {
            throw .wrong(.loneBrace(Span(start: position, end: position + 1)))
          }
          position += 1
          return (String(decoding: piece, as: UTF8.self), .interpolation, position - 1)
        }
        piece.append(byte)
        position += 2
      case 0x20..<0x7F, UInt8(ascii: "\t"):
        piece.append(byte)
        position += 1
      default:
        let length = try checkedLength(at: position)
        if curly, isCurlyQuote(at: position) {
          position += length
          return (String(decoding: piece, as: UTF8.self), .quote, position - length)
        }
        piece.append(contentsOf: text[position..<position + length])
        position += length
      }
    }
    throw .wrong(.unclosedText(opener))
  }

  /// Reads the format of an interpolation up to the `}` and steps behind that.
  mutating func interpolationFormat(openedAt opener: Span) throws(Failure) -> String {
    let start = position
    while position < text.count, text[position] != UInt8(ascii: "}") {
      let length = try checkedLength(at: position)
      if isByte("\n", at: position) || isByte("\r", at: position) || isByte("\"", at: position) {
        break
      }
      position += length
    }
    guard isByte("}", at: position) else { throw .wrong(.unclosedBrace(opener)) }
    position += 1
    return String(decoding: text[start..<position - 1], as: UTF8.self)
  }

  /// Steps behind a text whose opening was read, whatever is in it; for recovery from errors.
  mutating func skipText(curly: Bool) {
    while position < text.count, !isByte("\n", at: position), !isByte("\r", at: position) {
      if isByte("\"", at: position) || (curly && isCurlyQuote(at: position)) {
        position += 1
        return
      }
      let isEscape = isByte("\\", at: position)
      position += 1
      if isEscape, isByte("\"", at: position) || isByte("\\", at: position) { position += 1 }
    }
  }

  /// Reads the rest of the line without the blanks around it.
  mutating func restOfLine() throws(Failure) -> (text: String, start: Int, end: Int) {
    while isByte(" ", at: position) || isByte("\t", at: position) { position += 1 }
    let start = position
    var end = start
    while position < text.count, !isByte("\n", at: position), !isByte("\r", at: position) {
      let length = try checkedLength(at: position)
      let isBlank = isByte(" ", at: position) || isByte("\t", at: position)
      position += length
      if !isBlank { end = position }
    }
    return (String(decoding: text[start..<end], as: UTF8.self), start, end)
  }

  /// The length of a character that may be printed as it is.
  ///
  /// Joiners and variation selectors belong to emoji and to scripts; what turns the direction of
  /// writing hides the meaning of a text and is refused.
  private func checkedLength(at index: Int) throws(Failure) -> Int {
    guard let next = text.scalar(at: index) else { throw .wrong(.notUTF8(at: index, in: text)) }
    let span = Span(start: index, end: index + next.length)
    switch next.scalar.value {
    case 0x09, 0x0A, 0x0D: break
    case 0..<0x20, 0x7F..<0xA0: throw .wrong(.control(at: span, in: text))
    case 0x200B, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
      throw .wrong(.invisible(at: span, in: text))
    default: break
    }
    return next.length
  }

  private mutating func escape() throws(Failure) -> UInt8 {
    let start = position
    let escaped = text.scalar(at: start + 1)
    position += 2
    switch escaped?.scalar {
    case "n": return UInt8(ascii: "\n")
    case "t": return UInt8(ascii: "\t")
    case "\"": return UInt8(ascii: "\"")
    case "\\": return UInt8(ascii: "\\")
    default:
      let span = Span(start: start, end: start + 1 + (escaped?.length ?? 0))
      throw .wrong(.unknownEscape(text.excerpt(span), at: span))
    }
  }

  private func isCurlyQuote(at index: Int) -> Bool {
    guard let scalar = text.scalar(at: index)?.scalar else { return false }
    return (0x201C...0x201F).contains(scalar.value) || scalar.value == 0xFF02
  }
}
