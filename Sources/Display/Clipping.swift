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

  /// Leaves out the last entries of an array, `[[1, 2], …]`, and cuts no number.
  static func array(_ text: String, to width: Int, mark: String) -> String {
    guard text.hasPrefix("["), displayWidth(of: text) > width else { return text }
    var best = "[\(mark)]"
    var (prefix, depth) = ("", 0)
    for character in text {
      prefix.append(character)
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      guard prefix.hasSuffix(", ") else { continue }
      let candidate = prefix + mark + String(repeating: "]", count: depth)
      if displayWidth(of: candidate) > width { break }
      best = candidate
    }
    return best
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
