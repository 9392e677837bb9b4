import Autodiff
import Syntax
import Tensors

extension Session {
  /// `grad(y, x)`, and one of each for `grad(y, [a, b])`.
  mutating func gradient(of output: Value, withRespectTo target: Value, at span: Span)
    throws(Diagnostic) -> Value
  {
    guard case .node(let id) = output else { throw .needsNumber(output.kind, at: span) }
    guard graph.isScalar(id) else { throw .notScalar("grad", graph.shape(of: id), at: span) }
    differentiations &+= 1
    let targets = try self.targets(target, at: span)
    rememberTraining(of: targets.nodes)
    let slopes = try gradients(of: id, withRespectTo: targets.nodes, at: span)
    return try answer(slopes, of: targets, to: id, at: span)
  }

  /// The entries asked for of derivatives with respect to whole nodes, as an answer that a lesson can
  /// explain.
  private mutating func answer(
    _ slopes: [NodeID], of targets: Targets, to output: NodeID, at span: Span
  ) throws(Diagnostic) -> Value {
    do throws(ShapeError) {
      let answers = try entries(of: slopes, asIn: targets)
      for (answer, target) in zip(answers, targets.all) where !target.steps.isEmpty {
        remember(DerivativeQuestion(output: output, target: target.node), answeredBy: answer)
      }
      return targets.answer(answers)
    } catch {
      throw .shape(error, targets.all.map { shown($0) }, at: span)
    }
  }

  private mutating func gradients(of output: NodeID, withRespectTo targets: [NodeID], at span: Span)
    throws(Diagnostic) -> [NodeID]
  {
    try refuseCorners(from: output, at: span)
    if wantsNumber, !graph.hasChosenSlopes(output),
      let numbers = numericGradients(of: output, targets)
    {
      for (number, target) in zip(numbers, targets) where number == nil {
        try refuseStale(output, target, at: span)
      }
      return numbers.map { $0 ?? graph.constant(0) }
    }
    var found: [NodeID?]
    do throws(ShapeError) {
      found =
        wantsNumber
        ? try builder.constants(of: output, withRespectTo: targets, in: &graph)
        : try builder.gradient(of: output, withRespectTo: targets, in: &graph)
      for (place, target) in targets.enumerated() {
        found[place] = try graph.limit(found[place], of: output, at: target)
      }
    } catch {
      throw .shape(error, [], at: span)
    }
    var answers: [NodeID] = []
    for (answer, target) in zip(found, targets) {
      if let answer {
        answers.append(answer)
      } else {
        try refuseStale(output, target, at: span)
        graph.trace?.isVoid = true
        answers.append(zero(like: target))
      }
      if let answer = answers.last {
        remember(DerivativeQuestion(output: output, target: target), answeredBy: answer)
      }
    }
    return answers
  }

  /// Keeps a question for a lesson that may follow; a loop asks more of them than anyone explains.
  private mutating func remember(_ question: DerivativeQuestion, answeredBy answer: NodeID) {
    if derivativeQuestions.count > 64 { derivativeQuestions.removeAll() }
    derivativeQuestions[answer] = question
  }

  /// The derivatives as bare numbers; nil where arrays are involved.
  private mutating func numericGradients(of output: NodeID, _ targets: [NodeID]) -> [NodeID?]? {
    guard targets.allSatisfy({ graph.isScalar($0) }) else { return nil }
    if graph.trace != nil { return tracedGradients(of: output, targets) }
    guard sweep.run(from: output, in: graph) else { return nil }
    return targets.map { sweep.isReached($0) ? graph.constant(sweep.partial($0)) : nil }
  }

  /// A derivative of 0 would be a lie where the output was built from an earlier value of the name.
  mutating func refuseStale(_ output: NodeID, _ target: NodeID, at span: Span)
    throws(Diagnostic)
  {
    try refuseStale(output, [target], at: span)
  }

  mutating func refuseStale(_ output: NodeID, _ targets: [NodeID], at span: Span)
    throws(Diagnostic)
  {
    reach.collect(from: output, in: graph)
    for target in targets where !reach.contains(target) {
      try refuseStaleUnreached(output, target, at: span)
    }
  }

  private func refuseStaleUnreached(_ output: NodeID, _ target: NodeID, at span: Span)
    throws(Diagnostic)
  {
    guard graph.isVariable(target) else { throw .constantTarget(shown(target), at: span) }
    let tag = graph.tag(of: target)
    guard tag != .none else { return }
    let former = Set(formerNodes[NameID(index: Int(tag.rawValue))] ?? [])
    guard
      let earlier = (reach.leaves + reach.inner).first(where: { id in
        former.contains(id) || graph.tag(of: id) == tag
      })
    else { return }
    guard earlier < target else { throw .otherValueInside(shown(target), at: span) }
    let outputTag = graph.tag(of: output)
    let text = outputTag == .none ? "the expression" : shown(output)
    let (was, now) = tellingApart(earlier, target)
    throw .stale(text, shown(target), was: was, now: now, at: span)
  }

  mutating func zero(like id: NodeID) -> NodeID {
    let shape = graph.shape(of: id)
    return graph.constant(shape.isScalar ? Tensor(scalar: 0) : Tensor(repeating: 0, shape: shape))
  }

  package func valueText(_ id: NodeID) -> String {
    if graph.isScalar(id) { return number(graph.scalar(of: id)) }
    return "an array of shape \(graph.shape(of: id))"
  }

  /// `f'(x)`: the value differentiated so many times with respect to the argument's own node.
  mutating func derivative(of value: NodeID, order: Int, at primal: NodeID, _ span: Span)
    throws(Diagnostic) -> NodeID
  {
    var answer = value
    let first = graph.count
    defer { graph.markDerived(from: first) }
    for _ in 0..<order {
      guard graph.isScalar(answer) else {
        throw .notScalar("grad", graph.shape(of: answer), at: span)
      }
      try refuseCorners(from: answer, at: span)
      do throws(ShapeError) {
        let found = try builder.gradient(of: answer, withRespectTo: [primal], in: &graph)[0]
        let question = DerivativeQuestion(output: answer, target: primal)
        answer = try graph.limit(found, of: answer, at: primal) ?? graph.constant(0)
        remember(question, answeredBy: answer)
      } catch {
        throw .shape(error, [], at: span)
      }
    }
    // Where no input is involved, nor the point of a derivative around this one, it is a number.
    reach.collect(from: answer, in: graph)
    let hasContext = graph.operands(of: primal).contains(where: graph.isTracked)
    if hasContext || reach.leaves.contains(where: graph.isInput) { return answer }
    // Of a number nobody would see that it was chosen at a corner.
    if reach.inner.contains(where: { !graph.marks(of: $0).isEmpty }) { return answer }
    let number = graph.constant(copying: answer)
    if let question = derivativeQuestions[answer] { remember(question, answeredBy: number) }
    return number
  }
}
