import Syntax

/// Text cut to a number of columns, with a mark where something is missing.
enum Clipping {
  /// Keeps the beginning.
  static func end(of text: String, to width: Int, mark: String) -> String {
    guard displayWidth(of: text) > width else { return text }
    return head(of: text, columns: width - displayWidth(of: mark)) + mark
  }

  /// Keeps both ends, in which long names differ as a rule.
  static func middle(of text: String, to width: Int, mark: String) -> String {
    guard displayWidth(of: text) > width else { return text }
    let columns = max(0, width - displayWidth(of: mark))
    let head = head(of: text, columns: (columns + 1) / 2)
    return head + mark + tail(of: text, columns: columns - displayWidth(of: head))
  }

  /// As much of the beginning as fits; what joins with the character before it stays with it.
  static func head(of text: String, columns: Int) -> String {
    var kept = ""
    var used = 0
    for character in text {
      used += displayWidth(of: String(character))
      if used > columns { break }
      kept.append(character)
    }
    return kept
  }

  /// As much of the end as fits.
  static func tail(of text: String, columns: Int) -> String {
    var kept: [Character] = []
    var used = 0
    for character in text.reversed() {
      used += displayWidth(of: String(character))
      if used > columns { break }
      kept.append(character)
    }
    return String(kept.reversed())
  }
}
