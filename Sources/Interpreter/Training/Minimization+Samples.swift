import Autodiff
import Optimization
import Syntax

/// The loss and its gradient where the params are.
extension Session {
  /// The loss and its gradient at the start, both finite and depending on every param.
  mutating func firstSample(
    _ trainees: inout Trainees, _ position: [Double], _ request: TrainingRequest
  ) throws(Diagnostic) -> Sample {
    let part = request.site.subjects[0]
    place(&trainees, at: position)
    var loss = try evaluate(part, over: trainees, of: request)
    if try requireInfluence(on: loss, of: trainees, "the loss", at: part.span) {
      trainees.isSnapshot = true
      loss = try evaluate(part, over: trainees, of: request)
      _ = try requireInfluence(on: loss, of: trainees, "the loss", at: part.span)
    }
    let sample = try sample(of: loss, over: trainees, at: position, part.span)
    guard sample.value.isFinite else {
      throw .startNotFinite("the loss", number(sample.value), at: part.span)
    }
    if let bad = sample.gradient.firstIndex(where: { !$0.isFinite }) {
      let label = trainees.label(bad, name)
      throw .startNotFinite(
        "the derivative with respect to \(label)", number(sample.gradient[bad]), at: part.span)
    }
    return sample
  }

  /// The loss over all the data where the params are.
  mutating func loss(_ run: inout Minimization, _ request: TrainingRequest) throws(Diagnostic)
    -> Double
  {
    guard run.batches != nil else { return run.here.value }
    run.trainees.batch = []
    place(&run.trainees, at: run.here.position)
    let loss = try evaluate(request.site.subjects[0], over: run.trainees, of: request)
    return graph.scalar(of: loss)
  }

  /// The loss and its gradient at a position, by a program where that can be.
  mutating func sample(
    _ trainees: inout Trainees, at position: [Double], _ request: TrainingRequest
  ) throws(Diagnostic) -> Sample {
    if let sample = compiledSample(&trainees, at: position, request) { return sample }
    let part = request.site.subjects[0]
    place(&trainees, at: position)
    let loss = try evaluate(part, over: trainees, of: request)
    return try sample(of: loss, over: trainees, at: position, part.span)
  }

  private mutating func sample(
    of loss: NodeID, over trainees: Trainees, at position: [Double], _ span: Span
  ) throws(Diagnostic) -> Sample {
    guard graph.isScalar(loss) else {
      throw .lossNotScalar("\(graph.shape(of: loss))", at: span)
    }
    return Sample(
      position: position, value: graph.scalar(of: loss),
      gradient: try gradient(of: loss, over: trainees, at: span))
  }
}
