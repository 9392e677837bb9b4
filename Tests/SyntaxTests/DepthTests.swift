import Syntax
import Testing

@Suite struct DepthTests {
  /// What is slow without optimisation is tested at a tenth of its size there.
  #if DEBUG
    static let depth = 10_000
  #else
    static let depth = 100_000
  #endif

  private func times(_ text: String, _ count: Int = depth) -> String {
    String(repeating: text, count: count)
  }

  private func nodeCount(_ text: String) -> Int? {
    var parser = Parser()
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { text in
      let parsed = parser.parseStatement(in: text, from: 0, isFinal: true)
      guard case .statement(_, let next) = parsed, next == text.count else { return nil }
      return parser.tree.nodes.count
    }
  }

  @Test func deepExpressions() {
    let n = Self.depth
    #expect(nodeCount(times("(", 100_000) + "1" + times(")", 100_000)) == 1)
    #expect(nodeCount(times("-", 100_000) + "1") == 100_001)
    #expect(nodeCount(times("+") + "1") == 1)
    #expect(nodeCount(times("not ") + "1") == n + 1)
    #expect(nodeCount(times("sin(") + "1" + times(")")) == n + 1)
    #expect(nodeCount("2" + times("^2")) == 2 * n + 1)
    #expect(nodeCount(times("[") + "1" + times("]")) == n + 1)
    #expect(nodeCount(times("a[") + "1" + times("]")) == 2 * n + 1)
    #expect(nodeCount("a" + times("[1]")) == 2 * n + 1)
    #expect(nodeCount("a" + times(".T")) == n + 1)
    #expect(nodeCount("a" + times(" < a")) == 2 * n + 1)
    #expect(nodeCount("a" + times(" and a")) == 3 * n + 1)
    #expect(nodeCount(times("if a then 1 else ") + "2") == 5 * n + 1)
    #expect(nodeCount(times("if ") + "a" + times(" then 1 else 2")) == 5 * n + 1)
    #expect(nodeCount(times("f(k=") + "1" + times(")")) == 2 * n + 1)
    #expect(nodeCount("y" + times(" at x = 1")) == 2 * n + 1)
    #expect(nodeCount("2" + times("(x)")) == 2 * n + 1)
    #expect(nodeCount(times("\"{", 1_000) + "1" + times("}\"", 1_000)) == 2_001)
  }

  @Test func longSums() {
    let n = Self.depth * 10
    #expect(nodeCount("x" + times("+x", n)) == 2 * n + 1)
    #expect(nodeCount("f(" + times("x, ", n) + "x)") == n + 2)
  }

  @Test func unclosedBrackets() {
    let open = Reading(times("(", 10 * Self.depth))
    #expect(open.failures.map(\.message) == ["'(' is never closed"])
    let lines = Reading(times("(\n"))
    #expect(lines.failures.count == 1)
    let mixed = Reading(times("f([{"))
    #expect(mixed.failures.count == 1)
    let closers = Reading(times(")\n", 1_000))
    #expect(closers.failures.count == 1_000)
  }

  @Test func longNamesAndLines() {
    let name = times("long", 250_000)
    let reading = Reading("\(name) = 1; \(name)")
    #expect(reading.failures.isEmpty)
    #expect(reading.parser.names.find(name) != nil)
    let unicode = times("é")
    #expect(Reading(unicode).streams == [unicode])
    #expect(Reading(times(" ", 100 * Self.depth) + "1").streams == ["1"])
    #expect(Reading("# " + times("no ", 10 * Self.depth) + "\n1").streams == ["1"])
  }

  @Test func manyStatements() {
    let reading = Reading((0..<Self.depth).map { "x\($0) = \($0)" }.joined(separator: "\n"))
    #expect(reading.statements.count == Self.depth)
    #expect(reading.parser.names.count == Reading("").parser.names.count + Self.depth)
  }
}
