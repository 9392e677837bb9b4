import Interpreter
import Testing

/// Every topic of help, walked.
@Suite struct TopicTests {
  @Test(arguments: Topic.all.map(\.name)) func itsExamplesRun(_ name: String) throws {
    let topic = try #require(Topic.all.first { $0.name == name })
    #expect(!topic.lines.isEmpty && topic.lines.allSatisfy { $0.count <= 98 })
    var session = Session()
    session.feed(Array((topic.examples.joined(separator: "\n") + "\n").utf8), name: "-")
    while let outcome = session.next() {
      if case .failure(let fault) = outcome {
        Issue.record("\(name): \(fault.diagnostic.message)")
      }
    }
  }

  @Test(arguments: Topic.all.map(\.name) + Command.all.map { ":\($0.name)" })
  func itIsExplained(_ word: String) {
    var session = Session()
    session.feed(Array(":help \(word)\n".utf8), name: "-")
    guard case .answer(let lines)? = session.next() else {
      Issue.record("no help on \(word)")
      return
    }
    #expect(lines.count > 1)
  }
}
