import Syntax

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// When a statement began, and what the graph held then.
package struct Stopwatch: Sendable {
  let start: Double
  let nodeCount: Int

  /// Seconds that only go forward.
  package static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

extension Session {
  /// `:time EXPR` runs the rest of its line with a stopwatch; `:time on` does so with every line.
  mutating func time(_ argument: Argument) throws(Diagnostic) -> Outcome? {
    let words = argument.words
    guard let first = words.first else { throw .nothingToTime(at: argument.span) }
    switch words.map(\.text) {
    case ["on"], ["off"]:
      return try choose(Word(text: "timing", span: argument.span), first)
    default:
      input.offset = argument.start
      isTimingNext = true
      return nil
    }
  }

  mutating func beginTiming(_ statement: Statement) {
    guard options.isTimed || isTimingNext else { return }
    if case .command = statement.kind { return }
    isTimingNext = false
    stopwatch = Stopwatch(start: Stopwatch.now, nodeCount: graph.count + reclaimedCount)
  }

  /// What the statement that has just ended took.
  mutating func timeReport() -> String? {
    guard let stopwatch else { return nil }
    self.stopwatch = nil
    let seconds = Stopwatch.now - stopwatch.start
    let nodes = graph.count + reclaimedCount - stopwatch.nodeCount
    return "took \(duration(seconds)) and made \(count(nodes, "node"))"
  }

  /// A time with three digits in the unit that suits it.
  private func duration(_ seconds: Double) -> String {
    let units = [(1.0, "s"), (1e-3, "ms"), (1e-6, "us")]
    let (size, unit) = units.first { seconds >= $0.0 } ?? (1e-9, "ns")
    let number = seconds / size
    let digits = number < 10 ? 100.0 : number < 100 ? 10 : 1
    let rounded = (number * digits).rounded() / digits
    return "\(rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)) \(unit)"
  }
}
