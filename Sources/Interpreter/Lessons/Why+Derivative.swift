import Autodiff
import Tensors

/// Where a derivative comes from that is nan, infinite, 0, tiny or huge.
extension Session {
  /// Says which derivatives of an output with respect to its inputs are odd, each in one line.
  ///
  /// - Returns: whether any is.
  mutating func explainPartials(
    of output: NodeID, _ order: [NodeID], writtenAs text: String, in report: inout Report
  ) -> Bool {
    let inputs = order.filter { graph.isInput($0) && $0 != output }
    let partials = partials(of: output, withRespectTo: inputs)
    let odd = zip(inputs, partials).compactMap { input, partial in
      if case .scalar(let value) = partial, let oddity = Oddity(value) {
        return (input: input, value: value, oddity: oddity)
      }
      return nil
    }
    for (input, value, oddity) in odd.prefix(Self.mostExplained) {
      let path = DominantPath(from: output, to: input, in: graph)
      let why = path.flatMap { reason(for: oddity, value, along: $0) }
      report.say(
        "the derivative with respect to \(shown(input)) is \(number(value))"
          + (why.map { ": \($0)" } ?? ""))
    }
    if odd.count > Self.mostExplained {
      report.say("and \(odd.count - Self.mostExplained) more such derivatives")
    }
    if !odd.isEmpty { sayRewrite(order, in: &report) }
    return !odd.isEmpty
  }

  private static let mostExplained = 8
  private static let mostSteps = 16

  /// Explains the answer to `grad(y, x)`: its dominant path, factor by factor.
  mutating func explain(
    _ question: DerivativeQuestion, answer: NodeID, writtenAs text: String, in report: inout Report
  ) {
    let order = graph.postOrder(from: question.output)
    guard graph.isScalar(answer), graph.isScalar(question.target), order.allSatisfy(graph.isScalar)
    else {
      report.say("\(text) is \(valueText(answer))")
      let partials = partials(of: question.output, withRespectTo: order)
      for note in findings(Folding(rows: order), partials).notes { report.say(note) }
      return
    }
    let value = graph.scalar(of: answer)
    let oddity = Oddity(value)
    report.say("\(text) \(oddity?.phrase(number(value)) ?? "is \(number(value))")")
    guard let path = DominantPath(from: question.output, to: question.target, in: graph) else {
      let target = shown(question.target)
      report.say("nothing leads from it to \(target): it is not built from \(target)")
      return
    }
    if let oddity, let why = reason(for: oddity, value, along: path) { report.say(why) }
    show(path, of: value, in: &report)
    if oddity != nil { sayRewrite(order, in: &report) }
  }

  private func sayRewrite(_ order: [NodeID], in report: inout Report) {
    let hint = rewriteHint(order, at: nil)
    if !hint.isEmpty { report.say(String(hint.dropFirst(2))) }
  }

  /// The steps of a path as a table, from the output down, and what its product comes to.
  private func show(_ path: DominantPath, of value: Double, in report: inout Report) {
    guard !path.steps.isEmpty else { return }
    var table = Report.Table(
      columns: [
        .words("derivative of"), .words("with respect to"), .numbers("factor"), .words("remark"),
      ])
    let hidden = path.steps.count - Self.mostSteps
    for (place, step) in path.steps.enumerated() {
      if hidden > 0, place == Self.mostSteps / 2 {
        table.rows.append([.text("… \(hidden) more …"), .empty, .empty, .empty])
      }
      if hidden > 0, (Self.mostSteps / 2..<Self.mostSteps / 2 + hidden).contains(place) { continue }
      table.rows.append([
        .text(phrase(step.node, depth: 2)), .text(phrase(step.operand, depth: 2)),
        .number(step.local.factor), .text(remark(on: step)?.rawValue ?? ""),
      ])
    }
    report.show(table)
    guard path.pathCount > 1 else { return }
    let count = path.pathCount < 1e6 ? String(Int(path.pathCount)) : number(path.pathCount)
    let product = path.product
    let share =
      value != 0 && product.isFinite && value.isFinite && abs(product / value) < 1e6
      ? ", \(number((product / value * 1000).rounded() / 10)) % of the whole" : ""
    report.say("the largest of \(count) paths; its product is \(number(product))\(share)")
  }

  /// Why a derivative is what it is, from the step that matters most.
  private func reason(for oddity: Oddity, _ value: Double, along path: DominantPath) -> String? {
    let steps = path.steps
    guard !steps.contains(where: { $0.local == .array }) else { return nil }
    let step: DominantPath.Step?
    switch oddity {
    case .notANumber:
      step = steps.first { $0.local.factor.isNaN && $0.local != .array }
      if step == nil, let zero = steps.first(where: { $0.local.factor == 0 }),
        let infinite = steps.first(where: { $0.local.factor.isInfinite })
      {
        return "0 from \(described(zero)) meets inf from \(described(infinite))"
      }
      if step == nil { return "infinite terms of both signs add up" }
    case .infinite:
      step = steps.first { $0.local.factor.isInfinite }
    case .zero:
      step = steps.first { $0.local.factor == 0 }
      if step == nil, path.product != 0, path.pathCount > 1 {
        return "the paths cancel; the largest alone gives \(number(path.product))"
      }
      if step == nil { return "the product of the factors is too small for a double" }
    case .tiny:
      if path.pathCount > 1, abs(path.product) > abs(value) * 1e8 {
        return "the paths cancel; the largest alone gives \(number(path.product))"
      }
      step = steps.min { abs($0.local.factor) < abs($1.local.factor) }
      if let least = step?.local.factor, abs(least) > 1e-4 {
        let count = steps.count { abs($0.local.factor) < 1 }
        return "\(count) of \(steps.count) factors are smaller than 1, and they multiply"
      }
    case .huge:
      step = steps.max { abs($0.local.factor) < abs($1.local.factor) }
      if let greatest = step?.local.factor, abs(greatest) < 1e4, path.product > 1e8 {
        let count = steps.count { abs($0.local.factor) > 1 }
        return "\(count) of \(steps.count) factors are larger than 1, and they multiply"
      }
    }
    guard let step else { return nil }
    let operand = phrase(step.operand, depth: 1)
    switch remark(on: step) {
    case .shut: return "\(described(step)) passes nothing on to \(operand)"
    case .flat: return "\(described(step)) is flat: its derivative is 0 wherever it has one"
    case .choice: return "\(operand) only chooses a side of \(described(step))"
    case .saturated: return "\(described(step)) is saturated: it hardly changes with \(operand)"
    case nil:
      return "\(described(step)) has the derivative \(number(step.local.factor))"
        + " with respect to \(operand)"
    }
  }

  /// What a factor means that its number does not say.
  private enum Remark: String {
    case shut = "nothing passes"
    case choice = "only chooses"
    case flat, saturated
  }

  /// `tanh(w * x) where w * x = 24`.
  private func described(_ step: DominantPath.Step) -> String {
    let facts = facts(about: step.node)
    return describe(step.node, depth: 2) + (facts.isEmpty ? "" : " where \(facts)")
  }

  private func remark(on step: DominantPath.Step) -> Remark? {
    switch step.local {
    case .shut: return .shut
    case .flat:
      let operation = graph.operation(of: step.node)
      return operation == .select || operation == .branch ? .choice : .flat
    case .array: return nil
    case .slope(let slope):
      let (x, y) = (graph.scalar(of: step.operand), graph.scalar(of: step.node))
      guard graph.operands(of: step.node).count == 1, y != 0, x.isFinite else { return nil }
      // Saturated: even a change of x by its own size would hardly show in the result.
      return abs(slope) < 1e-6 && abs(x * slope) <= 1e-6 * abs(y) ? .saturated : nil
    }
  }
}
