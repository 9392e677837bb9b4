import Autodiff
import Syntax

/// Where a value is kept from turn to turn: a name of the session, or a place on the stack.
enum Keeping: Hashable, Sendable {
  case name(NameID)
  case slot(Int)
}

/// What one turn of a loop does with names, noted while a copy of the session runs it.
struct Recording: Sendable {
  /// The instruction at which a turn begins and ends.
  let head: Int
  /// How many frames there are when it does.
  let depth: Int
  /// The place of the loop among those that are running; nil for `while`.
  let loop: Int?
  /// Places on the stack from here on belong to calls of the turn.
  let stackHeight: Int
  /// What the turn has read before it wrote it.
  private(set) var reads: Set<Keeping> = []
  private(set) var writes: Set<Keeping> = []
  /// Numbers that go up by 1 from turn to turn, and what they are in turn 0.
  var counters: [(id: NodeID, first: Double)] = []
  var isComplete = false

  init(head: Int, depth: Int, loop: Int?, stackHeight: Int) {
    (self.head, self.depth, self.loop, self.stackHeight) = (head, depth, loop, stackHeight)
  }

  /// For an expression that is no turn of a loop.
  init(ofPart stackHeight: Int) {
    self.init(head: -1, depth: -1, loop: nil, stackHeight: stackHeight)
  }

  mutating func read(_ place: Keeping) {
    if isOfTurn(place), !writes.contains(place) { reads.insert(place) }
  }

  mutating func write(_ place: Keeping) {
    if isOfTurn(place) { writes.insert(place) }
  }

  /// Whether the place is there from turn to turn.
  private func isOfTurn(_ place: Keeping) -> Bool {
    if case .slot(let slot) = place { slot < stackHeight } else { true }
  }
}

extension Session {
  /// The most nodes of a turn that become a program; longer loops within a turn have their own.
  static let nodesOfTurn = 4_096

  /// Whether the variables that are about to be set are those of the loop that is recorded.
  var isRecordingLoop: Bool {
    guard let recording else { return false }
    return recording.loop == loops.count - 1 && recording.depth == frames.count
  }

  /// Ends a recording that can come to nothing; false where there is none.
  mutating func leavesRecording() -> Bool {
    guard recording != nil else { return false }
    graph.trace?.isVoid = true
    frames.removeAll()
    return true
  }

  /// The value of a loop's variable in the turn that is recorded, as something that is counted up.
  mutating func recordedEntry(
    _ turn: Int, of source: LoopState.Source, _ name: NameID, at span: Span
  ) throws(Diagnostic) -> Value {
    let value = try entry(turn, of: source, name, at: span)
    switch (source, value) {
    case (.range(let first), .node(let id)): count(id, from: first)
    case (.array, .node(let id)):
      let place = graph.constant(Double(turn))
      count(place, from: 0)
      graph.follow(id, places: [place])
    default: graph.trace?.isVoid = true
    }
    return value
  }

  private mutating func count(_ id: NodeID, from first: Double) {
    graph.track(id)
    recording?.counters.append((id, first))
  }

  /// Runs the turn that comes in a copy of the session and makes a program of it.
  ///
  /// - Parameters:
  ///   - head: the instruction at which the turn begins.
  ///   - code: the code of the loop.
  ///   - base: where the code's locals lie on the stack.
  /// - Returns: nil where a program could not do what the turn does.
  mutating func recordTurn(from head: Int, _ code: Code, _ base: Int) -> CompiledLoop? {
    let isCounted = code.instructions[head].operation == .nextTurn
    let start = self.recording(head, isCounted: isCounted)
    let (isInteractive, bindings, stack) = (options.isInteractive, self.bindings, self.stack)
    let end = code.endOfLoop(from: head)
    return aside { trial in
      let (mark, results) = (trial.graph.count, trial.resultCount)
      trial.options.isInteractive = isInteractive
      trial.options.files = nil
      trial.options.nodeLimit = min(trial.options.nodeLimit, mark + Session.nodesOfTurn)
      trial.graph.lend(arrayWork: .max)
      defer { trial.graph.takeBack() }
      let trace = Trace()
      (trial.graph.trace, trial.recording) = (trace, start)
      trial.liveAnswers.removeAll()
      trial.frames[start.depth - 1].place = head
      trial.frames[start.depth - 1].code = code.cut(at: end)
      guard (try? trial.run(downTo: start.depth - 1)) != nil, let turn = trial.recording,
        turn.isComplete, trial.outcomes.isEmpty, trial.resultCount == results
      else {
        trial.graph.trace = nil
        return nil
      }
      var loop = CompiledLoop(base: base, invariants: [])
      var ends: [NodeID] = []
      for place in turn.reads.sorted() {
        let before = Kept(place, bindings, stack)
        guard turn.writes.contains(place) else {
          loop.invariants.append((place, before))
          continue
        }
        let after = Kept(place, trial.bindings, trial.stack)
        guard let (from, to) = Kept.leaves(before, after, in: trial.graph) else { return nil }
        if let index = loop.inputs.firstIndex(where: { $0.node == from }) {
          guard ends[index] == to else { return nil }
          loop.inputs[index].places.append((place, before))
        } else {
          guard !ends.contains(to) else { return nil }
          ends.append(to)
          loop.inputs.append(
            CompiledLoop.Input(
              node: from, tag: trial.graph.tag(of: to), shape: trial.graph.shape(of: from),
              places: [(place, before)]))
        }
      }
      let inputs = loop.inputs.map(\.node)
      // What keeps a node that is replaced by name would be replaced too.
      guard !loop.invariants.contains(where: { $0.1.isUnknown || $0.1.holds(anyOf: inputs) }),
        !trial.loopHolds(anyOf: inputs, start.loop),
        let program = trial.graph.program(
          of: ends, inputs: inputs, counters: turn.counters, trace, mark: mark)
      else { return nil }
      loop.program = program
      loop.compactions = trial.compactionCount
      return loop
    }
  }

  private func recording(_ head: Int, isCounted: Bool) -> Recording {
    Recording(
      head: head, depth: frames.count, loop: isCounted ? loops.count - 1 : nil,
      stackHeight: stack.count)
  }

  /// Whether a loop runs over one of the nodes.
  private func loopHolds(anyOf nodes: [NodeID], _ loop: Int?) -> Bool {
    guard let loop, loops.indices.contains(loop) else { return false }
    return loops[loop].sources.contains { source in
      if case .array(let id) = source { nodes.contains(id) } else { false }
    }
  }

  /// The derivatives of a single number as nodes that hold numbers, as `NumericSweep` has them.
  ///
  /// The nodes have to come out with the very bits of the sweep, or the trace is void.
  mutating func tracedGradients(of output: NodeID, _ targets: [NodeID]) -> [NodeID?]? {
    let trace = graph.trace
    graph.trace = nil
    defer { graph.trace = trace }
    guard sweep.run(from: output, in: graph) else { return nil }
    graph.trace = trace
    builder.decidesGates = true
    let found = try? builder.gradient(of: output, withRespectTo: targets, in: &graph)
    builder.decidesGates = false
    graph.trace = nil
    let partials = targets.map { sweep.isReached($0) ? sweep.partial($0) : nil }
    let numbers = (found ?? []).map { $0.map(graph.scalar(of:)) }
    if numbers.map(\.?.bitPattern) != partials.map(\.?.bitPattern) || partials.contains(nil) {
      trace?.isVoid = true
    }
    graph.trace = trace
    return zip(targets, found ?? []).map { _, node in node.map { graph.constant(copying: $0) } }
  }
}

extension Keeping: Comparable {
  static func < (a: Keeping, b: Keeping) -> Bool {
    switch (a, b) {
    case (.name(let a), .name(let b)): a.index < b.index
    case (.slot(let a), .slot(let b)): a < b
    case (.name, .slot): true
    case (.slot, .name): false
    }
  }
}

extension Code {
  /// The place behind the loop whose turns begin at that instruction.
  func endOfLoop(from head: Int) -> Int {
    let last = instructions.indices.last { place in
      instructions[place].operation == .jump && place + Int(instructions[place].payload) == head
    }
    return (last ?? head) + 1
  }

  /// The code up to an instruction: who goes on behind it has left the code.
  func cut(at end: Int) -> Code {
    let code = Code()
    code.instructions = Array(instructions[..<end])
    code.spans = Array(spans[..<end])
    (code.numbers, code.texts, code.calls, code.indices) = (numbers, texts, calls, indices)
    (code.substitutions, code.locals, code.loops) = (substitutions, locals, loops)
    (code.liveFormulas, code.functions, code.commands) = (liveFormulas, functions, commands)
    (code.lessons, code.trainings, code.differentiates) = (lessons, trainings, differentiates)
    (code.source, code.base) = (source, base)
    return code
  }
}
