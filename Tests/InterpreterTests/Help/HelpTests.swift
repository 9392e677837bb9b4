import Interpreter
import Syntax
import Testing

/// What `:help` answers, and how much room it takes.
@Suite struct HelpTests {
  private func answer(_ line: String) throws -> [String] {
    var session = Session()
    session.feed(Array("\(line)\n".utf8), name: "-")
    guard case .answer(let lines)? = session.next() else { return [] }
    return lines
  }

  @Test(arguments: ["help", ":help"]) func theOverviewFitsAScreen(_ line: String) throws {
    let lines = try answer(line)
    // The line that was typed and the next prompt stand on a screen of 24 rows as well.
    #expect((10...22).contains(lines.count))
    for line in lines { #expect(line.count <= 80, "\(line)") }
    for topic in Topic.all where topic.isListed {
      #expect(lines.contains { $0.hasPrefix("  \(topic.name) ") && $0.hasSuffix(topic.sentence) })
    }
  }

  @Test func topicsListTheirTables() throws {
    let functions = try answer(":help functions").joined(separator: " ")
    for word in ["tanh", "logsumexp", "hessian", "load_csv"] {
      #expect(functions.contains(" \(word)"))
    }
    let statements = try answer(":help statements")
    for lesson in Lesson.all { #expect(statements.contains { $0.contains(lesson.sentence) }) }
    let commands = try answer(":help commands")
    for command in Command.all { #expect(commands.contains { $0.contains(command.sentence) }) }
  }

  @Test(arguments: Operator.all) func everySpellingIsExplained(_ row: Operator) throws {
    for word in [row.spelling] + row.otherSpellings {
      #expect(try !answer(":help \(word)").isEmpty, "\(word)")
    }
  }
}
