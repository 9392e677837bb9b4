import TestSupport
import Testing

/// The functions in `docs/examples/problems`, against numbers that another program has worked out:
/// SymPy, by `Tests/Problems/reference.py`.
@Suite struct ProblemTests {
  private static let folder = "docs/examples/problems"

  private static let lines: [[String]] = {
    let text = Golden.read("\(Golden.root)/Tests/Problems/reference.txt") ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: " ").map(String.init) }
  }()

  @Test func everyReferenceHasItsScript() {
    #expect(Self.lines.count == 14)
  }

  @Test(arguments: lines) func derivativesAreRight(_ line: [String]) throws {
    let path = "\(Self.folder)/\(line[0]).nabla"
    let script = try #require(Golden.read("\(Golden.root)/\(path)"))
    let definition = script.split(separator: "\n").prefix { !$0.hasPrefix("print") }
    var player = Player(options: "--script --digits max")
    let start = player.answer(definition.joined(separator: "\n"), name: path)
    #expect(start.isEmpty)
    let answer = player.answer("print f, grad(f, x), hessian(f, x)")
    let found = answer.split { "[], \n".contains($0) }.map { Double($0) }
    let expected = line.dropFirst().map { Double($0) }
    try #require(found.count == expected.count, "\(answer)")
    for (place, pair) in zip(found, expected).enumerated() {
      let (value, reference) = (try #require(pair.0), try #require(pair.1))
      #expect(
        abs(value - reference) <= 1e-12 * max(1, abs(reference)),
        "\(line[0]), number \(place): \(value), not \(reference)")
    }
  }
}
