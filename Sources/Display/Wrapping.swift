import Syntax

/// Lines that end between words where a terminal ends.
enum Wrapping {
  /// A line broken at its blanks, each part as long as a width allows.
  ///
  /// A word that is wider than the terminal is not cut: it has a line of its own.
  ///
  /// - Parameters:
  ///   - text: a text without line ends; the blanks in front of it are kept.
  ///   - width: the columns that a part may take.
  ///   - column: the columns taken by what stands before the text already.
  ///   - indent: the blanks before every part but the first.
  /// - Returns: the parts from top to bottom, at least one.
  static func lines(
    of text: String, width: Int, from column: Int = 0, indent: Int
  ) -> [String] {
    let indent = min(indent, width / 2)
    var lines: [String] = []
    var line = ""
    var used = column
    var canBreak = column > indent
    var rest = text[...]
    while !rest.isEmpty {
      let gap = rest.prefix { $0 == " " }
      let word = rest.dropFirst(gap.count).prefix { $0 != " " }
      rest = rest[word.endIndex...]
      let columns = displayWidth(of: word)
      if canBreak, used + gap.count + columns > width {
        if word.isEmpty { break }
        lines.append(line)
        line = String(repeating: " ", count: indent)
        used = indent
      } else {
        line += gap
        used += gap.count
      }
      line += word
      used += columns
      canBreak = true
    }
    return lines + [line]
  }

  /// A line of two columns, or of one, broken so that the second column stays one.
  ///
  /// The second column is what stands behind the first gap of two blanks and more. Where it begins
  /// too far to the right it gets lines of its own.
  static func columns(of text: String, width: Int) -> [String] {
    guard displayWidth(of: text) > width else { return [text] }
    let leading = text.prefix { $0 == " " }.count
    guard let place = secondColumn(of: text) else {
      return lines(of: text, width: width, indent: leading + 2)
    }
    let column = displayWidth(of: text[..<place])
    if column <= width / 2 { return lines(of: text, width: width, indent: column) }
    let indent = min(leading + 4, width / 2)
    let first = String(text[..<place].reversed().drop { $0 == " " }.reversed())
    return lines(of: first, width: width, indent: indent)
      + lines(
        of: String(repeating: " ", count: indent) + text[place...], width: width, indent: indent)
  }

  private static func secondColumn(of text: String) -> String.Index? {
    var gap = 0
    var place = text.firstIndex { $0 != " " } ?? text.endIndex
    while place < text.endIndex {
      if text[place] != " ", gap > 1 { return place }
      gap = text[place] == " " ? gap + 1 : 0
      place = text.index(after: place)
    }
    return nil
  }
}

/// The columns that a text of one line takes on a terminal.
func displayWidth(of text: some StringProtocol) -> Int {
  text.unicodeScalars.reduce(0) { $0 + displayWidth(of: $1) }
}
