extension UnsafeBufferPointer<UInt8> {
  /// What stands in a range, for a message: at most 60 characters of one line, nothing raw.
  func excerpt(_ span: Span) -> String {
    var excerpt = ""
    var index = Int(span.start)
    var length = 0
    while index < Int(span.end), let next = scalar(at: index) {
      guard length < 60, next.scalar != "\n", next.scalar != "\r" else { return excerpt + "…" }
      excerpt += next.scalar.printable
      index += next.length
      length += 1
    }
    return excerpt
  }
}

extension Unicode.Scalar {
  /// The character itself, or its number where it would not show or would steer a terminal.
  package var printable: String {
    switch properties.generalCategory {
    case .control: value < 0x80 ? "\\x" + hexadecimal(digits: 2) : codePoint
    case .format, .lineSeparator, .paragraphSeparator, .surrogate: codePoint
    default: String(self)
    }
  }

  /// The number of the character as Unicode writes it, such as `U+200B`.
  var codePoint: String { "U+" + hexadecimal(digits: 4).uppercased() }

  func hexadecimal(digits: Int) -> String {
    let plain = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - plain.count)) + plain
  }
}
