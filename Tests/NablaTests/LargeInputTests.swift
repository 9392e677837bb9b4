import Testing

/// Inputs of a size that ends programs which recurse, copy or quote too much.
@Suite(.serialized) struct LargeInputTests {
  private func times(_ count: Int, _ text: String) -> String {
    String(repeating: text, count: count)
  }

  /// Runs a text and makes sure that the end is an orderly one and the message short.
  private func play(
    _ text: String, _ options: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
  )
    -> Run
  {
    let run = Run(["-f", "value"] + options, bytes: Array(text.utf8), deadline: 120)
    #expect(!run.isKilled, sourceLocation: sourceLocation)
    #expect(run.status <= 3, "status \(run.status)", sourceLocation: sourceLocation)
    #expect(run.errorBytes.count < 2000, sourceLocation: sourceLocation)
    return run
  }

  @Test(arguments: [10_000, 100_000]) func nestedParentheses(_ depth: Int) {
    let run = play(times(depth, "(") + "1 + 1" + times(depth, ")"))
    #expect(run.output == "2\n" || run.errors.contains("nested deeper than"))
  }

  @Test func nestedListsAndBraces() {
    let lists = play(times(100_000, "[") + "1" + times(100_000, "]"))
    #expect(lists.status == 1)
    let blocks = play(times(100_000, "if 1 {") + times(100_000, "}"))
    #expect(blocks.errors.contains("nested deeper than 200"))
  }

  @Test(arguments: [
    "(", "[", "{", "f(", "\"{", "if 1 {", "f(x) {", "x = (", "-(", "2^(", "if 1 then (",
  ])
  func openersWithoutEnd(_ opener: String) {
    #expect(play(times(opener == "(" ? 1_000_000 : 50_000, opener)).status == 1)
  }

  @Test func manySigns() {
    #expect(play(times(100_000, "-") + "1").output == "1\n")
    #expect(play("1" + times(100_000, " - -1")).output == "100001\n")
    #expect(play(times(100_000, "not ") + "1").output == "1\n")
  }

  @Test func nestedCalls() {
    let run = play(
      "x = 0\n" + times(100_000, "sin(") + "x" + times(100_000, ")") + "\ngrad(ans, x)")
    #expect(run.output == "0\n1\n" || run.errors.contains("nested deeper than"))
  }

  @Test func powerTower() {
    #expect(play("1" + times(100_000, "^1")).output == "1\n")
  }

  @Test func nestedConditions() {
    let run = play(times(100_000, "if 1 then ") + "2" + times(100_000, " else 3"))
    #expect(run.output == "2\n" || run.errors.contains("nested deeper than"))
    let other = play(times(100_000, "if 0 then 1 else ") + "2")
    #expect(other.output == "2\n" || other.errors.contains("nested deeper than"))
  }

  @Test func longSum() throws {
    let count = 100_000
    let run = play("x = 2\nx" + times(count - 1, "+x") + "\ngrad(ans, x)")
    #expect(run.output == "200000\n100000\n")
    let json = Run(
      ["-f", "json", "--no-nodes"], input: "x = 2\nx" + times(count - 1, "+x"), deadline: 120)
    #expect(try JSON(json.output)["gradient"] == .object(["x": .number(Double(count))]))
  }

  @Test func longChainOfComparisons() {
    #expect(play("1" + times(100_000, " <= 1")).output == "1\n")
  }

  @Test(arguments: [
    ("1 # ", "a", "", "1\n"), ("", " ", "1 + 1", "2\n"), ("1 +", " ", "+* 2", ""),
    ("", ")", "", ""),
    ("\"", "a", "", ""), ("print \"", "a", "{1:.1f", ""),
  ])
  func longLines(_ start: String, _ middle: String, _ end: String, _ wanted: String) {
    #if DEBUG
      let size = 1_000_000
    #else
      let size = 10_000_000
    #endif
    let run = play(start + times(size, middle) + end)
    #expect(run.output == wanted)
    #expect(run.status == (wanted.isEmpty ? 1 : 0))
  }

  @Test func longTexts() {
    #expect(play("print \"" + times(1_000_000, "a") + "\"").outputBytes.count == 1_000_001)
  }

  @Test func longNames() {
    let name = times(1_000_000, "a")
    #expect(play("\(name) = 2; \(name)*3").output == "6\n")
    let unknown = play(name)
    #expect(unknown.status == 1)
    #expect(unknown.errorBytes.count < 1000)
    #expect(play(":\(name)").status == 1)
    #expect(play(":help \(name)").status == 1)
  }

  @Test func longNumbers() {
    let refusal = play(times(1_000_000, "9"))
    #expect(refusal.errors.contains("too large for a double"))
    #expect(play("0." + times(1_000_000, "3")).output == "0.3333333333333333\n")
    #expect(play("0." + times(1_000_000, "0") + "1e1000000").output == "0.1\n")
    // 1 + 2⁻⁵³ lies in the middle of two doubles; a digit far behind decides.
    let middle = "1.00000000000000011102230246251565404236316680908203125"
    #expect(play(middle).output == "1\n")
    #expect(play(middle + times(740, "0") + "1").output == "1.0000000000000002\n")
    #expect(play("1e99999999999999999999").errors.contains("too large"))
    #expect(play("1e-99999999999999999999").output == "0\n")
  }

  @Test func manyAssignments() {
    let lines = (0..<100_000).map { "x\($0 % 100) = \($0)\n" }.joined()
    #expect(play(lines + "x99").output == "99999\n")
  }

  @Test func longChainOfNames() {
    let lines = (1...10_000).map { "x\($0) = x\($0 - 1) + 1\n" }.joined()
    #expect(play("x0 = 1\n\(lines)x10000\ngrad(x10000, x0)").output == "10001\n1\n")
  }

  @Test func longChainOfFormulas() {
    let lines = (1...10_000).map { "x\($0) := x\($0 - 1) + 1\n" }.joined()
    #expect(play("x0 = 1\n\(lines)x10000\nx0 = 2\nx10000").output == "10001\n10002\n")
  }

  @Test func longLoops() {
    #expect(play("x = 2; s = 0\nfor i in 1...50_000 { s += x }\ngrad(s, x)").output == "50000\n")
    #expect(play("param w = 0\nrepeat 50_000 { w += 1 }\nw").output == "50000\n")
  }

  @Test func longLists() {
    let list = (1...50_000).map(String.init).joined(separator: ", ")
    #expect(play("sum([\(list)])").output == "1250025000\n")
  }

  @Test func manyPieces() {
    #expect(play("print \"" + times(50_000, "{1}") + "\"").outputBytes.count == 50_001)
    #expect(play(times(200_000, ";")).output == "")
    #expect(play(times(200_000, "\n") + "1").output == "1\n")
    #expect(play("(" + times(200_000, "\n") + "1)").output == "1\n")
  }

  @Test func deepRecursion() {
    #expect(play("f(n) = if n <= 0 then 0 else f(n - 1) + 1\nf(9000)").output == "9000\n")
    let run = play("f(n) = if n <= 0 then 0 else f(n - 1) + 1\nf(1000000)")
    #expect(run.errors.contains("recursion deeper than"))
  }
}
