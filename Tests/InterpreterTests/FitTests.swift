import Interpreter
import Testing

/// `fit` on problems whose answers NIST has certified to eleven digits.
@Suite struct FitTests {
  @Test(arguments: ReferenceFits.all.map(\.name), [0, 1])
  func reachesTheCertifiedValues(_ name: String, _ start: Int) throws {
    let problem = try #require(ReferenceFits.all.first { $0.name == name })
    let names = problem.certified.indices.map { "b\($0 + 1)" }
    var text = "x = \(problem.x)\ny = \(problem.y)\n"
    for (name, value) in zip(names, problem.starts[start]) { text += "param \(name) = \(value)\n" }
    text += "fit y ~ \(problem.model) over \(names.joined(separator: ", "))\n"
    for (name, value) in zip(names, problem.certified) {
      text += "assert_close(\(name)/\(value), 1, 1e-10)\n"
    }
    #expect(TrainingTests.failures(of: text) == [])
  }

  /// Standard errors and deviation as NIST certifies them for Misra1a.
  @Test func tellsHowSureItIs() throws {
    let problem = try #require(ReferenceFits.all.first { $0.name == "Misra1a" })
    var session = Session()
    session.feed(
      Array(
        """
        x = \(problem.x); y = \(problem.y)
        param b1 = 250; param b2 = 0.0005
        fit y ~ \(problem.model) over b1, b2

        """.utf8), name: "test")
    var errors: [Double] = []
    var lines: [String] = []
    while let outcome = session.next() {
      guard case .report(let report) = outcome else { continue }
      for part in report.parts {
        switch part {
        case .line(let line): lines.append(line)
        case .table(let table):
          errors = table.rows.compactMap {
            if case .number(let error) = $0[2] { error } else { nil }
          }
        }
      }
    }
    #expect(errors.count == 2)
    #expect(abs(errors[0] / 2.7070075241 - 1) < 1e-9)
    #expect(abs(errors[1] / 7.2668688436e-6 - 1) < 1e-9)
    #expect(lines.first == "residual standard deviation 0.101879, 12 degrees of freedom")
  }

  @Test func paramsThatTheDataLeaveOpenAreNamed() {
    #expect(
      TrainingTests.failures(
        of: """
          param a = 1; param b = 1; param c = [1, 1]
          fit [1, 2, 4] ~ a*b*[1, 2, 4] over a, b
          assert_close(a*b, 1)
          fit [3, 5, 7] ~ c[0] + c[1]*[1, 2, 3] over c
          assert_close(c, [1, 2])
          """) == [])
  }
}
