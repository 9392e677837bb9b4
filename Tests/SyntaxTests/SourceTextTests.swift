import Syntax
import Testing

@Suite struct SourceTextTests {
  @Test(arguments: [
    (0, 1, 1), (2, 1, 3), (3, 1, 4), (4, 2, 1), (6, 2, 3), (8, 3, 1), (9, 3, 2), (10, 4, 1),
    (11, 4, 2),
  ])
  func positions(offset: Int, line: Int, column: Int) {
    // LF ends the first line, CRLF the second and a lone CR the third.
    let source = SourceText(name: "-", bytes: Array("abc\ndef\r\nh\ri".utf8))
    let shift = offset >= 8 ? 1 : 0
    #expect(source.position(of: offset + shift) == .init(line: line, column: column))
  }

  @Test func columnsAreThoseOfTheScreen() {
    let text = "é漢e\u{301}😀\tx"
    let source = SourceText(name: "-", bytes: Array(text.utf8), firstLine: 7)
    let offsets = text.unicodeScalars.indices.map {
      text.utf8.distance(from: text.startIndex, to: $0)
    }
    #expect(offsets.map { source.position(of: $0).column } == [1, 2, 4, 5, 5, 7, 8])
    #expect(source.position(of: text.utf8.count) == .init(line: 7, column: 9))
  }

  @Test func linesAndTheirEnds() {
    let source = SourceText(name: "-", bytes: Array("ab\r\n\ncd".utf8))
    #expect(source.lineRange(containing: 1) == 0..<2)
    #expect(source.lineRange(containing: 2) == 0..<2)
    #expect(source.lineRange(containing: 3) == 0..<2)
    #expect(source.lineRange(containing: 4) == 4..<4)
    #expect(source.lineRange(containing: 7) == 5..<7)
    #expect(source.lineRange(containing: 99) == 5..<7)
    #expect(source.lineEnds(in: 0..<7) == 2)
  }

  @Test func bytesThatAreNoCharactersTakeAColumn() {
    let source = SourceText(name: "-", bytes: [0x61, 0xFF, 0xFE, 0x62])
    #expect(source.position(of: 3) == .init(line: 1, column: 4))
  }

  @Test(
    arguments: [
      ("a", 1), ("é", 1), ("β", 1), ("₁", 1), ("∂", 1), ("漢", 2), ("あ", 2), ("한", 2), ("（", 2),
      ("\u{301}", 0), ("\u{200B}", 0), ("\u{200D}", 0), ("\u{FE0F}", 0), ("😀", 2), ("🧮", 2),
      ("→", 1), ("─", 1), ("\u{3000}", 2), ("\t", 1), ("\u{AD}", 0), ("𝑥", 1),
    ] as [(Unicode.Scalar, Int)])
  func width(scalar: Unicode.Scalar, width: Int) {
    #expect(displayWidth(of: scalar) == width)
  }
}
