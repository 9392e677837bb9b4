import CLibEdit

extension LineEditor {
  /// The line as it stands, in characters.
  var line: [wchar_t] {
    guard let line = libedit_line(editor)?.pointee else { return [] }
    return Array(UnsafeBufferPointer(start: line.buffer, count: line.lastchar - line.buffer))
  }

  /// The place of the cursor in `line`.
  var cursor: Int {
    guard let line = libedit_line(editor)?.pointee else { return 0 }
    return line.cursor - line.buffer
  }

  /// The place of the screen that a place of the line is at; not below the last row of it.
  func place(ofLineUpTo place: Int) -> ScreenPlace {
    let (columns, rows) = Terminal.size
    var place = ScreenPlace(
      after: line.prefix(place).lazy.map { Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}" },
      startingAt: promptWidth, columns: columns)
    place.row = min(place.row, rows - 1)
    return place
  }

  /// Puts the cursor below the line, so that something else can be written there.
  func leaveLine() {
    let below = place(ofLineUpTo: line.count).row - place(ofLineUpTo: cursor).row
    // The window may change its size between two questions about places.
    Terminal.write(String(repeating: "\n", count: max(0, below) + 1))
  }
}
