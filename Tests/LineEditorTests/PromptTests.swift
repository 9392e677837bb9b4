import Testing

@testable import LineEditor

@Suite struct PromptTests {
  @Test func plainPromptIsUnchanged() {
    #expect(Prompt("> ").text == "> ")
    #expect(Prompt("> ").width == 2)
    #expect(Prompt("").text == "")
  }

  @Test func escapeSequencesAreQuoted() {
    let prompt = Prompt("\u{1B}[1;34m∇\u{1B}[0m x ")
    #expect(prompt.text == "\u{1}\u{1B}[1;34m\u{1}∇\u{1}\u{1B}[0m\u{1} x ")
    #expect(prompt.width == 4)
    #expect(prompt.plainText == "∇ x ")
  }

  @Test func sequencesSideBySideAreQuotedTogether() {
    #expect(
      Prompt("\u{1B}[0m\u{1B}[1m>").text == "\u{1}\u{1B}[0m\u{1B}[1m\u{1}>")
  }

  @Test func lastSequenceMovesBeforeTheLastCharacter() {
    #expect(
      Prompt("\u{1B}[1m> \u{1B}[0m").text == "\u{1}\u{1B}[1m\u{1}>\u{1}\u{1B}[0m\u{1} ")
  }
}
