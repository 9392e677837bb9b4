import CLibEdit

extension LineEditor {
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
}
