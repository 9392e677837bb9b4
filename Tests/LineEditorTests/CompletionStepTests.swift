import Testing

@testable import LineEditor

@Suite struct CompletionStepTests {
  private func step(_ line: String, at cursor: Int, from start: Int, _ texts: String...)
    -> CompletionStep
  {
    CompletionStep(line: line, cursor: cursor, from: start, candidates: texts.map { ($0, "") })
  }

  @Test func noCandidate() {
    #expect(step("1 + q", at: 5, from: 4) == .nothing)
  }

  @Test func oneCandidateIsInserted() {
    #expect(step("1 + gr", at: 6, from: 4, "grad(") == .replace(characters: 2, with: "grad("))
    #expect(step("", at: 0, from: 0, "help") == .replace(characters: 0, with: "help"))
  }

  @Test func oneCandidateThatIsThereAlready() {
    #expect(step("sin", at: 3, from: 0, "sin") == .nothing)
  }

  @Test func oneCandidateMayBeSpelledDifferently() {
    #expect(step("2*alpha", at: 7, from: 2, "α") == .replace(characters: 5, with: "α"))
  }

  @Test func commonPrefixIsInserted() {
    #expect(
      step("si", at: 2, from: 0, "sinh", "sin", "sine") == .replace(characters: 2, with: "sin"))
  }

  @Test func severalWithNothingMoreInCommon() {
    #expect(step("s", at: 1, from: 0, "sin", "sqrt") == .choose)
    #expect(step("al", at: 2, from: 0, "α", "α2") == .choose)
  }

  @Test func offsetsCountBytes() {
    #expect(
      step("α + αβ)", at: 9, from: 5, "αβγ") == .replace(characters: 2, with: "αβγ"))
  }

  @Test(arguments: [(99, -3), (-1, 5), (2, 99), (0, 0)])
  func offsetsOutsideTheLineDoNoHarm(cursor: Int, start: Int) {
    #expect(step("αβ", at: cursor, from: start) == .nothing)
    _ = step("αβ", at: cursor, from: start, "αβγ", "αδ")
  }
}
