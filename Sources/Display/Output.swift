import Syntax

/// Bytes on their way to a stream, in the manner that the stream asks for.
package struct Output: Sendable {
  /// The few styles that carry meaning.
  package enum Style: Sendable {
    case plain, faint, emphasis, warning, failure
  }

  package var bytes: [UInt8] = []
  package internal(set) var isColored: Bool
  /// The columns of the terminal; nil for a pipe, which takes lines of any length.
  package var width: Int?
  /// Whether glyphs have to be written by their twins.
  package var isASCII: Bool

  package init(isColored: Bool = false, width: Int? = nil, isASCII: Bool = false) {
    (self.isColored, self.width, self.isASCII) = (isColored, width, isASCII)
  }

  /// A text of ours as the stream can show it.
  package func spelled(_ text: String) -> String { isASCII ? Glyph.ascii(text) : text }

  package mutating func write(_ text: String, _ style: Style = .plain) {
    guard isColored, style != .plain, !text.isEmpty else {
      bytes.append(contentsOf: spelled(text).utf8)
      return
    }
    bytes.append(contentsOf: code(of: style).utf8)
    bytes.append(contentsOf: spelled(text).utf8)
    bytes.append(contentsOf: "\u{1B}[0m".utf8)
  }

  /// Writes text of the user's, or text that is spelled already.
  mutating func write(verbatim bytes: some Sequence<UInt8>) {
    self.bytes.append(contentsOf: bytes)
  }

  mutating func write(repeating character: Character, count: Int) {
    guard count > 0, let byte = character.asciiValue else { return }
    bytes.append(contentsOf: repeatElement(byte, count: count))
  }

  mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

  /// Writes lines of words; on a terminal they are broken between words.
  ///
  /// - Parameters:
  ///   - text: what to say; it may hold line ends.
  ///   - column: the columns that are taken already.
  ///   - indent: the blanks before continued lines; without one, they go on in their second column.
  ///   - style: how all of it looks.
  package mutating func writeLines(
    _ text: String, from column: Int = 0, indent: Int? = nil, _ style: Style = .plain
  ) {
    guard let width else {
      write(text, style)
      return endLine()
    }
    var column = column
    for line in spelled(text).split(separator: "\n", omittingEmptySubsequences: false) {
      let line = String(line)
      let parts =
        indent.map { Wrapping.lines(of: line, width: width, from: column, indent: $0) }
        ?? Wrapping.columns(of: line, width: width)
      for part in parts {
        write(part, style)
        endLine()
      }
      column = 0
    }
  }

  /// Writes pieces with a gap between them; on a terminal a line ends before a piece that does not
  /// fit.
  mutating func writePieces(_ pieces: [(text: String, style: Style)], gap: Int, indent: Int) {
    guard let width else {
      for (place, piece) in pieces.enumerated() {
        if place > 0 { write(repeating: " ", count: gap) }
        write(piece.text, piece.style)
      }
      return endLine()
    }
    var used = 0
    for (place, piece) in pieces.enumerated() {
      let columns = displayWidth(of: spelled(piece.text))
      if place > 0 {
        if used + gap + columns > width {
          endLine()
          write(repeating: " ", count: indent)
          used = indent
        } else {
          write(repeating: " ", count: gap)
          used += gap
        }
      }
      if used + columns > width {
        // It has to be broken itself; what follows begins on a line of its own.
        let lines = Wrapping.lines(
          of: spelled(piece.text), width: width, from: used, indent: indent + 2)
        for (row, line) in lines.enumerated() {
          if row > 0 { endLine() }
          write(line, piece.style)
        }
        used = width
      } else {
        write(piece.text, piece.style)
        used += columns
      }
    }
    endLine()
  }

  private func code(of style: Style) -> String {
    switch style {
    case .plain: ""
    case .faint: "\u{1B}[2m"
    case .emphasis: "\u{1B}[1m"
    case .warning: "\u{1B}[33m"
    case .failure: "\u{1B}[31m"
    }
  }
}
