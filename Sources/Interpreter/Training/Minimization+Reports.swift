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
    let (status, words) = words(for: end)
    let last = status == .interrupted ? run.here.value : try loss(&run, request)
    guard status == .interrupted || last.isFinite else {
      let there = Sample(position: run.here.position, value: last, gradient: [])
      throw divergence(run, there, run.optimizer.chosen, request)
    }
    var report = report(of: request)
    (report.status, report.isFailure) = (status, status.isFailure)
    let change = "loss \(number(run.firstLoss)) → \(number(last))"
    let opening = words.isEmpty ? "" : "\(words) "
    report.say("\(opening)\(steps(of: run))\(place(of: status)): \(change)")
    for line in remarks(on: status, run) { report.say(line) }
    if last > run.firstLoss, status == .steps || status == .goal {
      let limit = try? stableRate(run.optimizer.chosen, run, request)
      report.say(
        "the loss grew: "
          + (limit.map { "where it began, rates below \(number($0)) are stable" }
            ?? "a smaller rate may help"))
      place(&run.trainees, at: run.here.position)
    }
    if !request.site.isSilent {
      for line in listing(of: run.trainees) { report.say(line) }
    }
    outcomes.append(.report(report))
    return true
  }

  private func words(for end: Minimization.End) -> (Training.Status, String) {
    switch end {
    case .steps: (.steps, "")
    case .goal, .found(.slight): (.goal, "small enough after")
    case .interrupted: (.interrupted, "stopped after")
    case .found(.minimum): (.converged, "converged after")
    case .found(.flat): (.flat, "stopped after")
    case .found(.saddle): (.saddle, "stopped after")
    case .found(.maximum): (.maximum, "stopped after")
    case .found(.endless): (.unbounded, "stopped after")
    case .found(.receding): (.receding, "stopped after")
    case .found(.stuck): (.stopped, "stopped after")
    }
  }

  /// `39 steps of lbfgs`, and those that other ways have made.
  private func steps(of run: Minimization) -> String {
    let name = run.optimizer.chosen.row.name
    guard let counts = run.descent?.counts, counts[1] + counts[2] > 0 else {
      return "\(count(run.count, "step")) of \(name)"
    }
    return "\(count(run.count, "step")) (\(counts[0]) of \(name)"
      + (counts[1] > 0 ? ", \(counts[1]) by curvature" : "")
      + (counts[2] > 0 ? ", \(counts[2]) among kinks" : "") + ")"
  }

  private func place(of status: Training.Status) -> String {
    switch status {
    case .saddle: " at a saddle"
    case .maximum: " at a maximum"
    default: ""
    }
  }

  /// What there is to know about an end that is no minimum, and what to try.
  private func remarks(on status: Training.Status, _ run: Minimization) -> [String] {
    let slopes = run.here.gradient
    let steepest = slopes.indices.max { abs(slopes[$0]) < abs(slopes[$1]) } ?? 0
    let label = slopes.isEmpty ? "" : run.trainees.label(steepest, name)
    let slope = slopes.isEmpty ? "" : number(slopes[steepest])
    return switch status {
    case .stopped:
      [
        "no lower place was found; the greatest slope is \(slope), with respect to \(label)",
        "try another start, or params that are all of a size near 1",
      ]
    case .saddle:
      ["every slope is 0, but lower places lie next to it: start elsewhere"]
    case .maximum:
      ["every slope is 0, and all around is lower: start elsewhere"]
    case .flat:
      ["the loss is level here, so no way leads down: start elsewhere if it should go lower"]
    case .unbounded:
      ["unbounded: the loss falls without end, so there is no minimum"]
    case .receding:
      receding(run.descent?.goer.map { run.trainees.label($0, name) } ?? label)
    case .steps where run.descent != nil:
      ["not yet a minimum: the greatest slope is \(slope), with respect to \(label)"]
    default: []
    }
  }

  private func receding(_ label: String) -> [String] {
    [
      "no minimum nearby: the loss falls ever more slowly while \(label) goes on and on; "
        + "a penalty such as + 1e-6*\(label)^2 gives it one"
    ]
  }
}
