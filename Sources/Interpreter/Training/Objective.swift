import Autodiff
import Optimization
import Syntax

/// The loss and its gradient as a program of the params, once they have been evaluated.
struct Objective: Sendable {
  fileprivate var program: Program?
  /// What the expression reads beside the params, and what was there.
  fileprivate var invariants: [(Location, Contents)] = []
  /// How often nothing came of it.
  fileprivate var failures = 0
  fileprivate static let mostFailures = 3
  /// Whether the params of the session stay behind those that the program was run with.
  var isAhead = false
}

extension Session {
  /// The loss and its gradient at a position, by a program.
  ///
  /// - Returns: nil where they have to be evaluated as they are written: no program can do it, or it
  ///   would go another way there.
  mutating func compiledSample(
    _ trainees: inout Trainees, at position: [Double], _ request: TrainingRequest
  ) -> Sample? {
    guard options.compilesLoops, !options.isStrict, !graph.isLent, !trainees.isSnapshot,
      trainees.batch.isEmpty, compactionCount == trainees.compactions,
      trainees.objective.failures < Objective.mostFailures
    else { return nil }
    if trainees.objective.program == nil {
      trainees.objective.program = recordObjective(&trainees, at: position, request)
    }
    guard var program = trainees.objective.program,
      stillHold(trainees.objective.invariants)
    else {
      trainees.objective.failures += 1
      return nil
    }
    // Held in one place only, so that its registers are written in place.
    trainees.objective.program = nil
    for (index, param) in trainees.params.enumerated() {
      program.setInput(index, to: position[param.range])
    }
    let isRun = program.run()
    var gradient: [Double] = []
    gradient.reserveCapacity(position.count)
    for index in trainees.params.indices { program.appendValue(ofOutput: index + 1, to: &gradient) }
    let value = program.value(ofOutput: 0)
    guard isRun else {
      trainees.objective.failures += 1
      return nil
    }
    trainees.objective.program = program
    trainees.objective.isAhead = true
    return Sample(position: position, value: value.scalar, gradient: gradient)
  }

  /// Gives the params the numbers of the step that was made last, where only a program has them.
  mutating func settle(_ trainees: inout Trainees, at position: [Double]) {
    guard trainees.objective.isAhead else { return }
    place(&trainees, at: position)
  }

  /// Evaluates the loss and its gradient in a copy of the session and makes a program of that.
  private mutating func recordObjective(
    _ trainees: inout Trainees, at position: [Double], _ request: TrainingRequest
  ) -> Program? {
    let params = trainees.params
    var invariants: [(Location, Contents)] = []
    let (mark, bindings, stack) = (trainees.mark, self.bindings, self.stack)
    let recording = Recording(ofPart: self.stack.count)
    let program = record(recording, nodes: Session.nodesOfObjective) { trial, trace -> Program? in
      let start = trial.graph.count
      trial.bind(params, to: position)
      let site = request.site.subjects[0]
      guard case .node(let loss)? = try? trial.evaluate(site, of: request),
        trial.graph.isScalar(loss), trial.outcomes.isEmpty,
        let slopes = try? trial.slopeNodes(of: loss, over: params, at: site.span)
      else { return nil }
      for place in recording.reads {
        if case .name(let name) = place, params.contains(where: { $0.name == name }) { continue }
        let kept = Contents(of: place, bindings, stack)
        // Later nodes make room for those of the next step.
        guard !kept.isUnknown, kept.node.map({ $0.index < mark }) ?? true else { return nil }
        invariants.append((place, kept))
      }
      let inputs = params.map { trial.bindings[$0.name.index].node ?? NodeID(0) }
      return trial.graph.program(of: [loss] + slopes, inputs: inputs, trace, mark: start)
    }
    trainees.objective.invariants = invariants
    return program
  }

  /// The most nodes of a loss and its gradient that become a program.
  private static let nodesOfObjective = 200_000
}
