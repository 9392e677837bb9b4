import Autodiff
import Syntax
import Tensors

/// Loops whose turns are run by a program. Nobody can tell, but by the clock.
extension Session {
  /// Numbers that are computed between two looks whether a person wants to stop.
  private static let workAtOnce = 200_000
  /// Turns left for which recording one does not pay.
  private static let fewTurns = 6

  /// At the end of a turn: lets a program run those that come, if it can.
  ///
  /// The last turn that a program could run is left to the machine: it makes the nodes, the names
  /// and the tags that the turn leaves behind. So is one that would go another way, or fail.
  mutating func endTurn(of head: Int, _ code: Code, _ base: Int, at span: Span) throws(Diagnostic) {
    if let recording {
      guard recording.head == head, recording.depth == frames.count else { return }
      recording.isComplete = true
      frames.removeAll()
      return
    }
    if isFinishingTurn {
      isFinishingTurn = false
      try tick(now: true, at: span)
    }
    guard options.compilesLoops else { return }
    let place = hotLoop(head, code)
    hotLoops[place].turns += 1
    guard hotLoops[place].turns >= hotLoops[place].resumption,
      hotLoops[place].failures < HotLoop.mostFailures, canRecord
    else { return }
    let isCounted = code.instructions[head].operation == .nextTurn
    if isCounted, loops[loops.count - 1].count - loops[loops.count - 1].turn < Session.fewTurns {
      return
    }
    if hotLoops[place].loop.map({ !fits($0, base, isCounted) }) ?? true {
      hotLoops[place].loop = nil
      guard let loop = recordTurn(from: head, code, base) else { return hotLoops[place].fail() }
      hotLoops[place].loop = loop
    }
    replay(place, isCounted: isCounted)
  }

  /// Whether what a turn does is all there is to it.
  private var canRecord: Bool {
    !options.isStrict && !graph.isLent && scopes.isEmpty && numbersOnly == 0 && ties.isEmpty
  }

  private mutating func hotLoop(_ head: Int, _ code: Code) -> Int {
    for place in hotLoops.indices.reversed()
    where hotLoops[place].head == head && hotLoops[place].code === code {
      return place
    }
    hotLoops.append(HotLoop(code: code, head: head))
    return hotLoops.count - 1
  }

  /// Whether everything that a program takes for granted still holds.
  private mutating func fits(_ loop: CompiledLoop, _ base: Int, _ isCounted: Bool) -> Bool {
    guard loop.base == base, loop.compactions == compactionCount else { return false }
    guard loop.sources == (isCounted ? sourcesOfLoop : []) else { return false }
    guard stillHold(loop.invariants) else { return false }
    var nodes: [NodeID] = []
    for input in loop.inputs {
      guard let node = node(of: input), graph.shape(of: node) == input.shape,
        !nodes.contains(node)
      else { return false }
      nodes.append(node)
    }
    return !isAny(of: loop.givens, builtFrom: nodes)
  }

  /// Whether each place holds what it held.
  func stillHold(_ places: [(Location, Contents)]) -> Bool {
    places.allSatisfy { $0.1 == Contents(of: $0.0, bindings, stack) }
  }

  /// The leaf that all places of an input hold now, in the way they did.
  private func node(of input: CompiledLoop.Input) -> NodeID? {
    var node: NodeID?
    for (place, before) in input.places {
      let now = Contents(of: place, bindings, stack)
      guard let (_, id) = Contents.leaves(before, now, in: graph), node == nil || node == id else {
        return nil
      }
      node = id
    }
    return node
  }

  private mutating func replay(_ place: Int, isCounted: Bool) {
    guard var loop = hotLoops[place].loop, var program = loop.program else { return }
    // Held in one place only, so that its registers are written in place.
    hotLoops[place].loop?.program = nil
    loop.program = nil
    for (index, input) in loop.inputs.enumerated() {
      if let node = node(of: input) { program.setInput(index, to: graph.tensor(of: node)) }
    }
    var (start, end) = (0, Int.max)
    if isCounted, let state = loops.last {
      (start, end) = (state.turn, state.count)
      program.setCounters(
        to: state.sources.map { if case .range(let first) = $0 { first } else { 0 } })
    }
    let atOnce = max(1, Session.workAtOnce / max(1, program.work))
    var turn = start
    while turn < end {
      let stop = turn + min(atOnce, end - turn)
      turn = program.run(turns: turn..<stop)
      guard turn == stop else { break }
      if isCounted { loops[loops.count - 1].turn = turn }
      reportLoop()
      if options.isInterrupted() {
        isFinishingTurn = true
        break
      }
    }
    if turn - start > 1 {
      restore(loop, program)
      compiledTurns += turn - 1 - start
    }
    if isCounted, turn > start { loops[loops.count - 1].turn = turn - 1 }
    hotLoops[place].loop?.program = program
    hotLoops[place].resumption = hotLoops[place].turns + (turn > start ? 2 : 1)
    hotLoops[place].misses = turn - start < 4 ? hotLoops[place].misses + 1 : 0
    if hotLoops[place].misses > 2 { hotLoops[place].fail() }
  }

  /// Gives names and places the leaves that they had before the last turn that a program has run.
  private mutating func restore(_ loop: CompiledLoop, _ program: Program) {
    for (index, input) in loop.inputs.enumerated() {
      let leaf = graph.input(program.value(ofFormerInput: index), tag: input.tag)
      for (place, kept) in input.places {
        switch (place, kept) {
        case (.name(let name), .parameter): bind(name, to: .parameter(leaf))
        case (.name(let name), _): bind(name, to: .value(.node(leaf)))
        case (.slot(let slot), _): stack[slot] = .node(leaf)
        }
      }
    }
  }
}
