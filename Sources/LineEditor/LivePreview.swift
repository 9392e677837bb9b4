/// One dim row below the line being edited that says something about it, such as what it gives.
///
/// It is written between two keys, in one piece and only when it changes, with movements that do
/// not depend on where on the screen the line stands: libedit never learns of it.
struct LivePreview {
  /// What a line that is being typed comes to; nil for nothing.
  private let text: (String) -> String?

  /// Whether there is to be any.
  var isWanted = true

  /// Whether the row is written faintly; without colours it is not.
  var isDim = true

  /// What stands on the screen, below the row where the line ended then.
  private var shown: (text: String, lastRow: Int)?

  /// The line that was asked about last, and the answer.
  private var answer: (line: String, text: String?)?

  /// Set when an answer took so long that typing would stumble: the line gets no further one.
  private var isTooSlow = false

  private static let longestAnswer = Duration.milliseconds(20)

  init(text: @escaping (String) -> String?) { self.text = text }

  /// Begins a new line, with nothing below it.
  mutating func begin() { (shown, answer, isTooSlow) = (nil, nil, false) }

  /// Notes that what stood below the line has been wiped out.
  mutating func forget() { shown = nil }

  var isShown: Bool { shown != nil }

  /// What there is to say about a line.
  mutating func text(about line: String) -> String? {
    guard isWanted, !line.isEmpty else { return nil }
    if let answer, answer.line == line { return answer.text }
    guard !isTooSlow else { return nil }
    var found: String?
    let clock = ContinuousClock()
    let taken = clock.measure { found = text(line) }
    isTooSlow = taken > Self.longestAnswer
    answer = (line, found)
    return found
  }

  /// What to write so that the text stands below the line.
  ///
  /// - Parameters:
  ///   - text: The text, which fits into a row.
  ///   - row: The row of the cursor.
  ///   - lastRow: The row where the line ends.
  /// - Returns: Text with movements; nil when it stands there already.
  mutating func drawing(_ text: String, row: Int, lastRow: Int) -> String? {
    if let shown, shown == (text, lastRow) { return nil }
    shown = (text, lastRow)
    // The window may have changed its size between the two questions.
    let below = max(1, lastRow - row + 1)
    // ESC D goes down in the same column, and scrolls at the bottom of the screen.
    let room = String(repeating: "\u{1B}D", count: below) + "\u{1B}[\(below)A"
    let styled = isDim ? "\u{1B}[2m\(text)\u{1B}[0m" : text
    return room + "\u{1B}7\u{1B}[\(below)B\r\u{1B}[J\(styled)\u{1B}8"
  }

  /// What to write so that nothing stands below the line; nil when nothing does.
  mutating func erasing(row: Int) -> String? {
    guard let shown else { return nil }
    self.shown = nil
    return "\u{1B}7\u{1B}[\(shown.lastRow - row + 1)B\r\u{1B}[J\u{1B}8"
  }
}

/// Tells the keys that change nothing but the line from those that may write below it.
struct KeyWatch {
  /// What has come of a sequence that started with ESC.
  private var sequence = ""

  /// Whether the next character belongs to a sequence that has begun.
  var isInSequence: Bool { !sequence.isEmpty }

  /// Whether a key, of which this is the next character, may do more than change its line.
  mutating func mayLeaveLine(_ scalar: Unicode.Scalar) -> Bool {
    guard isInSequence else {
      if scalar == "\u{1B}" {
        sequence = "\u{1B}"
        return false
      }
      return scalar.value < 0x20 && !Self.harmlessControls.contains(scalar)
    }
    sequence.unicodeScalars.append(scalar)
    let isParameter = sequence.hasPrefix("\u{1B}[") && (0x30...0x3F).contains(scalar.value)
    if isParameter || sequence == "\u{1B}[" || sequence == "\u{1B}O" { return false }
    defer { sequence = "" }
    return !Self.harmlessSequences.contains(String(sequence.dropFirst(2)))
  }

  /// ^A ^B ^D ^E ^F ^H ^K ^T ^U ^W: movements and deletions.
  private static let harmlessControls: Set<Unicode.Scalar> = [
    "\u{1}", "\u{2}", "\u{4}", "\u{5}", "\u{6}", "\u{8}", "\u{B}", "\u{14}", "\u{15}", "\u{17}",
  ]

  /// Right, left, Home, End, Delete, and words.
  private static let harmlessSequences: Set<String> = [
    "C", "D", "H", "F", "1~", "3~", "4~", "1;5C", "1;5D", "1;3C", "1;3D",
  ]
}
