/// A search through earlier entries for what is typed, character by character.
struct HistorySearch {
  enum Direction { case older, newer }

  private let entries: [String]
  /// What is looked for.
  private(set) var pattern = ""
  /// The entry found, and the place of the pattern in it, both counted from 0.
  private(set) var found: (entry: Int, offset: Int)?
  /// Whether the pattern as it stands is nowhere.
  private(set) var hasFailed = false

  init(entries: [String]) { self.entries = entries }

  var text: String? { found.map { entries[$0.entry] } }

  mutating func append(_ scalar: Unicode.Scalar) {
    pattern.unicodeScalars.append(scalar)
    // A longer pattern may still fit the entry that is shown.
    look(.older, from: found?.entry ?? entries.count - 1)
  }

  mutating func removeLast() {
    guard !pattern.isEmpty else { return }
    pattern.unicodeScalars.removeLast()
    found = nil
    if pattern.isEmpty { hasFailed = false } else { look(.older, from: entries.count - 1) }
  }

  /// Looks for another entry.
  mutating func goOn(_ direction: Direction) {
    guard !pattern.isEmpty else { return }
    switch direction {
    case .older: look(.older, from: (found?.entry ?? entries.count) - 1)
    case .newer: look(.newer, from: (found?.entry ?? -1) + 1)
    }
  }

  private mutating func look(_ direction: Direction, from first: Int) {
    let shown = text
    let step = direction == .older ? -1 : 1
    for place in stride(from: first, to: direction == .older ? -1 : entries.count, by: step) {
      if place != found?.entry, entries[place] == shown { continue }
      guard let offset = offset(of: pattern, in: entries[place]) else { continue }
      (found, hasFailed) = ((place, offset), false)
      return
    }
    hasFailed = true
  }

  /// How many characters stand before the first place of a pattern in a text.
  private func offset(of pattern: String, in text: String) -> Int? {
    let (pattern, text) = (Array(pattern.unicodeScalars), Array(text.unicodeScalars))
    guard pattern.count <= text.count else { return nil }
    return (0...text.count - pattern.count).first {
      text[$0..<$0 + pattern.count].elementsEqual(pattern)
    }
  }
}
