import Autodiff
import Optimization
import Syntax

/// From one place of the params to the next.
extension Session {
  /// Makes one step.
  ///
  /// - Returns: the verdict of a search that is at its end.
  mutating func step(_ run: inout Minimization, _ request: TrainingRequest)
    throws(Diagnostic) -> Descent.Verdict?
  {
    let chosen = run.optimizer.chosen
    if case .limitedMemory = chosen.row.method { return try search(&run, request) }
    if let batch = run.batches?.next() {
      try step(&run, along: batch, request)
      return nil
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
    return nil
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

  /// One step of a search.
  private mutating func search(_ run: inout Minimization, _ request: TrainingRequest)
    throws(Diagnostic) -> Descent.Verdict?
  {
    let chosen = run.optimizer.chosen
    guard var descent = run.descent else { return .stuck }
    if run.here.greatestSlope <= chosen["tolerance"], chosen["tolerance"] > 0 { return .slight }
    // Held in one place only, so that its lists are changed in place.
    run.descent = nil
    var trainees = run.trainees
    defer { run.trainees = trainees }
    var slopes: SlopeNodes?
    let progress = try descent.advance(trying: chosen["lr"]) { position throws(Diagnostic) in
      try tick(now: true, at: request.span)
      slopes = nil
      return try sample(&trainees, at: position, request)
    } _: { position, question throws(Diagnostic) in
      try tick(now: true, at: request.span)
      return try curvature(&trainees, at: position, question, &slopes, request)
    }
    let there = descent.sample
    run.descent = descent
    let count = descent.counts.reduce(0, +)
    run.here = there
    place(&trainees, at: there.position)
    if run.count < count {
      run.count = count
      report(
        step: run.count, of: request.site.clauses[.for] == nil ? nil : run.steps,
        loss: there.value)
    }
    if case .ended(let verdict) = progress { return verdict }
    return nil
  }
}
