import Testing

@testable import LineEditor

@Suite struct CharacterReaderTests {
  private func characters(_ bytes: [UInt8]) -> String {
    var rest = bytes[...]
    var reader = CharacterReader()
    var result = ""
    while case .character(let scalar) = reader.next(from: {
      rest.popFirst().map { .byte($0) } ?? .end
    }) {
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  @Test(arguments: ["", "1 + 2", "α = 2", "三 = 3", "𝜕f/∂x", "e\u{301}\0\u{1B}[A"])
  func textIsReadAsItIs(text: String) {
    #expect(characters(Array(text.utf8)) == text)
  }

  @Test(
    arguments: [
      ([0x31, 0xE9, 0x2B, 0x32], "1\u{FFFD}+2"),
      ([0xCE], "\u{FFFD}"),
      ([0xE4, 0xB8, 0x31], "\u{FFFD}1"),
      ([0xE4, 0xCE, 0xB1], "\u{FFFD}α"),
      ([0xFF, 0x80, 0xC0], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xED, 0xA0, 0x80], "\u{FFFD}"),
    ] as [([UInt8], String)])
  func otherBytesAreSeen(bytes: [UInt8], expected: String) {
    #expect(characters(bytes) == expected)
  }

  @Test func noByteIsAwaitedBehindACompleteCharacter() {
    var reader = CharacterReader()
    var bytes: [UInt8] = [0xCE, 0xB1]
    #expect(reader.next { .byte(bytes.removeFirst()) } == .character("α"))
    #expect(reader.next { .failure } == .failure)
  }
}
