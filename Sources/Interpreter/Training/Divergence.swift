import Autodiff
import Optimization
import Syntax
import Tensors

/// The end of a `minimize` whose loss grows.
extension Session {
  /// What to say of a loss that grows without end or is no number any more.
  mutating func divergence(
    _ run: Minimization, _ there: Sample, _ chosen: Hyperparameters, _ request: TrainingRequest
  ) -> Diagnostic {
    let what: String
    if !there.value.isFinite {
      what = "the loss became \(number(there.value))"
    } else if let bad = there.gradient.firstIndex(where: { !$0.isFinite }) {
      what =
        "the derivative with respect to \(run.trainees.label(bad, name)) became "
        + number(there.gradient[bad])
    } else {
      what = "the loss grew to \(number(there.value))"
    }
    var hint = "a smaller rate may help"
    if let limit = try? stableRate(chosen, run, request) {
      hint = "where it began, rates below \(number(limit)) are stable"
    }
    return .diverged(
      what, step: run.count + 1, before: number(run.here.value), at: request.site.subjects[0].span,
      hint: hint)
  }

  /// The greatest rate at which plain descent does not grow where the statement began:
  /// 2·(1 + momentum) over the greatest eigenvalue of the second derivatives.
  mutating func stableRate(
    _ chosen: Hyperparameters, _ run: Minimization, _ request: TrainingRequest
  ) throws(Diagnostic) -> Double? {
    guard chosen.row.name == "sgd", chosen["nesterov"] == 0, chosen["dampening"] == 0 else {
      return nil
    }
    var trainees = run.trainees
    trainees.batch = []
    place(&trainees, at: run.start)
    let loss = try evaluate(request.site.subjects[0], over: trainees, of: request)
    guard graph.count - trainees.mark < 100_000,
      let curvature = try? greatestCurvature(of: loss, trainees), curvature > 0
    else { return nil }
    return 2 * (1 + chosen["momentum"]) / curvature
  }

  /// The greatest eigenvalue of the second derivatives, by the power method.
  private mutating func greatestCurvature(of loss: NodeID, _ trainees: Trainees)
    throws(ShapeError) -> Double?
  {
    let slopes = SlopeNodes(
      of: try builder.gradient(of: loss, withRespectTo: leaves(of: trainees), in: &graph),
      mark: graph.count)
    let size = trainees.params.last?.range.upperBound ?? 0
    var direction = (0..<size).map { 1 + Double($0 % 7) / 10 }
    var (value, before) = (0.0, 0.0)
    for _ in 0..<200 {
      let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0, length.isFinite else { return nil }
      direction = direction.map { $0 / length }
      let next = try product(of: slopes, direction, trainees)
      (before, value) = (value, zip(next, direction).reduce(0) { $0 + $1.0 * $1.1 })
      direction = next
      if abs(value - before) <= 1e-9 * abs(value) { break }
    }
    graph.truncate(to: slopes.mark)
    return value
  }
}
