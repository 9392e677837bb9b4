/// A text with a name, and the way from its byte offsets to lines and columns.
package struct SourceText: Sendable {
  /// A place as people count it, from 1.
  package struct Position: Hashable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  package let name: String
  package let bytes: [UInt8]
  /// The number of the first line, where the text is a part of a longer one.
  package let firstLine: Int

  package init(name: String, bytes: [UInt8], firstLine: Int = 1) {
    self.name = name
    self.bytes = bytes
    self.firstLine = firstLine
  }

  /// The line and the display column of an offset, in time linear in the offset.
  ///
  /// A tab counts as one column.
  package func position(of offset: Int) -> Position {
    let line = lineRange(containing: offset)
    let column = width(of: line.lowerBound..<max(line.lowerBound, min(offset, bytes.count)))
    return Position(
      line: firstLine + lineEnds(in: 0..<line.lowerBound), column: column + 1)
  }

  /// The text that a span covers, as far as the bytes go.
  package func text(_ span: Span) -> String {
    let end = min(Int(span.end), bytes.count)
    return String(decoding: bytes[min(Int(span.start), end)..<end], as: UTF8.self)
  }

  /// The line that holds an offset, without its end.
  package func lineRange(containing offset: Int) -> Range<Int> {
    var start = min(max(offset, 0), bytes.count)
    if start > 0, start < bytes.count, bytes[start] == 0x0A, bytes[start - 1] == 0x0D { start -= 1 }
    var end = start
    while start > 0, !isLineEnd(start - 1) { start -= 1 }
    while end < bytes.count, !isLineEnd(end) { end += 1 }
    return start..<end
  }

  /// The number of line ends in a range that ends no CRLF in its middle.
  package func lineEnds(in range: Range<Int>) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      var count = 0
      for index in range {
        if bytes[index] == 0x0A {
          count += 1
        } else if bytes[index] == 0x0D, index + 1 == bytes.count || bytes[index + 1] != 0x0A {
          count += 1
        }
      }
      return count
    }
  }

  /// The columns that a range of bytes takes on a terminal.
  package func width(of range: Range<Int>) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      var width = 0
      var index = range.lowerBound
      while index < range.upperBound {
        // A byte that is no character is shown as one replacement character.
        let next = bytes.scalar(at: index)
        width += next.map { displayWidth(of: $0.scalar) } ?? 1
        index += next?.length ?? 1
      }
      return width
    }
  }

  private func isLineEnd(_ index: Int) -> Bool {
    bytes[index] == 0x0A || bytes[index] == 0x0D
  }
}
