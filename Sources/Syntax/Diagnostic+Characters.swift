extension Diagnostic {
  /// What is wrong with a token that the lexer could not read.
  static func invalid(
    _ token: Token, in text: UnsafeBufferPointer<UInt8>, expectsOperand: Bool
  ) -> Diagnostic {
    let span = token.span
    let excerpt = text.excerpt(span)
    switch token.fault {
    case .none, .underflow, .inexact, .unknownCharacter:
      return unknown(at: span, in: text)
    case .overflow:
      return Diagnostic("'\(excerpt)' is too large for a double (max 1.8e308)", at: span)
    case .exponentWithoutDigits:
      return Diagnostic(
        "expected digits after '\(excerpt)'", at: span, hint: "write 2*e for a multiple of e")
    case .secondPoint:
      let number = GroupedNumber(around: Int(span.start), in: text)
      return Diagnostic(
        "a second decimal point in a number", at: number?.span ?? span, hint: number?.hint)
    case .strayUnderscore:
      return Diagnostic("'_' in a number must stand between two digits", at: span)
    case .missingHexDigits:
      return Diagnostic("expected hexadecimal digits after '0\(excerpt)'", at: span)
    case .strayInHex:
      return Diagnostic("unexpected '\(excerpt)' in a hexadecimal number", at: span)
    case .otherBase:
      return Diagnostic(
        "'\(excerpt)' does not start a number", at: span, hint: hintOnBase(at: span, in: text))
    case .missingResultNumber:
      return Diagnostic("expected a number after '$'", at: span, hint: "write $3 for result 3")
    case .notUTF8:
      return notUTF8(at: Int(span.start), in: text)
    case .looksLikeUTF16:
      return Diagnostic("looks like UTF-16, expected UTF-8", at: span)
    case .misplacedByteOrderMark:
      return Diagnostic("byte order mark (U+FEFF) inside the text", at: span)
    case .invisible:
      return invisible(at: span, in: text)
    case .control:
      return control(at: span, in: text)
    case .misspelling:
      let row = Misspelling.all[Int(token.payload)]
      let hint = expectsOperand ? row.hintForOperand ?? row.hint : row.hint
      return Diagnostic("unknown sign '\(text.excerpt(text.trimmed(span)))'", at: span, hint: hint)
    }
  }

  /// The decimal number that is meant by binary or octal digits, or else the base that there is.
  private static func hintOnBase(at span: Span, in text: UnsafeBufferPointer<UInt8>) -> String {
    let digits = text[Int(span.end)...].prefix(while: { NameSpelling.holds($0) })
    let radix = text[Int(span.end) - 1] | 0x20 == UInt8(ascii: "b") ? 2 : 8
    let value = UInt64(String(decoding: digits, as: UTF8.self), radix: radix)
    return value.map { "write \($0)" } ?? "write 0x for hexadecimal digits"
  }

  static func notUTF8(at offset: Int, in text: UnsafeBufferPointer<UInt8>) -> Diagnostic {
    let byte = Unicode.Scalar(text[offset]).hexadecimal(digits: 2)
    return Diagnostic(
      "byte \\x\(byte) at offset \(offset) is not UTF-8", at: Span(start: offset, end: offset + 1))
  }

  static func control(at span: Span, in text: UnsafeBufferPointer<UInt8>) -> Diagnostic {
    let scalar = text.scalar(at: Int(span.start))?.scalar ?? "\0"
    let name = scalar == "\0" ? scalar.codePoint : scalar.printable
    return Diagnostic("control character \(name)", at: span)
  }

  static func invisible(at span: Span, in text: UnsafeBufferPointer<UInt8>) -> Diagnostic {
    Diagnostic("invisible character \(codePoint(at: span, in: text))", at: span)
  }

  /// A note about a number of which a double keeps something else.
  static func rounded(_ token: Token, in text: UnsafeBufferPointer<UInt8>) -> Diagnostic {
    let number = text.excerpt(token.span)
    if token.fault == .underflow {
      return Diagnostic(
        "'\(number)' is too small for a double and counts as 0", at: token.span)
    }
    let nearest = Int(exactly: token.value).map(String.init) ?? token.value.description
    return Diagnostic("\(number) is no double; the nearest is \(nearest)", at: token.span)
  }

  private static func unknown(
    at span: Span, in text: UnsafeBufferPointer<UInt8>
  ) -> Diagnostic {
    let ascii = text.scalar(at: Int(span.start)).flatMap { NameSpelling.asciiForm(of: $0.scalar) }
    return Diagnostic(
      "unexpected character '\(text.excerpt(span))' (\(codePoint(at: span, in: text)))", at: span,
      hint: ascii.map { "write '\(Character(Unicode.Scalar($0)))'" })
  }

  private static func codePoint(at span: Span, in text: UnsafeBufferPointer<UInt8>) -> String {
    text.scalar(at: Int(span.start))?.scalar.codePoint ?? "no character"
  }
}
