import Algebra
import Autodiff
import Tensors

/// Why a claim is wrong, where one thing explains it.
extension Session {
  /// What the person's side lacks or has too much of, or which rule was broken.
  mutating func reason(_ sides: [NodeID], _ values: [Claim.Values], _ inputs: [NodeID]) -> String? {
    guard !inputs.isEmpty else { return nil }
    // Whichever side is no derivative was found by hand.
    let isTurned = question(sides[0]) == nil && question(sides[1]) != nil
    let (ours, mine) = isTurned ? (sides[1], sides[0]) : (sides[0], sides[1])
    let side = isTurned ? "left" : "right"
    let names = Dictionary(
      inputs.map { ($0, shown($0)) }, uniquingKeysWith: { first, _ in first })
    if let rule = question(ours).flatMap({ brokenRule($0, behind: mine, names) }),
      isReadable(rule.sentence)
    {
      return rule.sentence
    }
    let inNumbers = NumericReason(values, inputs.map { shown($0) }, isTurned: isTurned)
    for found in [discrepancy(ours, mine, names), inNumbers.discrepancy] {
      guard let found, isReadable(found.sentence(side)) else { continue }
      if case .number(let factor, isTooSmall: false) = found,
        let counted = missingCount(factor, ours, inputs)
      {
        return "\(found.sentence(side)): 1/n is missing, with n = \(factor) \(counted)"
      }
      return found.sentence(side)
    }
    return nil
  }

  /// The derivative that a side asks for, of a node and with respect to one.
  func question(_ side: NodeID) -> DerivativeQuestion? {
    guard let question = derivativeQuestions[side] else { return nil }
    var target = question.target
    while graph.operation(of: target) == .identity { target = graph.operands(of: target)[0] }
    return DerivativeQuestion(output: question.output, target: target)
  }

  private func isReadable(_ sentence: String) -> Bool {
    sentence.count < 160 && !sentence.contains("nan")
  }

  private func discrepancy(_ ours: NodeID, _ mine: NodeID, _ names: [NodeID: String])
    -> Discrepancy?
  {
    var terms = Terms()
    if let left = try? terms.read(ours, in: graph, name: { names[$0] }),
      let right = try? terms.read(mine, in: graph, name: { names[$0] })
    {
      return terms.discrepancy(between: left, and: right)
    }
    var entries = EntryFormulas()
    guard (try? entries.read(ours, in: graph) { names[$0] }) != nil,
      (try? entries.read(mine, in: graph) { names[$0] }) != nil,
      let left = entries.formulas[ours], let right = entries.formulas[mine]
    else { return nil }
    return entries.terms.discrepancy(between: left, and: right)
  }

  /// The rule that the person's side breaks, as a derivative of the question's output.
  ///
  /// Of a sum or a mean of entries it is that of each entry.
  private func brokenRule(
    _ question: DerivativeQuestion, behind mine: NodeID, _ names: [NodeID: String]
  ) -> BrokenRule? {
    var entries = EntryFormulas()
    guard let name = names[question.target],
      (try? entries.read(question.output, in: graph) { names[$0] }) != nil,
      (try? entries.read(mine, in: graph) { names[$0] }) != nil,
      let claim = entries.formulas[mine]
    else { return nil }
    var output = question.output
    var scale = entries.terms.number(.one)
    while true {
      let operands = graph.operands(of: output)
      let row = graph.operation(of: output).row.name
      if row == "sum" || row == "mean" {
        let count = graph.shape(of: operands[0]).count / max(graph.shape(of: output).count, 1)
        if row == "mean" {
          let divisor = entries.terms.number(Number(count))
          scale = entries.terms.divide(scale, divisor)
        }
        output = operands[0]
      } else if row == "identity" {
        output = operands[0]
      } else {
        break
      }
    }
    let variable = entries.terms.symbol(name)
    return entries.brokenRule(
      behind: claim, of: output, by: variable, scale: scale, in: graph)
  }

  /// What there are as many of as a factor says, where a mean is taken over them.
  private mutating func missingCount(
    _ factor: String, _ ours: NodeID, _ inputs: [NodeID]
  ) -> String? {
    guard let count = Int(factor), count > 1 else { return nil }
    let output = question(ours)?.output ?? ours
    reach.collect(from: output, in: graph)
    let means: Set<String> = ["mean", "mse", "mae", "huber", "bce", "bce_with_logits", "var"]
    let isMean = reach.inner.contains { id in
      let row = graph.operation(of: id).row
      if row.name == "divide" {
        let divisor = graph.operands(of: id)[1]
        return graph.isScalar(divisor) && !graph.isVariable(divisor)
          && graph.scalar(of: divisor) == Double(count)
      }
      return means.contains(row.name) || row.name == "cross_entropy" || row.name == "nll"
    }
    guard isMean else { return nil }
    if let input = inputs.first(where: { graph.shape(of: $0).count == count }) {
      return "entries of \(shown(input))"
    }
    return inputs.first { graph.shape(of: $0).dimensions.first == count }
      .map { "rows of \(shown($0))" }
  }
}
