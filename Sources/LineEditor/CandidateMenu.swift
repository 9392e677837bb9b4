/// The candidates for a completion, set in rows below the line.
enum CandidateMenu {
  /// Up to this many candidates are listed one below the other, with their notes.
  private static let mostWithNotes = 12

  /// The rows for a terminal of this size; no row is wider than it, and half of it stays free.
  static func rows(for candidates: [Candidate], columns: Int, rows: Int) -> [String] {
    let limit = max(rows / 2, 4)
    let hasNotes = candidates.contains { !$0.note.isEmpty }
    let all =
      hasNotes && candidates.count <= min(mostWithNotes, limit)
      ? described(candidates, columns: columns)
      : tabulated(candidates.map(\.text), columns: columns, limit: limit)
    return all.map { cut($0, to: columns - 1) }
  }

  /// One candidate a row, the notes below each other.
  private static func described(_ candidates: [Candidate], columns: Int) -> [String] {
    let widest = candidates.map { displayWidth(of: $0.text) }.max() ?? 0
    return candidates.map { candidate in
      candidate.note.isEmpty
        ? candidate.text : padded(candidate.text, to: widest + 2) + candidate.note
    }
  }

  /// In columns, read downwards, as a list of files.
  private static func tabulated(_ texts: [String], columns: Int, limit: Int) -> [String] {
    let cell = (texts.map { displayWidth(of: $0) }.max() ?? 0) + 2
    let across = max((columns - 1) / cell, 1)
    let shown = texts.count <= across * limit ? texts.count : across * (limit - 1)
    let down = (shown + across - 1) / across
    var result = (0..<down).map { row in
      stride(from: row, to: shown, by: down).map { padded(texts[$0], to: cell) }.joined()
    }
    if shown < texts.count { result.append("and \(texts.count - shown) more") }
    return result.map { row in String(row.reversed().drop { $0 == " " }.reversed()) }
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(width - displayWidth(of: text), 0))
  }
}
