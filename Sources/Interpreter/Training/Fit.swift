import Autodiff
import Optimization
import Syntax
import Tensors

/// `fit y ~ model over a, b`.
extension Session {
  mutating func fit(_ request: TrainingRequest) throws(Diagnostic) {
    let limit = try count(.for, of: request) ?? 2000
    let target = try fitData(request)
    var (trainees, start) = try trainees(request)
    guard target.count >= start.count else {
      throw .tooFewData(target.count, start.count, at: request.site.subjects[0].span)
    }
    place(&trainees, at: start)
    let part = request.site.subjects[1]
    let model = try evaluate(part, over: trainees, of: request)
    trainees.isSnapshot = try requireInfluence(
      on: model, of: trainees, "the model", at: part.span)
    var lowest: (position: [Double], sum: Double)?
    var made = 0
    func function(_ position: [Double]) throws(Diagnostic) -> LeastSquares.Linearization {
      try tick(now: true, at: request.span)
      let found = try linearize(&trainees, at: position, target, request)
      let sum = found.residuals.reduce(0) { $0 + $1 * $1 }
      made += 1
      if sum < lowest?.sum ?? .infinity { lowest = (position, sum) }
      report(step: made, of: nil, loss: lowest?.sum ?? sum)
      return found
    }
    let best: LeastSquares
    do throws(Diagnostic) {
      let first = try function(start)
      try requireFinite(first, target, trainees, at: part.span)
      best = try Session.search(from: start, first, limit, target, function)
    } catch {
      if isAbandoned, let lowest {
        place(&trainees, at: lowest.position)
        var report = self.report(of: request)
        report.say(
          "stopped after \(count(made, "evaluation")): sum of squares \(number(lowest.sum))")
        for line in listing(of: trainees) { report.say(line) }
        report.status = .interrupted
        outcomes.append(.report(report))
      }
      throw error
    }
    place(&trainees, at: best.position)
    outcomes.append(.report(report(best, trainees, target, request)))
  }

  /// Makes sure that there is a way to go from the start.
  private func requireFinite(
    _ first: LeastSquares.Linearization, _ target: Tensor, _ trainees: Trainees, at span: Span
  ) throws(Diagnostic) {
    if let bad = first.residuals.firstIndex(where: { !$0.isFinite }) {
      throw .modelNotFinite(
        number(first.residuals[bad] + target.elements[bad]), place: bad, at: span)
    }
    for (place, column) in first.columns.enumerated() {
      guard let bad = column.firstIndex(where: { !$0.isFinite }) else { continue }
      throw .slopeNotFinite(
        trainees.label(place, name), number(column[bad]), place: bad, at: span)
    }
    let sum = first.residuals.reduce(0) { $0 + $1 * $1 }
    guard sum.isFinite else { throw .startNotFinite("the sum of squares", number(sum), at: span) }
  }

  private mutating func fitData(_ request: TrainingRequest) throws(Diagnostic) -> Tensor {
    let part = request.site.subjects[0]
    let value = try evaluate(part, of: request)
    guard case .node(let id) = value else { throw .needsNumber(value.kind, at: part.span) }
    let target = graph.tensor(of: id)
    if let bad = target.elements.firstIndex(where: { !$0.isFinite }) {
      throw .dataNotFinite(number(target.elements[bad]), place: bad, at: part.span)
    }
    return target
  }

  /// Searches in several manners and takes the lowest end.
  private static func search(
    from start: [Double], _ first: LeastSquares.Linearization, _ limit: Int, _ target: Tensor,
    _ function: LeastSquares.Function<Diagnostic>
  ) throws(Diagnostic) -> LeastSquares {
    let rounding =
      1e-14 * target.elements.reduce(0) { max($0, abs($1)) }
      * Double(target.count).squareRoot()
    var best: LeastSquares?
    for manner in LeastSquares.Manner.all {
      var search = LeastSquares(from: start, first, manner, rounding: rounding)
      // Once an end is known, a search that wanders on is given up earlier.
      let patience = best?.hasConverged == true ? min(limit, 300) : limit
      while search.iterations < patience, try search.advance(function) {}
      if search.hasConverged, search.iterations < patience { try search.polish(function) }
      if search.sum < (best?.sum ?? .infinity) * (1 - 1e-10) || best == nil { best = search }
      // Where a run takes long, one that has found its end is enough.
      if search.hasConverged, first.residuals.count * start.count > 100_000 { break }
    }
    return best ?? LeastSquares(from: start, first, .all[0], rounding: rounding)
  }

  /// The residuals model - y and their derivatives, one forward sweep for each entry of the params.
  private mutating func linearize(
    _ trainees: inout Trainees, at position: [Double], _ target: Tensor,
    _ request: TrainingRequest
  ) throws(Diagnostic) -> LeastSquares.Linearization {
    let part = request.site.subjects[1]
    place(&trainees, at: position)
    let model = try evaluate(part, over: trainees, of: request)
    let found = graph.tensor(of: model)
    guard Shape.broadcast(found.shape, target.shape) == target.shape else {
      throw .modelShape("\(found.shape)", "\(target.shape)", at: part.span)
    }
    var directions: [[TangentBuilder.Seed]] = []
    for (param, leaf) in zip(trainees.params, leaves(of: trainees)) {
      for place in 0..<param.range.count {
        var unit = [Double](repeating: 0, count: param.range.count)
        unit[place] = 1
        let seed = graph.constant(Tensor(shape: param.shape, elements: unit))
        directions.append([TangentBuilder.Seed(leaf, seed)])
      }
    }
    var tangents = TangentBuilder()
    do throws(ShapeError) {
      let value = try found.broadcast(to: target.shape)
      let tangents = try tangents.tangents(of: [model], along: directions, in: &graph)
      let columns = try tangents.map { answers throws(ShapeError) -> [Double] in
        guard let tangent = answers[0] else {
          return [Double](repeating: 0, count: value.count)
        }
        return try graph.tensor(of: tangent).broadcast(to: target.shape).elements
      }
      let residuals = zip(value.elements, target.elements).map { $0 - $1 }
      return LeastSquares.Linearization(residuals: residuals, columns: columns)
    } catch {
      throw .shape(error, [], at: part.span)
    }
  }

  private func report(
    _ search: LeastSquares, _ trainees: Trainees, _ target: Tensor, _ request: TrainingRequest
  ) -> Report {
    var report = report(of: request)
    let certainty = search.certainty
    var table = Report.Table(columns: [
      .words("param"), .numbers("estimate"), .numbers("standard error"),
    ])
    let isCertain = certainty.degreesOfFreedom > 0
    for (place, estimate) in search.position.enumerated() {
      let error = certainty.errors[place]
      table.rows.append([
        .text(trainees.label(place, name)), .number(estimate),
        isCertain && error.isFinite ? .number(error) : .empty,
      ])
    }
    report.show(table)
    let freedom = count(certainty.degreesOfFreedom, "degree")
    report.say(
      isCertain
        ? "residual standard deviation \(number(certainty.residualDeviation)), \(freedom) of freedom"
        : "as many params as data: nothing is left to tell how sure they are")
    report.say(
      "sum of squares \(number(search.sum)) after \(count(search.iterations, "iteration"))")
    if certainty.rank < search.position.count {
      let open = search.position.indices.filter { !certainty.errors[$0].isFinite }
      let names = open.map { trainees.label($0, name) }.joined(separator: ", ")
      report.say(
        "the data determine \(certainty.rank) of \(search.position.count) directions: \(names) "
          + (open.count == 1 ? "stays open" : "cannot be told apart"))
    }
    report.status = search.hasConverged ? .converged : .stopped
    if !search.hasConverged {
      report.say("not converged: the sum of squares may go lower")
      report.isFailure = true
    }
    return report
  }
}

extension Diagnostic {
  static func tooFewData(_ data: Int, _ params: Int, at span: Span) -> Diagnostic {
    Diagnostic("\(data) data cannot determine \(params) params", at: span)
  }

  static func modelShape(_ model: String, _ data: String, at span: Span) -> Diagnostic {
    Diagnostic("the model has shape \(model), the data have \(data)", at: span)
  }

  static func modelNotFinite(_ value: String, place: Int, at span: Span) -> Diagnostic {
    Diagnostic("the model is \(value) at the start, in entry \(place)", at: span)
  }

  static func slopeNotFinite(
    _ param: String, _ value: String, place: Int, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "the derivative of entry \(place) with respect to \(param) is \(value) at the start", at: span
    )
  }

  static func dataNotFinite(_ value: String, place: Int, at span: Span) -> Diagnostic {
    Diagnostic("the data have \(value) in entry \(place)", at: span)
  }
}
