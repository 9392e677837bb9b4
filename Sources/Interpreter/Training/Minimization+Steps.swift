import Autodiff
import Optimization
import Syntax

/// From one place of the params to the next.
extension Session {
  /// Makes one step.
  ///
  /// - Returns: false when there is nowhere lower to go.
  mutating func step(_ run: inout Minimization, _ request: TrainingRequest)
    throws(Diagnostic) -> Bool
  {
    let chosen = run.optimizer.chosen
    if case .limitedMemory = chosen.row.method { return try search(&run, request) }
    if let batch = run.batches?.next() {
      try step(&run, along: batch, request)
      return true
    }
    var position = run.here.position
    Optimizer.step(
      &position, along: run.here.gradient,
      clipping: Optimizer.clipping(of: [run.here.gradient], to: chosen["clip"]), chosen, &run.state)
    let before = run.here.value
    let there = try sample(&run.trainees, at: position, request)
    run.risesInARow = there.value > before ? run.risesInARow + 1 : 0
    let isRunaway =
      run.risesInARow >= 20 && there.value > 1e6 * max(abs(run.firstLoss), 1e-300)
    guard there.isFinite, !isRunaway else {
      throw divergence(run, there, chosen, request)
    }
    run.here = there
    run.count += 1
    report(step: run.count, of: run.steps, loss: there.value, rate: chosen["lr"])
    return true
  }

  /// One step along the gradient of a batch, whose loss is the one that is kept.
  private mutating func step(
    _ run: inout Minimization, along batch: [Batches.Part], _ request: TrainingRequest
  ) throws(Diagnostic) {
    let chosen = run.optimizer.chosen
    run.trainees.batch = batch
    let sample = try sample(&run.trainees, at: run.here.position, request)
    guard sample.isFinite else { throw divergence(run, sample, chosen, request) }
    run.here = sample
    Optimizer.step(
      &run.here.position, along: sample.gradient,
      clipping: Optimizer.clipping(of: [sample.gradient], to: chosen["clip"]), chosen, &run.state)
    run.count += 1
    report(step: run.count, of: run.steps, loss: sample.value, rate: chosen["lr"])
  }

  /// One step of a quasi-Newton method; the first goes a length of 1 at most.
  private mutating func search(_ run: inout Minimization, _ request: TrainingRequest)
    throws(Diagnostic) -> Bool
  {
    let chosen = run.optimizer.chosen
    guard run.here.greatestSlope > chosen["tolerance"], run.levelStepsInARow < 30 else {
      return false
    }
    var trainees = run.trainees
    defer { run.trainees = trainees }
    while true {
      let direction = run.memory.direction(run.here.gradient)
      let sum = run.here.gradient.reduce(0) { $0 + abs($1) }
      let first = run.memory.isEmpty ? min(1, 1 / sum) : 1
      let found = try LineSearch(from: run.here, along: direction).run(
        trying: first * chosen["lr"]
      ) { position throws(Diagnostic) in
        try tick(now: true, at: request.span)
        return try sample(&trainees, at: position, request)
      }
      if let found {
        run.memory.learn(
          move: zip(found.position, run.here.position).map { $0 - $1 },
          change: zip(found.gradient, run.here.gradient).map { $0 - $1 })
        let gain = run.here.value - found.value
        let isLevel = gain <= LineSearch.rounding(of: found.value)
        run.levelStepsInARow = isLevel ? run.levelStepsInARow + 1 : 0
        run.here = found
        run.count += 1
        report(
          step: run.count, of: request.site.clauses[.for] == nil ? nil : run.steps,
          loss: found.value)
        place(&trainees, at: found.position)
        return true
      }
      place(&trainees, at: run.here.position)
      if run.memory.isEmpty { return false }
      run.memory.forget()
    }
  }
}
