import Autodiff

extension Session {
  /// Forgets the nodes that nothing reaches any more, once there may be as many of them as live ones.
  mutating func compactIfWorthwhile() {
    guard graph.weight > compactionThreshold else { return }
    forgetCostlyLevels()
    let before = graph.count
    remap(graph.compact(keeping: roots()))
    reclaimedCount += before - graph.count
    compactionThreshold = max(Session.smallestGraphToCompact, 2 * graph.weight)
    hasCompacted = true
    compactionCount &+= 1
  }

  /// Every node that a name, a result or the machine holds.
  func roots(withUndoing: Bool = true) -> [NodeID] {
    var roots = results
    for binding in bindings { collect(binding, into: &roots) }
    for change in journal { collect(change, into: &roots) }
    if withUndoing {
      for change in undoing.changes { collect(change, into: &roots) }
      for level in undoing.levels { roots += level.forgottenResults ?? [] }
      for level in undoing.future {
        roots += level.results
        for change in level.changes { collect(change, into: &roots) }
      }
    }
    roots += forgottenResults ?? []
    for value in stack { collect(value, into: &roots) }
    for frame in frames {
      if let primal = frame.primal { roots.append(primal) }
      if case .function(_, _, let arguments) = frame.kind { roots += arguments }
    }
    for loop in loops {
      for source in loop.sources {
        switch source {
        case .array(let id): roots.append(id)
        case .list(let values): for value in values { collect(value, into: &roots) }
        case .range: break
        }
      }
    }
    for scope in scopes { roots += scope.leaves + scope.substitution.held }
    for outcome in outcomes {
      switch outcome {
      case .result(let derivation), .definition(let derivation): roots.append(derivation.output)
      case .text, .note, .failure, .quit, .answer, .report, .setting, .load, .save: break
      }
    }
    return roots
  }

  func collect(_ change: Change, into roots: inout [NodeID]) {
    switch change {
    case .binding(_, let binding): collect(binding, into: &roots)
    case .tag(let id, _): roots.append(id)
    case .imperative: break
    }
  }

  private func collect(_ binding: Binding, into roots: inout [NodeID]) {
    switch binding {
    case .value(let value): collect(value, into: &roots)
    case .parameter(let id): roots.append(id)
    case .none, .live, .function: break
    }
  }

  private func collect(_ value: Value, into roots: inout [NodeID]) {
    switch value {
    case .node(let id): roots.append(id)
    case .list(let values): for value in values { collect(value, into: &roots) }
    case .part(let part, let whole): roots += [part, whole]
    case .table(let table): roots += table.columns
    case .text, .nothing, .optimizer: break
    }
  }

  private mutating func remap(_ compaction: Compaction) {
    let move = compaction.firstPlace(from:)
    liveAnswers.removeAll(keepingCapacity: true)
    derivativeQuestions.removeAll()
    scopeInputs.epoch = -1
    results = results.map(move)
    for index in bindings.indices { bindings[index] = moved(bindings[index], move) }
    journal = journal.map { moved($0, move) }
    forgottenResults = forgottenResults?.map(move)
    undoing.changes = undoing.changes.map { moved($0, move) }
    undoing.levels = undoing.levels.map { level in
      var level = level
      level.forgottenResults = level.forgottenResults?.map(move)
      return level
    }
    undoing.future = undoing.future.map { level in
      RedoLevel(
        line: level.line, changes: level.changes.map { moved($0, move) },
        results: level.results.map(move), forgetsResults: level.forgetsResults)
    }
    for index in stack.indices { stack[index] = moved(stack[index], move) }
    for index in frames.indices {
      frames[index].primal = frames[index].primal.map(move)
      if case .function(let function, let firstNode, let arguments) = frames[index].kind {
        frames[index].kind = .function(
          function, firstNode: move(NodeID(firstNode)).index, arguments: arguments.map(move))
      }
    }
    for index in loops.indices { loops[index] = moved(loops[index], move) }
    for index in scopes.indices {
      scopes[index].leaves = scopes[index].leaves.map(move)
      scopes[index].substitution.remap(move)
    }
    moveCalls(compaction)
    formerNodes = formerNodes.compactMapValues { nodes in
      let kept = nodes.compactMap(compaction.place(of:))
      return kept.isEmpty ? nil : kept
    }
    outcomes = outcomes.map { outcome in
      switch outcome {
      case .result(let derivation): .result(derivation.moved(move))
      case .definition(let derivation): .definition(derivation.moved(move))
      default: outcome
      }
    }
  }

  private mutating func moveCalls(_ compaction: Compaction) {
    var kept: [NodeID: CallRecord] = [:]
    for (id, record) in calls {
      guard let place = compaction.place(of: id) else { continue }
      let arguments = record.arguments.compactMap(compaction.place(of:))
      guard arguments.count == record.arguments.count else { continue }
      kept[place] = CallRecord(
        function: record.function, arguments: arguments,
        firstNode: compaction.firstPlace(from: record.firstNode))
    }
    calls = kept
  }

  private func moved(_ change: Change, _ move: (NodeID) -> NodeID) -> Change {
    switch change {
    case .binding(let name, let before): .binding(name, moved(before, move))
    case .tag(let id, let tag): .tag(move(id), tag)
    case .imperative: change
    }
  }

  private func moved(_ binding: Binding, _ move: (NodeID) -> NodeID) -> Binding {
    switch binding {
    case .value(let value): .value(moved(value, move))
    case .parameter(let id): .parameter(move(id))
    case .none, .live, .function: binding
    }
  }

  private func moved(_ value: Value, _ move: (NodeID) -> NodeID) -> Value {
    switch value {
    case .node(let id): return .node(move(id))
    case .part(let part, let whole): return .part(move(part), of: move(whole))
    case .list(let values): return .list(values.map { moved($0, move) })
    case .table(var table):
      table.columns = table.columns.map(move)
      return .table(table)
    case .text, .nothing, .optimizer: return value
    }
  }

  private func moved(_ loop: LoopState, _ move: (NodeID) -> NodeID) -> LoopState {
    let sources = loop.sources.map { (source: LoopState.Source) -> LoopState.Source in
      switch source {
      case .array(let id): .array(move(id))
      case .list(let values): .list(values.map { moved($0, move) })
      case .range: source
      }
    }
    return LoopState(site: loop.site, sources: sources, turn: loop.turn, count: loop.count)
  }
}

extension Derivation {
  func moved(_ move: (NodeID) -> NodeID) -> Derivation {
    Derivation(output: move(output), title: title, span: span, line: line)
  }
}
