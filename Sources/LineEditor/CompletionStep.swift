/// What can be inserted at a place of a line: a text, and a short note for people.
package typealias Candidate = (text: String, note: String)

/// What one press of the completion key does to a line.
enum CompletionStep: Equatable {
  /// There is nothing to add.
  case nothing

  /// Take away this many characters before the cursor, then insert the text.
  case replace(characters: Int, with: String)

  /// Several candidates, and no further character common to all of them.
  case choose

  /// Decides from the line, the cursor and what is offered for the text from `start` to it.
  ///
  /// Offsets count bytes. An offset outside the line is moved into it.
  init(line: String, cursor: Int, from start: Int, candidates: [Candidate]) {
    guard let first = candidates.first?.text else {
      self = .nothing
      return
    }
    let bytes = Array(line.utf8.prefix(max(cursor, 0)))
    let typed = String(decoding: bytes[min(max(start, 0), bytes.count)...], as: UTF8.self)
    let common = candidates.dropFirst().reduce(first) { commonPrefix($0, $1.text) }
    if candidates.count == 1 || (common != typed && common.hasPrefix(typed)) {
      self =
        common == typed
        ? .nothing : .replace(characters: typed.unicodeScalars.count, with: common)
    } else {
      self = .choose
    }
  }
}

/// The characters that two texts start with alike.
private func commonPrefix(_ one: String, _ other: String) -> String {
  String(zip(one, other).prefix { $0 == $1 }.map(\.0))
}
