import Interpreter

/// Scripts that train, run to their ends.
enum TrainingScript {
  /// What went wrong.
  static func failures(of text: String) -> [String] {
    var session = Session()
    session.feed(Array("\(text)\n".utf8), name: "test")
    var failures: [String] = []
    while let outcome = session.next() {
      if case .failure(let fault) = outcome { failures.append(fault.diagnostic.message) }
      if case .report(let report) = outcome, report.isFailure { failures.append("report") }
    }
    return failures
  }

  /// What is told where ^C comes at that question whether to stop: of a report its first line.
  static func lines(of text: String, stoppedAtQuestion last: Int) -> [String] {
    var options = Session.Options()
    let count = Counter()
    options.isInterrupted = { count.next() == last }
    var session = Session(options: options)
    session.feed(Array("\(text)\n".utf8), name: "test")
    var lines: [String] = []
    while let outcome = session.next() {
      switch outcome {
      case .text(let text): lines.append(text)
      case .report(let report):
        if case .line(let line)? = report.parts.first { lines.append(line) }
      case .failure(let fault): lines.append(fault.diagnostic.message)
      default: break
      }
    }
    return lines
  }

  private final class Counter: @unchecked Sendable {
    private var count = 0

    func next() -> Int {
      count += 1
      return count
    }
  }
}
