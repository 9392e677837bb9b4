import CLibEdit

/// The columns that a character takes on the terminal, control characters being shown as `^X`.
func displayWidth(of scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x20 || scalar.value == 0x7F { return 2 }
  let width = libedit_width(wchar_t(bitPattern: scalar.value))
  // The system says -1 of what its tables do not hold.
  return width < 0 ? 1 : Int(width)
}

/// The columns that a text of one row takes.
func displayWidth(of text: some StringProtocol) -> Int {
  text.unicodeScalars.reduce(0) { $0 + displayWidth(of: $1) }
}

/// The row, counted from 0, that the cursor is in after a text that wraps at the right margin.
func displayRow(after text: String, startingAt column: Int, columns: Int) -> Int {
  var row = column / columns
  var column = column % columns
  for scalar in text.unicodeScalars {
    let width = displayWidth(of: scalar)
    // A wide character that does not fit goes to the next row as a whole.
    if column + width > columns {
      row += 1
      column = 0
    }
    column += width
    if column == columns {
      row += 1
      column = 0
    }
  }
  return row
}
