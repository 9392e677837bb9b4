import TestSupport
import Testing

/// The page of promises names all that the README makes, each with tests that are there.
@Suite struct PromiseTests {
  private static let path = "docs/reference/promises.md"

  private func text(_ path: String) throws -> String {
    try #require(Golden.read("\(Golden.root)/\(path)"), "\(path)")
  }

  /// The promises of the README: what is bold under the first heading, and each line of the list.
  private func promises() throws -> [String] {
    var promises: [String] = []
    var section = ""
    for line in try text("README.md").split(separator: "\n") {
      if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
      guard line.hasPrefix("- ") else { continue }
      let item = line.dropFirst(2)
      switch section {
      case "What it is for":
        let bold = item.dropFirst(2).prefix { $0 != "*" && $0 != "." && $0 != "," }
        promises.append(String(bold))
      case "Promises": promises.append(String(item.prefix { $0 != ":" && $0 != "." && $0 != "," }))
      default: break
      }
    }
    return promises
  }

  @Test func everyPromiseIsThere() throws {
    let promises = try promises()
    #expect(promises.count >= 10)
    let headings = try text(Self.path).split(separator: "\n").filter { $0.hasPrefix("## ") }
      .map { $0.dropFirst(3) }
    for promise in promises {
      // A heading may say less than the line, but begins as it does.
      #expect(
        headings.contains { promise.hasPrefix($0) || $0.hasPrefix(promise) },
        "\(promise) has no heading in \(Self.path)")
    }
    #expect(headings.count == promises.count)
  }

  @Test func everyTestThatIsNamedExists() throws {
    var count = 0
    for row in try text(Self.path).split(separator: "\n") where row.contains("](../../Tests/") {
      let link = try #require(row.split(separator: "](../../").last?.prefix { $0 != ")" })
      let source = try text(String(link))
      guard link.hasSuffix(".swift") else {
        #expect(source.contains("> "), "\(link) is no transcript")
        continue
      }
      let names = row.split(separator: "`").filter { $0.contains(".") && !$0.contains(" ") }
        .filter { !$0.contains("/") }
      #expect(!names.isEmpty, "\(row)")
      for name in names {
        let parts = name.split(separator: ".")
        #expect(source.contains("struct \(parts[0]) "), "\(name) is not in \(link)")
        #expect(source.contains("func \(parts[1])("), "\(name) is not in \(link)")
        count += 1
      }
    }
    #expect(count >= 25)
  }
}
