/// Where lines, words and digits start, for messages about what stands near.
extension UnsafeBufferPointer<UInt8> {
  /// Whether a line ends in a range.
  func holdsNewline(_ span: Span) -> Bool {
    (Int(span.start)..<Int(span.end)).contains(where: isNewline)
  }

  /// Whether only blanks stand between the start of the line and an offset.
  func opensLine(_ offset: UInt32) -> Bool {
    var index = Int(offset)
    while index > 0, isBlank(index - 1) { index -= 1 }
    return index == 0 || isNewline(index - 1)
  }

  /// Where the characters of a name start that end at an offset.
  func startOfWord(endingAt end: UInt32) -> UInt32 {
    var start = Int(end)
    while start > 0, self[start - 1] >= 0x80 || NameSpelling.holds(self[start - 1]) { start -= 1 }
    return UInt32(start)
  }

  /// Where the name or the number starts that ends at an offset, its point included.
  func startOfNumber(endingAt end: UInt32, from first: UInt32) -> UInt32 {
    var start = end
    while start > first {
      let byte = self[Int(start) - 1]
      guard byte >= 0x80 || byte == UInt8(ascii: ".") || NameSpelling.holds(byte) else { break }
      start -= 1
    }
    return start
  }

  /// The decimal digits before an offset.
  func digits(endingAt end: Int) -> Span {
    var start = end
    while start > 0, self[start - 1] &- UInt8(ascii: "0") <= 9 { start -= 1 }
    return Span(start: start, end: end)
  }

  /// A range without the blanks at its end.
  func trimmed(_ span: Span) -> Span {
    var end = Int(span.end)
    while end > Int(span.start), isBlank(end - 1) { end -= 1 }
    return Span(start: Int(span.start), end: end)
  }

  /// From an offset to the end of the line, or to a `;` before that.
  func restOfStatement(from offset: UInt32) -> Span {
    var end = Int(offset)
    while end < count, !isNewline(end), self[end] != UInt8(ascii: ";") { end += 1 }
    return Span(start: Int(offset), end: end)
  }

  /// Whether a blank stands at an offset.
  func isBlank(_ index: Int) -> Bool {
    index < count && (self[index] == UInt8(ascii: " ") || self[index] == UInt8(ascii: "\t"))
  }

  private func isNewline(_ index: Int) -> Bool {
    self[index] == UInt8(ascii: "\n") || self[index] == UInt8(ascii: "\r")
  }
}
