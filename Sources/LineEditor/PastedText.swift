/// What comes between the marks that a terminal puts around pasted text.
struct PastedText {
  private static let end = "\u{1B}[201~"

  private var text = String.UnicodeScalarView()

  /// Adds a character; true when it was the last one of the mark at the end.
  mutating func append(_ scalar: Unicode.Scalar) -> Bool {
    text.append(scalar)
    let end = Self.end.unicodeScalars
    guard scalar == "~", text.suffix(end.count).elementsEqual(end) else { return false }
    text.removeLast(end.count)
    return true
  }

  /// The text as it goes into the line: without prompts, without the end of its last line.
  ///
  /// Where the first line begins with a prompt, the paste is taken for a session: lines without
  /// one are answers and are left out.
  func cleaned(prompts: [String], continuation: String) -> String {
    var lines = readable.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.count > 1, lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    if let first = lines.first, prompts.contains(where: { first.hasPrefix($0) }) {
      let all = prompts + [continuation]
      lines = lines.compactMap { line in
        all.first { line.hasPrefix($0) }.map { line.dropFirst($0.count) }
      }
    }
    return lines.joined(separator: "\n")
  }

  /// With line ends as they are in a text, and without characters that steer a terminal.
  private var readable: String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text {
      switch scalar {
      case "\r": result.append("\n")
      case "\n": if previous != "\r" { result.append("\n") }
      case "\t": result.append(contentsOf: "  ".unicodeScalars)
      case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
        result.append("\u{FFFD}")
      default: result.append(scalar)
      }
      previous = scalar
    }
    return String(result)
  }
}
