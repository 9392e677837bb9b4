import CLibEdit

extension LineEditor {
  /// ^R: searches the history while a pattern is typed.
  ///
  /// ^R and ^S go on to the next entry. Return runs the one that is shown; ^G, ^C and ESC bring back
  /// the line as it was; any other key takes the entry and then does what it always does.
  func search(_ direction: HistorySearch.Direction) -> UInt8 {
    let (draft, draftCursor, prompt) = (String(wideCharacters: line), cursor, promptOnScreen)
    var search = HistorySearch(entries: entries)
    isEditingLine = false
    func leave(_ isTaken: Bool) -> UInt8 {
      goToPrompt()
      show(Prompt(prompt))
      if !isTaken || search.text == nil { replaceLine(by: draft, cursor: draftCursor) }
      _ = libedit_refresh(editor)
      isEditingLine = true
      return UInt8(CC_NORM)
    }
    while true {
      goToPrompt()
      let state = search.hasFailed ? "no match for" : "search"
      show(Prompt("\(state) '\(search.pattern)': "))
      if let found = search.found, let text = search.text {
        replaceLine(by: text, cursor: found.offset)
      } else {
        replaceLine(by: draft, cursor: draftCursor)
      }
      _ = libedit_refresh(editor)
      guard case .character(let scalar) = nextCharacter() else { return leave(false) }
      switch scalar {
      case "\u{12}": search.goOn(.older)
      case "\u{13}": search.goOn(.newer)
      case "\u{8}", "\u{7F}": search.removeLast()
      case "\u{7}", "\u{3}": return leave(false)
      case "\u{1B}" where !isInputWaiting(25): return leave(false)
      case _ where scalar.value >= 0x20: search.append(scalar)
      default:
        pushedBack.append(scalar)
        return leave(true)
      }
    }
  }
}
