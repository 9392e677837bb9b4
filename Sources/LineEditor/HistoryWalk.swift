/// The way through earlier entries that begin like the line that was typed.
struct HistoryWalk: Equatable {
  /// What was typed, which the way back ends at.
  let draft: String
  /// What entries have to begin with.
  let prefix: String
  /// What is shown at present.
  private(set) var shown: String
  /// The place of it among the entries, their number for the draft.
  private var place: Int

  init(from draft: String, prefix: String, count: Int) {
    (self.draft, self.prefix, shown, place) = (draft, prefix, draft, count)
  }

  /// Goes on to the next older entry that is another one; false when there is none.
  mutating func goBack(in entries: [String]) -> Bool {
    let found = entries[..<place].lastIndex { $0.hasPrefix(prefix) && $0 != shown }
    guard let found else { return false }
    (place, shown) = (found, entries[found])
    return true
  }

  /// Comes back to the next newer entry, and at the end to what was typed; false when it is shown.
  mutating func comeForth(in entries: [String]) -> Bool {
    guard place < entries.count else { return false }
    let found = entries[(place + 1)...].firstIndex { $0.hasPrefix(prefix) && $0 != shown }
    place = found ?? entries.count
    shown = found.map { entries[$0] } ?? draft
    return true
  }
}
