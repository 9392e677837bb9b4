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

  /// Where the later parts of a line begin: under its second column, or a little to the right.
  ///
  /// A second column is what stands behind the first gap of two blanks and more.
  static func indent(of text: String, width: Int) -> Int {
    let leading = text.prefix { $0 == " " }.count
    var columns = leading
    var gap = 0
    for character in text.dropFirst(leading) {
      if character != " ", gap > 1 {
        return columns <= width / 2 ? columns : leading + 4
      }
      gap = character == " " ? gap + 1 : 0
      columns += displayWidth(of: String(character))
    }
    return leading + 2
  }
}

/// The columns that a text of one line takes on a terminal.
func displayWidth(of text: some StringProtocol) -> Int {
  text.unicodeScalars.reduce(0) { $0 + displayWidth(of: $1) }
}
