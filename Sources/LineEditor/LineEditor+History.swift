import CLibEdit

extension LineEditor {
  /// The arrow upwards: the line above in an entry of several; otherwise the last entry that begins
  /// like what stands before the cursor.
  func goUp() -> UInt8 {
    let text = String(wideCharacters: line)
    if !isWalking(text) {
      if let place = placeInLine(.above) { return moveCursor(to: place) }
      let prefix = String(wideCharacters: line.prefix(cursor))
      walk = HistoryWalk(from: text, prefix: prefix, count: entries.count)
    }
    guard walk?.goBack(in: entries) == true, let shown = walk?.shown else {
      return UInt8(CC_ERROR)
    }
    replaceLine(by: shown)
    return UInt8(CC_REFRESH)
  }

  /// The arrow downwards: the line below, or the way back to what was typed.
  func goDown() -> UInt8 {
    if !isWalking(String(wideCharacters: line)) {
      return placeInLine(.below).map(moveCursor) ?? UInt8(CC_ERROR)
    }
    guard walk?.comeForth(in: entries) == true, let shown = walk?.shown else {
      return UInt8(CC_ERROR)
    }
    replaceLine(by: shown)
    return UInt8(CC_REFRESH)
  }

  /// Whether the line is still as an arrow has left it.
  private func isWalking(_ text: String) -> Bool {
    walk?.shown == text && cursor == line.count
  }

  private enum Side { case above, below }

  /// The place in the line above or below, in the same column if it is long enough.
  private func placeInLine(_ side: Side) -> Int? {
    let (line, cursor) = (line, cursor)
    let start = line[..<cursor].lastIndex(of: newline).map { $0 + 1 } ?? 0
    switch side {
    case .above:
      guard start > 0 else { return nil }
      let first = line[..<(start - 1)].lastIndex(of: newline).map { $0 + 1 } ?? 0
      return min(first + cursor - start, start - 1)
    case .below:
      guard let end = line[cursor...].firstIndex(of: newline) else { return nil }
      let last = line[(end + 1)...].firstIndex(of: newline) ?? line.count
      return min(end + 1 + cursor - start, last)
    }
  }

  private func moveCursor(to place: Int) -> UInt8 {
    _ = libedit_move_cursor(editor, Int32(place - cursor))
    return UInt8(CC_REFRESH)
  }
}

private let newline = wchar_t(0x0A)
