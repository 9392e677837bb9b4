import Interpreter
import Testing

/// `fit` on problems whose answers NIST has certified to eleven digits.
@Suite struct FitTests {
  @Test func allProblemsAreThere() {
    #expect(ReferenceFits.all.count == 27)
    #expect(ReferenceFits.all.allSatisfy { !$0.model.isEmpty && $0["y"].count > 5 })
  }

  /// From both starts ten digits of the parameters and nine of their standard errors, of the sum of
  /// squares as many.
  ///
  /// Of Lanczos1, whose residuals are the rounding of its data, no more of them can be had in
  /// doubles: 1.4e-25 is the sum of squares of 24 numbers near 1.
  @Test(arguments: ReferenceFits.all.map(\.name), ["first", "second"])
  func reachesTheCertifiedValues(_ name: String, _ start: String) throws {
    let problem = try #require(ReferenceFits.all.first { $0.name == name })
    var session = Session()
    session.feed(Array(problem.script(from: start).utf8), name: name)
    var rows: [[Report.Cell]] = []
    while let outcome = session.next() {
      if case .failure(let fault) = outcome { Issue.record("\(fault.diagnostic.message)") }
      guard case .report(let report) = outcome else { continue }
      #expect(!report.isFailure)
      for case .table(let table) in report.parts { rows = table.rows }
    }
    let certainty = name == "Lanczos1" ? 0.01 : 1e-9
    try #require(rows.count == problem["certified"].count)
    for (place, row) in rows.enumerated() {
      guard case .number(let estimate) = row[1], case .number(let error) = row[2] else {
        Issue.record("no estimate in row \(place)")
        continue
      }
      let certified = try #require(Double(problem["certified"][place]))
      let deviation = try #require(Double(problem["deviations"][place]))
      #expect(abs(estimate / certified - 1) < 1e-10, "b\(place + 1) = \(estimate)")
      #expect(abs(error / deviation - 1) < certainty, "error of b\(place + 1): \(error)")
    }
  }

  @Test func paramsThatTheDataLeaveOpenAreNamed() {
    #expect(
      TrainingScript.failures(
        of: """
          param a = 1; param b = 1; param c = [1, 1]
          fit [1, 2, 4] ~ a*b*[1, 2, 4] over a, b
          assert_close(a*b, 1)
          fit [3, 5, 7] ~ c[0] + c[1]*[1, 2, 3] over c
          assert_close(c, [1, 2])
          """) == [])
  }

  /// Data that lie on the curve are fitted up to rounding, and that is an end.
  @Test func residualsThatAreRoundingAreAnEnd() {
    for (rate, height, base) in [(1.01, 3.31, 1.29), (0.73, 4.2, 0.31), (2.11, 0.95, 3.3)] {
      #expect(
        TrainingScript.failures(
          of: """
            x = range(1, 20)/4
            t(a, b, c) = a*exp(-b*x) + c
            y = t(\(height), \(rate), \(base))
            param a = 1.1*\(height); param b = 0.95*\(rate); param c = 1.02*\(base)
            fit y ~ t(a, b, c) over a, b, c
            assert_close([a, b, c], [\(height), \(rate), \(base)], 1e-13)
            """) == [])
    }
  }

  /// Watson's function of twelve variables, so flat that methods for any loss stop above its
  /// minimum, which Moré, Garbow and Hillstrom give as 4.72238e-10.
  @Test func reachesTheMinimumOfWatsonsFunction() {
    #expect(
      TrainingScript.failures(
        of: """
          param x = zeros(12)
          t = reshape(range(1, 30)/29, 29, 1); j = range(12)
          r(x) = concat((j*t^relu(j - 1)) @ x - (t^j @ x)^2 - 1, [x[0], x[1] - x[0]^2 - 1])
          fit zeros(31) ~ r(x) over x
          assert_close(sum(r(x)^2), 4.72238e-10, 1e-6)
          """) == [])
  }

  /// ^C leaves the params at the best place so far, which is told.
  @Test func interruptionKeepsTheBestPlace() {
    let seen = TrainingScript.lines(
      of: "param a = 3\nfit [2, 4] ~ exp(a)*[1, 2] over a\nprint a < 1.2", stoppedAtQuestion: 6)
    #expect(seen.count == 3)
    #expect(seen.first?.hasPrefix("stopped after 5 evaluations: sum of squares ") == true)
    #expect(seen.dropFirst() == ["stopped", "1"])
  }
}
