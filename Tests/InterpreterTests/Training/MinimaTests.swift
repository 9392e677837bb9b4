import TestSupport
import Testing

/// `minimize` without a word on how, on the functions of Moré, Garbow and Hillstrom, 1981, from
/// `Tests/Problems/minima.txt`.
@Suite struct MinimaTests {
  struct Problem: Sendable {
    let name: String
    let minima: [Double]
    let script: String
  }

  static let problems: [Problem] = {
    let text = Golden.read("\(Golden.root)/Tests/Problems/minima.txt") ?? ""
    return text.split(separator: "\nname ").dropFirst().map { section in
      let lines = section.split(separator: "\n").map(String.init)
      return Problem(
        name: lines[0],
        minima: lines[1].split(separator: " ").dropFirst().compactMap { Double($0) },
        script: lines.dropFirst(2).map { $0.hasPrefix("x = ") ? "param \($0)" : $0 }
          .joined(separator: "\n"))
    }
  }()

  @Test func allProblemsAreThere() {
    #expect(Self.problems.count == 38)
    #expect(Self.problems.allSatisfy { !$0.minima.isEmpty })
  }

  @Test(arguments: problems.map(\.name)) func reachesAPublishedMinimum(_ name: String) throws {
    let problem = try #require(Self.problems.first { $0.name == name })
    // A minimum is printed with six digits.
    let claims = problem.minima.map { "abs(f(x) - \($0)) <= 5e-6*\($0) + 1e-15" }
    let failures = TrainingScript.failures(
      of: problem.script + "\nminimize f(x) over x\nassert \(claims.joined(separator: " or "))")
    #expect(failures == [])
  }
}
