import Testing

@testable import LineEditor

@Suite struct DisplayWidthTests {
  @Test func controlCharactersTakeTwoColumns() {
    #expect(displayWidth(of: "a\u{1B}b") == 4)
  }

  @Test(arguments: [
    ("", 0, 2), ("1234567", 0, 9), ("12345678", 1, 0), ("123456789", 1, 1),
    (String(repeating: "x", count: 28), 3, 0), ("ab\ncd", 1, 2), ("12345678\n", 2, 0),
    ("a\tb", 0, 9), ("\n\t", 1, 8),
  ])
  func rowsWrapAtTheMargin(text: String, row: Int, column: Int) {
    #expect(place(after: text, columns: 10) == [row, column])
  }

  @Test func wideCharactersAreNotBroken() {
    #expect(Terminal.useUTF8())
    #expect(displayWidth(of: "三α") == 3)
    #expect(place(after: "三三三三", columns: 9) == [1, 2])
    #expect(place(after: "三三三", columns: 9) == [0, 8])
  }

  @Test func aScreenOfOneColumnHoldsAnything() {
    #expect(Terminal.useUTF8())
    #expect(place(after: "ab", columns: 1) == [4, 0])
    #expect(place(after: "三", columns: 1) == [4, 0])
  }

  @Test(arguments: [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("三三", 3, "三…"), ("ab", 0, "")])
  func whatDoesNotFitIsCut(text: String, width: Int, shown: String) {
    #expect(Terminal.useUTF8())
    #expect(cut(text, to: width) == shown)
  }

  /// The row and the column after a text that follows a prompt of two columns.
  private func place(after text: String, columns: Int) -> [Int] {
    let place = ScreenPlace(after: text.unicodeScalars, startingAt: 2, columns: columns)
    return [place.row, place.column]
  }
}
