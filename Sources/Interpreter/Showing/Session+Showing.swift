import Autodiff
import Syntax
import Tensors

/// What a statement shows.
extension Session {
  /// Hands out the value of a bare expression.
  mutating func show(title: NameID?, isSilent: Bool, at span: Span) throws(Diagnostic) {
    switch stack.removeLast() {
    case .nothing: break
    case .text(let text): if !isSilent { outcomes.append(.text(text)) }
    case .table(let table): if !isSilent { outcomes.append(.text(text(table))) }
    case .optimizer(let optimizer):
      if !isSilent { outcomes.append(.text(optimizer.text(number))) }
    case .list(let values):
      for value in values {
        stack.append(value)
        try show(title: nil, isSilent: isSilent, at: span)
      }
    case .node(let id), .part(let id, _):
      let place = statementSpan(span)
      let derivation = Derivation(
        output: graph.plain(id), title: title.flatMap { isLastResult($0) ? nil : $0 }, span: place,
        line: input.line + input.lineEnds(before: Int(place.start)))
      if options.isStrict, let text = try strictFailure(derivation) {
        throw .notFinite(text, at: span)
      }
      try refuseCorners(from: id, at: span)
      keep(result: id)
      guard !isSilent else { return }
      outcomes.append(.result(derivation))
      if options.isInteractive, let title = derivation.title { remarkOnSnapshot(title, id) }
    }
  }

  private func isLastResult(_ name: NameID) -> Bool {
    guard case .none = bindings[name.index], name.index < builtins.count,
      case .lastResult = builtins[name.index]
    else { return false }
    return true
  }

  /// The span of the running top-level statement when the shown code lies in a function.
  func statementSpan(_ span: Span) -> Span {
    frames.last?.code.source == nil ? span : frames[0].callSpan
  }

  private mutating func keep(result: NodeID) {
    results.append(result)
    resultCount += 1
    if results.count >= 3 * Session.keptResults {
      // As many again as lines can be taken back.
      results.removeFirst(results.count - Session.keptResults - Undoing.mostLevels)
    }
  }

  private mutating func strictFailure(_ derivation: Derivation) throws(Diagnostic) -> String? {
    try analyze(derivation, isUnfolded: true).notes.first ?? notFinite(derivation.output)
  }

  /// `y = 48.9   ∂x1 = 3`, at the prompt.
  mutating func echo(_ name: NameID, isSilent: Bool, at span: Span) {
    guard options.isInteractive, !isSilent, frames.count == 1,
      let node = bindings[name.index].node
    else { return }
    outcomes.append(
      .definition(Derivation(output: graph.plain(node), title: name, span: span, line: input.line)))
  }

  mutating func echoLive(_ formula: LiveFormula, at span: Span) {
    let value = aside { try? $0.evaluate(formula.name, at: span) }
    guard case .node? = value else { return }
    // Evaluated again here, so that the node belongs to this session's graph.
    guard case .node(let id)? = try? evaluate(formula.name, at: span) else { return }
    outcomes.append(
      .definition(Derivation(output: id, title: formula.name, span: span, line: input.line)))
  }

  /// The value of a name, running whatever it takes.
  mutating func evaluate(_ name: NameID, at span: Span) throws(Diagnostic) -> Value {
    let outer = (frames, stack, loops, scopes, ties, numbersOnly, outcomes)
    (frames, stack, loops, scopes, ties, numbersOnly, outcomes) = ([], [], [], [], [], 0, [])
    defer { (frames, stack, loops, scopes, ties, numbersOnly, outcomes) = outer }
    if let value = try value(of: name, at: span) { return value }
    while !frames.isEmpty {
      try run()
      // What it prints on the way was printed when the formula was used.
      outcomes.removeAll()
    }
    return stack.last ?? .nothing
  }

  /// Does something in a copy of which nothing is left.
  ///
  /// The copy shares everything until it changes it. What is large changes hands instead.
  mutating func aside<Answer>(_ body: (inout Session) -> Answer) -> Answer {
    var copy = self
    (graph, calls, sweep, builder, reach) = (
      Graph(), [:], NumericSweep(), GradientBuilder(), Reach()
    )
    let count = copy.graph.count
    (copy.options.isInteractive, copy.outcomes, copy.compactionThreshold) = (false, [], .max)
    let answer = body(&copy)
    if !copy.calls.isEmpty {
      for index in count..<max(count, copy.graph.count) { copy.calls[NodeID(index)] = nil }
    }
    copy.graph.truncate(to: count)
    (graph, calls, sweep, builder, reach) = (
      copy.graph, copy.calls, copy.sweep, copy.builder, copy.reach
    )
    return answer
  }
}

/// Remarks: things that are no error and worth saying once.
extension Session {
  mutating func remarkOnShadowing(_ name: NameID) {
    guard name.index < builtins.count, case .none = bindings[name.index],
      !remarks.shadowed.contains(name)
    else { return }
    if case .none = builtins[name.index] { return }
    remarks.shadowed.insert(name)
    outcomes.append(.note("'\(self.name(name))' now hides the built-in of that name"))
  }

  /// A broadcast in which every operand grows is seldom meant.
  mutating func remarkOnGrowth(_ row: PrimitiveID, _ operands: [NodeID], _ grown: Shape) {
    guard !operands.contains(where: { graph.shape(of: $0) == grown }) else { return }
    let arrays = operands.filter { !graph.isScalar($0) }
    guard arrays.count > 1, !row.row.domain.isEmpty
    else { return }
    let parts = arrays.map { "\(shown($0)) \(graph.shape(of: $0))" }
    let all = arrays.count == 2 ? "both" : "all"
    let text =
      if case .infix(let sign) = row.row.notation {
        "\(parts.joined(separator: " \(sign) ")) grows \(all) to \(grown)"
      } else {
        "\(row.row.shownName) of \(parts.joined(separator: ", ")) grows \(all) to \(grown)"
      }
    if !outcomes.contains(where: { if case .note(text) = $0 { true } else { false } }) {
      outcomes.append(.note(text))
    }
  }

  /// A loss that stretches its operands compares entries that seldom belong together.
  mutating func remarkOnStretching(_ row: Primitive, _ operands: [NodeID]) {
    let shapes = operands.prefix(2).map { graph.shape(of: $0) }
    guard shapes[0] != shapes[1], !shapes[0].isScalar, !shapes[1].isScalar,
      let whole = Shape.broadcast(shapes[0], shapes[1])
    else { return }
    let text =
      "\(row.shownName) compares \(shown(operands[0])) \(shapes[0]) with"
      + " \(shown(operands[1])) \(shapes[1]), stretched to \(whole)"
    if !outcomes.contains(where: { if case .note(text) = $0 { true } else { false } }) {
      outcomes.append(.note(text))
    }
  }

  /// Notes which names derivatives were taken with respect to, params left out.
  mutating func rememberTraining(of targets: [NodeID]) {
    for target in targets where graph.isInput(target) {
      let tag = graph.tag(of: target)
      guard tag != .none else { continue }
      let name = NameID(index: Int(tag.rawValue))
      if case .parameter = bindings[name.index] { continue }
      remarks.trained.insert(name)
    }
  }

  /// An update of a name that is no param keeps all of its history: that of a name which a
  /// derivative was taken with respect to, or one by a derivative that is not a bare number.
  mutating func remarkOnHistory(_ name: NameID, of value: Value) {
    guard !remarks.histories.contains(name), let node = bindings[name.index].node,
      graph.isInput(node), case .node(let id) = value, graph.isVariable(id)
    else { return }
    if case .parameter = bindings[name.index] { return }
    guard
      remarks.trained.contains(name)
        || differentiations != differentiationsBefore && hasOtherInputs(id, than: name)
    else { return }
    remarks.histories.insert(name)
    let word = self.name(name)
    outcomes.append(
      .note("\(word) now remembers every step; declare \"param \(word)\" to update it in place"))
  }

  private mutating func hasOtherInputs(_ id: NodeID, than name: NameID) -> Bool {
    reach.collect(from: id, in: graph)
    return reach.leaves.contains { leaf in
      let tag = graph.tag(of: leaf)
      return graph.isInput(leaf) && tag != .none && tag != self.tag(name)
    }
  }

  /// A name that was computed with a number that has since been replaced.
  private mutating func remarkOnSnapshot(_ name: NameID, _ id: NodeID) {
    guard !remarks.snapshots.contains(name) else { return }
    reach.collect(from: id, in: graph)
    for leaf in reach.leaves where graph.isInput(leaf) && leaf != id {
      let tag = graph.tag(of: leaf)
      guard tag != .none, let now = bindings[Int(tag.rawValue)].node, now != leaf,
        graph.isInput(now)
      else { continue }
      remarks.snapshots.insert(name)
      let (word, input) = (self.name(name), shown(leaf))
      let (was, present) = tellingApart(leaf, now)
      outcomes.append(
        .note(
          "\(word) was computed with \(input) = \(was) (now \(present)); "
            + "\"\(word) at \(input) = \(present)\" asks again, \"\(word) := …\" keeps it live"))
      return
    }
  }
}
