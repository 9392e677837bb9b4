import CLibEdit

/// The columns that a character takes on the terminal, control characters being shown as `^X`.
func displayWidth(of scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x20 || scalar.value == 0x7F { return 2 }
  let width = libedit_width(wchar_t(bitPattern: scalar.value))
  // The system says -1 of what its tables do not hold.
  return width < 0 ? 1 : Int(width)
}

/// The columns that libedit takes for a character: one without a picture is shown as `\U+1234`.
private func columnsInLine(of scalar: Unicode.Scalar) -> Int {
  let hasPicture = scalar.value < 0x80 || libedit_width(wchar_t(bitPattern: scalar.value)) >= 0
  return hasPicture ? displayWidth(of: scalar) : scalar.value > 0xFFFF ? 8 : 7
}

/// The columns that a text of one row takes.
func displayWidth(of text: some StringProtocol) -> Int {
  text.unicodeScalars.reduce(0) { $0 + displayWidth(of: $1) }
}

/// The beginning of a text that fits, with a sign where something is left out.
func cut(_ text: String, to width: Int) -> String {
  guard displayWidth(of: text) > width else { return text }
  var result = ""
  var room = width - 1
  for character in text {
    room -= displayWidth(of: String(character))
    if room < 0 { break }
    result.append(character)
  }
  return width > 0 ? result + "…" : ""
}

/// A place on the screen, rows and columns counted from 0 at the beginning of the prompt.
struct ScreenPlace: Equatable {
  var row: Int
  var column: Int

  /// Where the cursor is after a text that wraps at the right margin.
  init(
    after text: some Sequence<Unicode.Scalar>, startingAt column: Int, columns: Int
  ) {
    row = column / columns
    self.column = column % columns
    for scalar in text { advance(over: scalar, columns) }
  }

  private mutating func advance(over scalar: Unicode.Scalar, _ columns: Int) {
    switch scalar {
    case "\n":
      row += 1
      column = 0
    case "\t":
      repeat { advance(by: 1, columns) } while column % 8 != 0
    default: advance(by: columnsInLine(of: scalar), columns)
    }
  }

  private mutating func advance(by width: Int, _ columns: Int) {
    // A wide character that does not fit goes to the next row as a whole.
    if column + width > columns, column > 0 {
      row += 1
      column = 0
    }
    column += width
    while column >= columns {
      row += 1
      column -= columns
    }
  }
}
