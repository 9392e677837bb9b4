import Testing

@testable import LineEditor

@Suite struct CandidateMenuTests {
  @Test func columnsAreReadDownwards() {
    let candidates: [Candidate] = ["a", "bb", "c", "d", "e"].map { ($0, "") }
    #expect(
      CandidateMenu.rows(for: candidates, columns: 13, rows: 24) == ["a   c   e", "bb  d"])
  }

  @Test func notesStandBelowEachOther() {
    let candidates: [Candidate] = [("sin", "the sine"), ("sinh", ""), ("αβ", "a name")]
    #expect(
      CandidateMenu.rows(for: candidates, columns: 80, rows: 24) == [
        "sin   the sine", "sinh", "αβ    a name",
      ])
  }

  @Test func longNotesAreCut() {
    let rows = CandidateMenu.rows(for: [("sin", "the sine of x")], columns: 12, rows: 24)
    #expect(rows == ["sin  the s…"])
  }

  @Test func halfOfTheScreenStaysFree() {
    let candidates: [Candidate] = (1...1_000).map { ("name\($0)", "") }
    let rows = CandidateMenu.rows(for: candidates, columns: 40, rows: 20)
    #expect(rows.count == 10)
    #expect(rows.last == "and 973 more")
  }

  @Test(arguments: [(2, 1), (3, 2), (80, 1), (5, 500)])
  func rowsFitAnyTerminal(columns: Int, rows: Int) {
    let candidates: [Candidate] = (1...50).map { ("name\($0)", "note") }
    for row in CandidateMenu.rows(for: candidates, columns: columns, rows: rows) {
      #expect(displayWidth(of: row) < columns)
    }
  }
}
