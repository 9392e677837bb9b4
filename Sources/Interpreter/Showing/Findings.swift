import Autodiff
import Syntax
import Tensors

/// Finding what numbers alone do not say: corners, and where a nan or inf began.
extension Session {
  struct Findings {
    var marks: [Int: [Mark]] = [:]
    var notes: [String] = []
  }

  func findings(_ folding: Folding, _ partials: [Partial]) -> Findings {
    let order = folding.nodes
    var findings = Findings()
    var traits = RowTraits()
    for (place, id) in order.enumerated() {
      if graph.isUnwanted(atStep: place) { return findings }
      traits.formUnion(graph.traits(of: id))
    }
    if !traits.isDisjoint(with: .mayHaveCorner) { markCorners(order, traits, &findings) }
    if !derivativeQuestions.isEmpty { markQuestion(folding, &findings) }
    noteFirstBadValue(folding, &findings)
    noteFirstBadPartial(folding, partials, &findings)
    if traits.contains(.underflows) { noteUnderflow(folding, &findings) }
    if traits.contains(.asksForUnits) { noteWholeNumbers(order, &findings) }
    if traits.contains(.mayLoseDigits), !findings.notes.contains(where: { offersRewrite($0) }),
      let note = lossNote(order)
    {
      findings.notes.append(note)
    }
    return findings
  }

  private func markCorners(_ order: [NodeID], _ traits: RowTraits, _ findings: inout Findings) {
    let spokenFor = traits.contains(.chooses) ? questionsOfChoices(order) : []
    for (place, id) in order.enumerated()
    where !graph.traits(of: id).isDisjoint(with: .mayHaveCorner) {
      if Cancellation.Pace.nodes.isDue(at: place), graph.cancellation.ask() { return }
      guard !spokenFor.contains(id) else { continue }
      let marks = graph.marks(of: id)
      if !marks.isEmpty { findings.marks[place] = marks }
    }
  }

  /// Marks an answer with the corner at which it was asked for: a derivative that is a bare number
  /// does not show it.
  private func markQuestion(_ folding: Folding, _ findings: inout Findings) {
    let nodes = folding.nodes
    guard let last = nodes.last, let question = derivativeQuestions[last],
      !findings.marks.contains(where: { place, marks in
        marks.contains(where: \.isCorner) && !isChosenSide(nodes[place])
      })
    else { return }
    let found = corners(from: question.target, to: question.output)
    guard !found.isEmpty else { return }
    for (place, id) in nodes.enumerated() where isChosenSide(id) {
      findings.marks[place]?.removeAll(where: \.isCorner)
    }
    findings.marks[nodes.count - 1, default: []] += found
  }

  /// Whether a node of a derivative only chooses between the slopes of two sides.
  func isChosenSide(_ id: NodeID) -> Bool {
    graph.isDerived(id)
      && (graph.traits(of: id).contains(.chooses) || graph.operation(of: id).isComparison)
  }

  /// The corners between a node and an output that depends on it, each kind once.
  func corners(from target: NodeID, to output: NodeID) -> [Mark] {
    guard graph.weight < Self.largestCopy else { return [] }
    var graph = graph
    let order = graph.postOrder(from: output)
    let dependents = graph.vary(target, in: order)
    var found: [(mark: Mark, first: NodeID, count: Int)] = []
    for id in order
    where dependents.contains(id) && !graph.traits(of: id).isDisjoint(with: .mayHaveCorner) {
      for mark in graph.marks(of: id) where mark.isCorner {
        if let known = found.firstIndex(where: { $0.mark == mark }) {
          found[known].count += 1
        } else {
          found.append((mark, id, 1))
        }
      }
    }
    return found.map { .inside($0.mark, at: describe($0.first, depth: 2), count: $0.count) }
  }

  /// Comparisons that only decide choices: the choice tells what corner they make, or that there is
  /// none, so that `if x > 0 then x else 0` is marked as `relu(x)` is.
  private func questionsOfChoices(_ order: [NodeID]) -> Set<NodeID> {
    var questions: Set<NodeID> = []
    var others = Set(order.suffix(1))
    for id in order.reversed() {
      let isOpened = graph.operation(of: id).isLogical && questions.contains(id)
      for (place, operand) in graph.operands(of: id).enumerated() {
        if isOpened || place == 0 && graph.traits(of: id).contains(.chooses) {
          questions.insert(operand)
        } else {
          others.insert(operand)
        }
      }
    }
    return questions.subtracting(others)
  }

  /// Names the node where a nan began, or an infinity when there is no nan, with its operands.
  private func noteFirstBadValue(_ folding: Folding, _ findings: inout Findings) {
    let order = folding.nodes
    guard let output = order.last, order.contains(where: { isBad($0) }) else { return }
    let ways = waysOfBadNumbers(to: output)
    guard !ways.isEmpty else { return }
    let place =
      hasNaN(output)
      ? order.firstIndex { id in
        ways.contains(id) && hasNaN(id)
          && graph.operands(of: id).allSatisfy { !ways.contains($0) || !hasNaN($0) }
      }
      : order.firstIndex { id in
        ways.contains(id) && !graph.isLeaf(id)
          && graph.operands(of: id).allSatisfy { !ways.contains($0) }
      }
    guard let place else {
      // Derivatives at constants may be bare numbers.
      if isBad(output), let note = noteAboutDerivative(output) {
        findings.notes.append(note)
        findings.marks[order.count - 1, default: []].append(.firstInfinite)
      }
      return
    }
    let id = order[place]
    let isNaN = hasNaN(id)
    findings.marks[place, default: []].append(isNaN ? .firstNotANumber : .firstInfinite)
    if let note = noteAboutDerivative(output) {
      findings.notes.append(note)
      return
    }
    if isBare(id), !graph.isScalar(id) || phrase(id) == badWord(id), let note = notFinite(id) {
      findings.notes.append(note)
      return
    }
    if let note = noteAboutCorner(under: id) {
      findings.notes.append(note)
      return
    }
    let facts = circumstances(of: id) { isNaN ? $0.isNaN : $0.isInfinite }
    findings.notes.append(
      "\(describe(id))\(self.place(of: id, folding)) is \(isNaN ? "nan" : badWord(id))"
        + facts + advice(id) + rewriteHint(order, at: [id]))
  }

  /// The nodes that are nan or infinite and that an output is built from, without the sides that
  /// choices have not taken.
  ///
  /// Where the output is finite, bad numbers on the way still count: 1/∞ is a plain 0. A choice
  /// between arrays may have taken entries of either side, and is not looked into.
  private func waysOfBadNumbers(to output: NodeID) -> Set<NodeID> {
    let isOnlyNaN = hasNaN(output)
    var ways: Set<NodeID> = []
    var seen: Set<NodeID> = []
    var pending = [output]
    while let id = pending.popLast() {
      guard seen.insert(id).inserted, !graph.isUnwanted(atStep: seen.count) else { continue }
      let isBad = isOnlyNaN ? hasNaN(id) : isBad(id)
      if isBad { ways.insert(id) }
      guard isBad || !isOnlyNaN else { continue }
      var operands = graph.shownOperands(of: id) ?? graph.operands(of: id)
      if graph.operation(of: id) == .select {
        if graph.isScalar(operands[0]) {
          operands = [operands[0], operands[graph.scalar(of: operands[0]) != 0 ? 1 : 2]]
        } else if !isBad {
          operands = [operands[0]]
        }
      }
      pending += operands
    }
    return ways
  }

  /// The corner at which a derivative of a derivative does not exist; nil for any other node.
  func noteAboutCorner(under id: NodeID) -> String? {
    guard graph.operation(of: id) == .limit else { return nil }
    let order = graph.postOrder(from: graph.operands(of: id)[1])
    let isThird = order.contains { graph.operation(of: $0) == .limit }
    let corner = order.first { graph.isCorner($0) && !facts(about: $0).isEmpty }
    let place = "the slope has a corner" + (corner.map { " where \(facts(about: $0))" } ?? "")
    let isHalf = order.contains { graph.operation(of: $0) == .branch }
    if isHalf {
      return place + ", and only the side that 'if' has taken was computed;"
        + " where(c, a, b) computes both"
    }
    return place
      + ", so there is no \(isThird ? "further" : "second") derivative"
  }

  /// What went wrong in the graph whose derivative a bad output is; nil when it is none.
  private func noteAboutDerivative(_ output: NodeID) -> String? {
    guard let question = derivativeQuestions[output] else { return nil }
    let folding = folding(of: question.output, isUnfolded: false)
    guard let partials = sparePartials(folding, of: question.output) else { return nil }
    var findings = Findings()
    noteFirstBadPartial(folding, partials, &findings)
    return findings.notes.first
  }

  /// The partials of a bad derivative's output; nil where they cannot be had without changing the
  /// session.
  private func sparePartials(_ folding: Folding, of output: NodeID) -> [Partial]? {
    var sweep = NumericSweep()
    if sweep.run(from: output, in: graph) {
      return folding.nodes.map { .scalar(sweep.partial($0)) }
    }
    guard graph.isScalar(output), graph.weight < Self.largestCopy else { return nil }
    var (graph, builder) = (graph, GradientBuilder())
    let found = try? builder.numbers(of: output, withRespectTo: folding.nodes, in: &graph)
    return found?.map { $0.map(Partial.array) ?? .none }
  }

  /// The largest graph that is copied for a note, in scalar nodes.
  private static let largestCopy = 1 << 20

  /// A value is fine and yet a derivative is not: says at which node the slope went wrong.
  private func noteFirstBadPartial(
    _ folding: Folding, _ partials: [Partial], _ findings: inout Findings
  ) {
    let order = folding.nodes
    var culprit: Int?
    for (place, id) in order.enumerated() where place < partials.count {
      if graph.isUnwanted(atStep: place) { return }
      guard isBad(partials[place]) else { continue }
      if isNaN(partials[place]) { findings.marks[place, default: []].append(.undefined) }
      if graph.isVariable(id) { culprit = place }
    }
    guard let culprit, findings.notes.isEmpty else { return }
    // The latest bad node is where the reverse sweep first went wrong; its user made it so.
    let id = order[culprit]
    let users = order.indices.filter { graph.operands(of: order[$0]).contains(id) }
    let spoiler = users.first { spoils(id, at: order[$0], partials[$0]) } ?? users.first
    let user = spoiler.map { order[$0] } ?? id
    let facts = facts(about: user)
    findings.notes.append(
      "the derivative with respect to \(phrase(id)) is "
        + (isNaN(partials[culprit]) ? "undefined" : "infinite")
        + " at \(describe(user))\(self.place(of: user, folding))"
        + (facts.isEmpty ? "" : " where \(facts)") + rewriteHint(order, at: [id, user]))
  }

  /// Whether the slope that a node gets through one of its users is nan or infinite by itself.
  private func spoils(_ operand: NodeID, at user: NodeID, _ partial: Partial) -> Bool {
    guard case .scalar(let slope) = partial else { return false }
    return graph.operands(of: user).enumerated().contains { place, id in
      guard id == operand, case .slope(let factor) = graph.localPartial(of: user, to: place)
      else { return false }
      return !(slope * factor).isFinite
    }
  }

  /// A product or an exponential that is 0 only because it was too small to be anything else.
  private func noteUnderflow(_ folding: Folding, _ findings: inout Findings) {
    for (place, id) in folding.nodes.enumerated() {
      if graph.isUnwanted(atStep: place) { return }
      guard graph.traits(of: id).contains(.underflows), isZero(id) else { continue }
      let isCertain = graph.operands(of: id).allSatisfy { operand in
        graph.isScalar(operand) && graph.scalar(of: operand).isFinite && !isZero(operand)
      }
      guard isCertain else { continue }
      let facts = facts(about: id)
      findings.notes.append(
        "\(describe(id))\(self.place(of: id, folding)) is too small for a double and counts as 0"
          + (facts.isEmpty ? "" : " where \(facts)"))
      return
    }
  }

  /// ` in f`, of a node that is hidden behind a call.
  private func place(of id: NodeID, _ folding: Folding) -> String {
    folding.call(hiding: id).map { " in \(name($0.function))" } ?? ""
  }

  private func isZero(_ id: NodeID) -> Bool { graph.isScalar(id) && graph.scalar(of: id) == 0 }

  /// The first question for digits that a large number does not have.
  private func noteWholeNumbers(_ order: [NodeID], _ findings: inout Findings) {
    for (place, id) in order.enumerated() where graph.traits(of: id).contains(.asksForUnits) {
      if graph.isUnwanted(atStep: place) { return }
      let row = graph.operation(of: id).row
      // Of a remainder it has been said when it was computed.
      guard row.refusal == nil, let note = noteOnWholeNumbers(row, graph.operands(of: id)) else {
        continue
      }
      return findings.notes.append(note)
    }
  }

  /// What a person may have meant instead.
  func advice(_ id: NodeID) -> String {
    let operands = graph.operands(of: id)
    if graph.operation(of: id).row.name == "bce",
      graph.tensor(of: operands[0]).elements.contains(where: { $0 < 0 || $0 > 1 })
    {
      return "; bce takes probabilities from 0 to 1, bce_with_logits any number"
    }
    guard graph.operation(of: id).row.name == "power", operands.allSatisfy(graph.isScalar),
      graph.scalar(of: operands[0]) < 0
    else { return "" }
    return abs(graph.scalar(of: operands[1]) * 3 - 1) < 1e-12
      ? "; cbrt(x) is the cube root of negative numbers too"
      : "; a negative base takes whole exponents only"
  }

  private func hasNaN(_ id: NodeID) -> Bool {
    graph.isScalar(id)
      ? graph.scalar(of: id).isNaN : graph.tensor(of: id).elements.contains(where: \.isNaN)
  }

  private func isBad(_ id: NodeID) -> Bool {
    graph.isScalar(id)
      ? !graph.scalar(of: id).isFinite : graph.tensor(of: id).elements.contains { !$0.isFinite }
  }

  private func badWord(_ id: NodeID) -> String {
    guard !graph.isScalar(id) else { return number(graph.scalar(of: id)) }
    return number(graph.tensor(of: id).elements.first(where: \.isInfinite) ?? .nan)
  }

  private func isBad(_ partial: Partial) -> Bool {
    switch partial {
    case .none: false
    case .scalar(let value): !value.isFinite
    case .array(let tensor): tensor.elements.contains { !$0.isFinite }
    }
  }

  func isNaN(_ partial: Partial) -> Bool {
    switch partial {
    case .none: false
    case .scalar(let value): value.isNaN
    case .array(let tensor): tensor.elements.contains(where: \.isNaN)
    }
  }

  /// Whether a node is a number or an array as it was given, and no operation on others.
  func isBare(_ id: NodeID) -> Bool {
    if case .leaf = graph.operation(of: id).row.notation { true } else { false }
  }

  /// Which of a value is nan or infinite, where nothing else explains it; nil when nothing is.
  func notFinite(_ id: NodeID) -> String? {
    guard isBad(id) else { return nil }
    guard !graph.isScalar(id) else {
      let (phrase, word) = (phrase(id), badWord(id))
      return "\(phrase == word ? "the value" : phrase) is \(word)"
    }
    let tensor = graph.tensor(of: id)
    let place =
      tensor.elements.firstIndex(where: \.isNaN)
      ?? tensor.elements.firstIndex { !$0.isFinite } ?? 0
    let indices = tensor.shape.indices(ofElement: place).map(String.init)
    return
      "\(phrase(id)) holds \(number(tensor.elements[place])) at [\(indices.joined(separator: ", "))]"
  }
}
