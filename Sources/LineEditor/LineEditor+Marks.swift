import CLibEdit

/// Lines with combining marks, for which libedit reserves columns that the terminal does not use.
extension LineEditor {
  /// Makes a mark that was typed part of the character before the cursor, where there is one
  /// character for both.
  func compose(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard CombiningMark.isOne(scalar), cursor > 0,
      let base = Unicode.Scalar(UInt32(bitPattern: line[cursor - 1])),
      let whole = CombiningMark.composed(base, scalar)
    else { return scalar }
    goToPrompt()
    libedit_delete_before_cursor(editor, 1)
    _ = libedit_refresh(editor)
    return whole
  }

  /// Draws a line of one row with marks anew, and puts the cursor where it belongs.
  ///
  /// libedit moves by its own count of columns, so what it has just drawn may stand elsewhere.
  func straightenLine() {
    let line = self.line
    guard isEditingLine, line.contains(where: { mark(in: $0) }) else { return }
    let (columns, _) = Terminal.size
    guard promptWidth + line.count < columns else { return }
    let prompt = promptOnScreen.filter { $0.unicodeScalars.first != Prompt.quote }
    let column = place(ofLineUpTo: cursor).column
    Terminal.write(
      "\r\(prompt)\(String(wideCharacters: line))\u{1B}[K\r"
        + (column > 0 ? "\u{1B}[\(column)C" : ""))
  }

  private func mark(in character: wchar_t) -> Bool {
    guard character >= 0x300, let scalar = Unicode.Scalar(UInt32(bitPattern: character)) else {
      return false
    }
    return CombiningMark.isOne(scalar)
  }
}
