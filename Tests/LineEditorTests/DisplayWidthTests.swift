import Testing

@testable import LineEditor

@Suite struct DisplayWidthTests {
  @Test func controlCharactersTakeTwoColumns() {
    #expect(displayWidth(of: "a\u{1B}b") == 4)
  }

  @Test(arguments: [
    ("", 0), ("1234567", 0), ("12345678", 1), ("123456789", 1),
    (
      String(repeating: "x", count: 28), 3
    ),
  ])
  func rowsWrapAtTheMargin(text: String, row: Int) {
    #expect(displayRow(after: text, startingAt: 2, columns: 10) == row)
  }

  @Test func wideCharactersAreNotBroken() {
    #expect(Terminal.useUTF8())
    #expect(displayWidth(of: "三α") == 3)
    #expect(displayRow(after: "三三三三", startingAt: 2, columns: 9) == 1)
    #expect(displayRow(after: "三三三", startingAt: 2, columns: 9) == 0)
  }
}
