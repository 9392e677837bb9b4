import Testing

@testable import LineEditor

private let entries = ["x = 1", "y = sin(x)", "x", "y = 2", "y = 2", "x = 3"]

@Suite struct HistoryWalkTests {
  @Test func anEmptyLineGoesThroughAll() {
    #expect(back(from: "", prefix: "") == ["x = 3", "y = 2", "x", "y = sin(x)", "x = 1"])
  }

  @Test func aBeginningIsLookedFor() {
    #expect(back(from: "y", prefix: "y") == ["y = 2", "y = sin(x)"])
    #expect(back(from: "sin", prefix: "sin") == [])
  }

  @Test func whatIsTypedAlreadyIsNoFind() {
    #expect(back(from: "x = 3", prefix: "x = 3") == [])
    #expect(back(from: "x", prefix: "x") == ["x = 3", "x", "x = 1"])
  }

  @Test func theWayForthEndsAtTheDraft() {
    var walk = HistoryWalk(from: "y = 9", prefix: "y", count: entries.count)
    while walk.goBack(in: entries) {}
    #expect(walk.shown == "y = sin(x)")
    var shown: [String] = []
    while walk.comeForth(in: entries) { shown.append(walk.shown) }
    #expect(shown == ["y = 2", "y = 9"])
  }

  private func back(from draft: String, prefix: String) -> [String] {
    var walk = HistoryWalk(from: draft, prefix: prefix, count: entries.count)
    var shown: [String] = []
    while walk.goBack(in: entries) { shown.append(walk.shown) }
    return shown
  }
}

@Suite struct HistorySearchTests {
  @Test func eachCharacterNarrows() {
    var search = HistorySearch(entries: entries)
    #expect(search.text == nil)
    search.append("=")
    #expect(search.text == "x = 3")
    #expect(search.found?.offset == 2)
    for scalar in " s".unicodeScalars { search.append(scalar) }
    #expect(search.text == "y = sin(x)")
    #expect(!search.hasFailed)
  }

  @Test func theNextOneIsAnother() {
    var search = HistorySearch(entries: entries)
    search.append("y")
    #expect(search.text == "y = 2")
    search.goOn(.older)
    #expect(search.text == "y = sin(x)")
    search.goOn(.older)
    #expect(search.hasFailed)
    #expect(search.text == "y = sin(x)")
    search.goOn(.newer)
    #expect(search.text == "y = 2")
    #expect(!search.hasFailed)
  }

  @Test func aFailureIsTakenBack() {
    var search = HistorySearch(entries: entries)
    for scalar in "sine".unicodeScalars { search.append(scalar) }
    #expect(search.hasFailed)
    #expect(search.text == "y = sin(x)")
    search.removeLast()
    #expect(!search.hasFailed)
    for _ in 0..<5 { search.removeLast() }
    #expect(search.pattern == "")
    #expect(search.text == nil)
    search.goOn(.older)
    #expect(search.text == nil)
  }
}
