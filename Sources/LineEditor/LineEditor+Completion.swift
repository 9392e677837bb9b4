import CLibEdit

extension LineEditor {
  /// The line as it stands, in characters.
  private var line: [wchar_t] {
    guard let line = libedit_line(editor)?.pointee else { return [] }
    return Array(UnsafeBufferPointer(start: line.buffer, count: line.lastchar - line.buffer))
  }

  /// The place of the cursor in `line`.
  var cursor: Int {
    guard let line = libedit_line(editor)?.pointee else { return 0 }
    return line.cursor - line.buffer
  }

  /// The key for completion: inserts what is certain, or shows what there is to choose from.
  func complete() -> UInt8 {
    let text = String(wideCharacters: line)
    let before = String(wideCharacters: line.prefix(cursor)).utf8.count
    let (start, candidates) = completions(text, before)
    switch CompletionStep(line: text, cursor: before, from: start, candidates: candidates) {
    case .nothing:
      return UInt8(CC_ERROR)
    case .replace(let count, let text):
      libedit_delete_before_cursor(editor, Int32(count))
      _ = libedit_insert(editor, text.wideCharacters)
      return UInt8(CC_REFRESH)
    case .choose:
      leaveLine()
      let (columns, rows) = Terminal.size
      for row in CandidateMenu.rows(for: candidates, columns: columns, rows: rows) {
        Terminal.write(row + "\n")
      }
      _ = libedit_refresh(editor)
      return UInt8(CC_NORM)
    }
  }

  /// Puts the cursor below the line, so that something else can be written there.
  func leaveLine() {
    let below = row(ofLineUpTo: line.count) - row(ofLineUpTo: cursor)
    Terminal.write(String(repeating: "\n", count: below + 1))
  }

  /// The row of the screen, from that of the prompt, that a place of the line is in.
  func row(ofLineUpTo place: Int) -> Int {
    displayRow(
      after: String(wideCharacters: line.prefix(place)), startingAt: promptWidth,
      columns: Terminal.size.columns)
  }
}
