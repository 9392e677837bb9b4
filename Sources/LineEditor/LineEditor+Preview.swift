import CLibEdit

extension LineEditor {
  /// Shows below the line what it comes to; called when nothing further has been typed.
  func refreshPreview() {
    guard isEditingLine else { return }
    let text = preview.text(about: entry + String(wideCharacters: line))
    let (columns, rows) = Terminal.size
    let lastRow = place(ofLineUpTo: line.count).row
    guard let text, lastRow + 2 <= rows else { return erasePreview() }
    let row = place(ofLineUpTo: cursor).row
    // Below the line, not below its prompt.
    let indented = String(repeating: " ", count: promptWidth) + text
    let shown = cut(indented, to: columns - 1)
    if let drawing = preview.drawing(shown, row: row, lastRow: lastRow) {
      Terminal.write(drawing)
    }
  }

  /// Takes the preview away before a key that it could be in the way of.
  func clearThePath(for scalar: Unicode.Scalar) {
    let mayLeaveLine = keyWatch.mayLeaveLine(scalar)
    guard preview.isShown else { return }
    let isKept = !mayLeaveLine && (keyWatch.isInSequence || !isInputWaiting()) && !growsARow
    if !isKept || hasViKeys { erasePreview() }
  }

  /// Whether the next character may make the line take another row.
  private var growsARow: Bool {
    place(ofLineUpTo: line.count).column + 8 >= Terminal.size.columns
  }

  func erasePreview() {
    guard preview.isShown else { return }
    if let erasing = preview.erasing(row: place(ofLineUpTo: cursor).row) { Terminal.write(erasing) }
  }
}
