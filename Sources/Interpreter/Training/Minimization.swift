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
    stack[request.base + slot] = .node(graph.constant(Double(run.count)))
    run.optimizer.chosen = try chosenOptimizer(request).chosen
    // The number is forgotten with the other nodes of the step.
    stack[request.base + slot] = .nothing
  }
}
