import Autodiff
import Optimization
import Syntax

/// A `minimize` between two of its steps.
struct Minimization: Sendable {
  var trainees: Trainees
  /// Where the params are, the loss there and its gradient.
  var here: Sample
  var optimizer: OptimizerValue
  var state = OptimizerState()
  /// Where each step searches along a line: the search.
  var descent: Descent?
  /// Where each step looks at a batch of the data alone.
  var batches: Batches?
  let steps: Int
  /// After how many steps each a line is told; nil for never.
  let every: Int?
  /// Whether those lines are about epochs.
  let tellsEpochs: Bool
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
    case steps, goal, interrupted
    case found(Descent.Verdict)
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
      do throws(Diagnostic) {
        if try reachesGoal(&run, request) { return try finish(&run, .goal, request) }
        try tick(now: true, at: request.span)
        if request.site.stepSlot != nil { try chooseAnew(&run, request) }
        let isTold = run.every.map { (run.count + 1).isMultiple(of: $0) } ?? false
        if isTold, !run.tellsEpochs { try tell(&run, request) }
        if let verdict = try step(&run, request) {
          return try finish(&run, .found(verdict), request)
        }
        if isTold {
          if run.tellsEpochs { try tell(&run, request) }
          minimization = run
          return false
        }
      } catch {
        guard isAbandoned else { throw error }
        // The params stay where the last whole step has left them.
        place(&run.trainees, at: run.here.position)
        _ = try finish(&run, .interrupted, request)
        throw error
      }
    }
    return try finish(&run, reachesGoal(&run, request) ? .goal : .steps, request)
  }

  /// Whether the loss is small enough; over batches that is asked after each epoch.
  private mutating func reachesGoal(_ run: inout Minimization, _ request: TrainingRequest)
    throws(Diagnostic) -> Bool
  {
    guard let goal = run.goal else { return false }
    if let batches = run.batches, !run.count.isMultiple(of: batches.perEpoch) { return false }
    return try loss(&run, request) <= goal
  }

  private mutating func beginMinimizing(_ request: TrainingRequest) throws(Diagnostic)
    -> Minimization
  {
    if let slot = request.site.stepSlot { stack[request.base + slot] = .node(graph.constant(0)) }
    let optimizer = try chosenOptimizer(request)
    let batches = try batches(optimizer, request)
    let steps = try count(.for, of: request, epoch: batches?.perEpoch)
    let every = try count(.every, of: request, epoch: batches?.perEpoch)
    let goal = try number(.until, of: request)
    var (trainees, position) = try trainees(request)
    let here = try firstSample(&trainees, position, request)
    if let batches { try requireInfluence(of: batches, &trainees, request) }
    var descent: Descent?
    if case .limitedMemory = optimizer.chosen.row.method {
      descent = Descent(
        from: here, groups: trainees.params.map(\.range),
        history: Int(optimizer.chosen["history"]))
    }
    return Minimization(
      trainees: trainees, here: here, optimizer: optimizer, descent: descent, batches: batches,
      steps: steps ?? 1000, every: every, tellsEpochs: request.site.epochs.contains(.every),
      goal: goal, start: position, firstLoss: here.value)
  }

  /// A number of steps that a clause gives, maybe as a number of epochs.
  private mutating func count(
    _ clause: TrainingSyntax.Clause, of request: TrainingRequest, epoch: Int?
  ) throws(Diagnostic) -> Int? {
    guard let count = try count(clause, of: request) else { return nil }
    guard let epoch, request.site.epochs.contains(clause) else { return count }
    let (steps, isTooMany) = count.multipliedReportingOverflow(by: epoch)
    return isTooMany ? .max : steps
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
}
