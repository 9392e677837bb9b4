import TestSupport
import Testing

/// Every script in `docs/examples` prints what stands beside it in a file that ends in `.out`.
@Suite struct ExampleTests {
  static let scripts = Golden.files(below: "docs/examples", ending: ".nabla")

  @Test(arguments: scripts) func printsWhatItShould(_ path: String) throws {
    let script = try #require(Golden.read("\(Golden.root)/\(path)"))
    let output = "\(path.dropLast(".nabla".count)).out"
    var player = Player(options: "--script")
    let printed = player.answer(script, name: path)
    #expect(player.failureCount == 0)
    expectSame(printed, as: Golden.read("\(Golden.root)/\(output)") ?? "", in: output)
  }

  @Test(arguments: scripts) func opensWithTwoLinesOfComment(_ path: String) throws {
    let script = try #require(Golden.read("\(Golden.root)/\(path)"))
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.prefix(2).allSatisfy { $0.hasPrefix("# ") })
    #expect(lines.dropFirst().first?.hasPrefix("# Look at ") == true)
  }
}
