import Testing

@testable import LineEditor

@Suite struct PastedTextTests {
  @Test func theMarkEndsIt() {
    var text = PastedText()
    let ends = "x = 1~\u{1B}[201~".unicodeScalars.map { text.append($0) }
    #expect(ends.firstIndex(of: true) == ends.count - 1)
    #expect(cleaned("x = 1~\u{1B}[201~") == "x = 1~")
  }

  @Test(arguments: [
    ("a\rb\r", "a\nb"), ("a\r\nb\r\n", "a\nb"), ("a\nb\n\n \n", "a\nb"), ("a", "a"),
    ("\n", ""), ("  a", "  a"), ("\ta\u{7}", "  a\u{FFFD}"), ("α₁ = 三", "α₁ = 三"),
  ])
  func lineEndsBecomeOne(pasted: String, text: String) {
    #expect(cleaned(pasted) == text)
  }

  @Test func promptsAreTakenOff() {
    #expect(cleaned("> x = 2\n> for i in x {\n.   i\n. }") == "x = 2\nfor i in x {\n  i\n}")
    #expect(cleaned("∇ x = 2\n∇ x^2\n") == "x = 2\nx^2")
  }

  @Test func answersAreLeftOut() {
    #expect(cleaned("> x = 2\nx = 2\n\n> x\n #  node\n") == "x = 2\nx")
  }

  @Test func aPromptInLaterLinesIsText() {
    #expect(cleaned("1\n> 2") == "1\n> 2")
    #expect(cleaned(".5\n. 5") == ".5\n. 5")
  }

  private func cleaned(_ pasted: String) -> String {
    var text = PastedText()
    for scalar in pasted.unicodeScalars where text.append(scalar) { break }
    return text.cleaned(prompts: ["> ", "∇ "], continuation: ". ")
  }
}
