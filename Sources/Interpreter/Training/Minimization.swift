import Autodiff
import Optimization
import Syntax
import Tensors

/// A `minimize` between two of its steps.
struct Minimization: Sendable {
  var trainees: Trainees
  /// Where the params are, the loss there and its gradient.
  var here: Sample
  var optimizer: OptimizerValue
  var state = OptimizerState()
  var memory: LimitedMemory
  let steps: Int
  /// After how many steps each a line is told; nil for never.
  let every: Int?
  /// The loss that is small enough.
  let goal: Double?
  let start: [Double]
  let firstLoss: Double
  /// The steps made.
  var count = 0
  var risesInARow = 0
  /// The rate that was told last.
  var toldRate: Double?

  /// Why it ended.
  enum End {
    case steps, goal, converged, interrupted
  }
}

extension Session {
  /// Begins a `minimize`, or goes on with it until something is to be told.
  ///
  /// - Returns: whether it is done.
  mutating func minimize(_ request: TrainingRequest) throws(Diagnostic) -> Bool {
    var run: Minimization
    if let begun = minimization { run = begun } else { run = try beginMinimizing(request) }
    // Held in one place only, so that its lists are changed in place.
    minimization = nil
    while run.count < run.steps {
      if let goal = run.goal, run.here.value <= goal { return finish(run, .goal, request) }
      do throws(Diagnostic) {
        try tick(now: true, at: request.span)
        if request.site.stepSlot != nil { try chooseAnew(&run, request) }
        let isTold = run.every.map { (run.count + 1).isMultiple(of: $0) } ?? false
        if isTold { tell(&run) }
        guard try step(&run, request) else { return finish(run, .converged, request) }
        if isTold {
          minimization = run
          return false
        }
      } catch {
        guard isStopped else { throw error }
        // The params stay where the last whole step has left them.
        place(&run.trainees, at: run.here.position)
        _ = finish(run, .interrupted, request)
        throw error
      }
    }
    return finish(run, run.goal.map { run.here.value <= $0 } == true ? .goal : .steps, request)
  }

  private mutating func beginMinimizing(_ request: TrainingRequest) throws(Diagnostic)
    -> Minimization
  {
    if let slot = request.site.stepSlot { stack[request.base + slot] = .node(graph.constant(0)) }
    let optimizer = try chosenOptimizer(request)
    let steps = try count(.for, of: request) ?? 1000
    let every = try count(.every, of: request)
    let goal = try number(.until, of: request)
    var (trainees, position) = try trainees(request)
    let here = try firstSample(&trainees, position, request)
    return Minimization(
      trainees: trainees, here: here, optimizer: optimizer,
      memory: LimitedMemory(history: Int(optimizer.chosen["history"])), steps: steps, every: every,
      goal: goal, start: position, firstLoss: here.value)
  }

  private mutating func chosenOptimizer(_ request: TrainingRequest) throws(Diagnostic)
    -> OptimizerValue
  {
    guard let part = request.site.clauses[.using] else {
      return OptimizerValue(chosen: Hyperparameters(of: .lbfgs), serial: 0)
    }
    let value = try evaluate(part, of: request)
    guard case .optimizer(let optimizer) = value else {
      throw .noOptimizer(value.kind, at: part.span)
    }
    return optimizer
  }

  /// Evaluates what stands behind `using` for the step that comes.
  private mutating func chooseAnew(_ run: inout Minimization, _ request: TrainingRequest)
    throws(Diagnostic)
  {
    guard let slot = request.site.stepSlot else { return }
    settle(&run.trainees, at: run.here.position)
    stack[request.base + slot] = .node(graph.constant(Double(run.count)))
    run.optimizer.chosen = try chosenOptimizer(request).chosen
    // The number is forgotten with the other nodes of the step.
    stack[request.base + slot] = .nothing
  }

  private mutating func firstSample(
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
    guard graph.isScalar(loss) else {
      throw .lossNotScalar("\(graph.shape(of: loss))", at: part.span)
    }
    let sample = Sample(
      position: position, value: graph.scalar(of: loss),
      gradient: try gradient(of: loss, over: trainees, at: part.span))
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

  private mutating func sample(
    _ trainees: inout Trainees, at position: [Double], _ request: TrainingRequest
  ) throws(Diagnostic) -> Sample {
    if let sample = compiledSample(&trainees, at: position, request) { return sample }
    let part = request.site.subjects[0]
    place(&trainees, at: position)
    let loss = try evaluate(part, over: trainees, of: request)
    guard graph.isScalar(loss) else {
      throw .lossNotScalar("\(graph.shape(of: loss))", at: part.span)
    }
    return Sample(
      position: position, value: graph.scalar(of: loss),
      gradient: try gradient(of: loss, over: trainees, at: part.span))
  }

  /// Makes one step.
  ///
  /// - Returns: false when there is nowhere lower to go.
  private mutating func step(_ run: inout Minimization, _ request: TrainingRequest)
    throws(Diagnostic) -> Bool
  {
    let chosen = run.optimizer.chosen
    if case .limitedMemory = chosen.row.method { return try search(&run, request) }
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
    options.progress?(
      Progress(step: run.count, steps: run.steps, loss: there.value, rate: chosen["lr"]))
    return true
  }

  /// One step of a quasi-Newton method; the first goes a length of 1 at most.
  private mutating func search(_ run: inout Minimization, _ request: TrainingRequest)
    throws(Diagnostic) -> Bool
  {
    let chosen = run.optimizer.chosen
    guard run.here.greatestSlope > chosen["tolerance"] else { return false }
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
        run.here = found
        run.count += 1
        options.progress?(
          Progress(step: run.count, steps: run.steps, loss: found.value, rate: nil))
        place(&trainees, at: found.position)
        return true
      }
      place(&trainees, at: run.here.position)
      if run.memory.isEmpty { return false }
      run.memory.forget()
    }
  }

  private mutating func tell(_ run: inout Minimization) {
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
  private mutating func finish(
    _ run: Minimization, _ end: Minimization.End, _ request: TrainingRequest
  ) -> Bool {
    var run = run
    settle(&run.trainees, at: run.here.position)
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

extension Session {
  /// What to say of a loss that grows without end or is no number any more.
  private mutating func divergence(
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
  private mutating func stableRate(
    _ chosen: Hyperparameters, _ run: Minimization, _ request: TrainingRequest
  ) throws(Diagnostic) -> Double? {
    guard chosen.row.name == "sgd", chosen["nesterov"] == 0, chosen["dampening"] == 0 else {
      return nil
    }
    var trainees = run.trainees
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
    let leaves = leaves(of: trainees)
    let slopes = try builder.gradient(of: loss, withRespectTo: leaves, in: &graph)
    let size = trainees.params.last?.range.upperBound ?? 0
    var direction = (0..<size).map { 1 + Double($0 % 7) / 10 }
    var (value, before) = (0.0, 0.0)
    let mark = graph.count
    for _ in 0..<200 {
      let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0, length.isFinite else { return nil }
      direction = direction.map { $0 / length }
      graph.truncate(to: mark)
      var product = graph.constant(0)
      for (param, slope) in zip(trainees.params, slopes) {
        guard let slope else { continue }
        let part = Tensor(shape: param.shape, elements: Array(direction[param.range]))
        let terms = try graph.apply(.multiply, slope, graph.constant(part))
        let sum = try graph.apply(Primitive.row("sum"), [terms])
        product = try graph.apply(.add, product, sum)
      }
      let found = try builder.gradient(of: product, withRespectTo: leaves, in: &graph)
      var next: [Double] = []
      for (param, answer) in zip(trainees.params, found) {
        next +=
          answer.map { graph.tensor(of: $0).elements }
          ?? [Double](repeating: 0, count: param.range.count)
      }
      (before, value) = (value, zip(next, direction).reduce(0) { $0 + $1.0 * $1.1 })
      direction = next
      if abs(value - before) <= 1e-9 * abs(value) { break }
    }
    graph.truncate(to: mark)
    return value
  }
}
