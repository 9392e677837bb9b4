import Optimization

/// What a `minimize` says.
extension Session {
  mutating func tell(_ run: inout Minimization) {
    var line = "step \(run.count + 1)  loss \(number(run.here.value))"
    let chosen = run.optimizer.chosen
    if case .firstOrder = chosen.row.method {
      let rate = chosen["lr"]
      if let told = run.toldRate, told != rate { line += "  rate \(number(rate))" }
      run.toldRate = rate
    }
    outcomes.append(.text(line))
  }

  /// Says how it ended; the params are where they are to stay.
  mutating func finish(
    _ run: Minimization, _ end: Minimization.End, _ request: TrainingRequest
  ) -> Bool {
    let name = run.optimizer.chosen.row.name
    let steps = "\(count(run.count, "step")) of \(name)"
    let change = "loss \(number(run.firstLoss)) → \(number(run.here.value))"
    var report = Report(
      statement: input.text(request.span),
      line: input.line + input.lineEnds(before: Int(statementSpan(request.span).start)))
    switch end {
    case .steps: report.say("\(steps): \(change)")
    case .goal: report.say("small enough after \(steps): \(change)")
    case .converged: report.say("converged after \(steps): \(change)")
    case .interrupted: report.say("stopped after \(steps): \(change)")
    }
    report.say(listing(of: run.trainees))
    outcomes.append(.report(report))
    return true
  }
}
