import Optimization
import Syntax

/// What a `minimize` says.
extension Session {
  mutating func tell(_ run: inout Minimization, _ request: TrainingRequest) throws(Diagnostic) {
    let place =
      run.tellsEpochs
      ? "epoch \(run.count / (run.batches?.perEpoch ?? 1))" : "step \(run.count + 1)"
    var line = "\(place)  loss \(number(try loss(&run, request)))"
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
    _ run: inout Minimization, _ end: Minimization.End, _ request: TrainingRequest
  ) throws(Diagnostic) -> Bool {
    settle(&run.trainees, at: run.here.position)
    // After ^C the loss that is known has to do: that over all the data might take long.
    let last = end == .interrupted ? run.here.value : try loss(&run, request)
    guard end == .interrupted || last.isFinite else {
      let there = Sample(position: run.here.position, value: last, gradient: [])
      throw divergence(run, there, run.optimizer.chosen, request)
    }
    let name = run.optimizer.chosen.row.name
    let steps = "\(count(run.count, "step")) of \(name)"
    let change = "loss \(number(run.firstLoss)) → \(number(last))"
    var report = report(of: request)
    switch end {
    case .steps: report.say("\(steps): \(change)")
    case .goal: report.say("small enough after \(steps): \(change)")
    case .converged: report.say("converged after \(steps): \(change)")
    case .interrupted: report.say("stopped after \(steps): \(change)")
    }
    if !request.site.isSilent { report.say(listing(of: run.trainees)) }
    outcomes.append(.report(report))
    return true
  }
}
