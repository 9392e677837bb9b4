import Autodiff

/// A turn of a loop as a program.
extension Session {
  /// The most nodes of a turn that become a program; longer loops within a turn have their own.
  private static let nodesOfTurn = 4_096

  /// Runs the turn that comes in a copy of the session and makes a program of it.
  ///
  /// - Parameters:
  ///   - head: the instruction at which the turn begins.
  ///   - code: the code of the loop.
  ///   - base: where the code's locals lie on the stack.
  /// - Returns: nil where a program could not do what the turn does.
  mutating func recordTurn(from head: Int, _ code: Code, _ base: Int) -> CompiledLoop? {
    let isCounted = code.instructions[head].operation == .nextTurn
    let turn = Recording(
      head: head, depth: frames.count, loop: isCounted ? loops.count - 1 : nil,
      stackHeight: stack.count)
    let (bindings, stack, sources) = (self.bindings, self.stack, isCounted ? sourcesOfLoop : [])
    return record(turn, nodes: Session.nodesOfTurn) { trial, trace in
      let (mark, results) = (trial.graph.count, trial.resultCount)
      trial.frames[turn.depth - 1].place = head
      trial.frames[turn.depth - 1].code = code.cut(at: code.endOfLoop(from: head))
      guard (try? trial.run(downTo: turn.depth - 1)) != nil, turn.isComplete,
        trial.outcomes.isEmpty, trial.resultCount == results
      else { return nil }
      var loop = CompiledLoop(
        over: sources, base: base, compactions: trial.compactionCount)
      var ends: [NodeID] = []
      for place in turn.reads {
        let before = Contents(of: place, bindings, stack)
        if turn.writes.contains(place) {
          let after = Contents(of: place, trial.bindings, trial.stack)
          guard loop.carry(place, before, after, &ends, in: trial.graph) else { return nil }
        } else {
          loop.invariants.append((place, before))
        }
      }
      let inputs = loop.inputs.map(\.node)
      guard !loop.invariants.contains(where: \.1.isUnknown),
        !trial.isAny(of: loop.givens, builtFrom: inputs)
      else { return nil }
      loop.program = trial.graph.program(
        of: ends, inputs: inputs, counters: turn.counters, trace, mark: mark)
      return loop.program == nil ? nil : loop
    }
  }

  /// The arrays that the innermost loop runs over, nil for what is no array.
  var sourcesOfLoop: [NodeID?] {
    (loops.last?.sources ?? []).map { if case .array(let id) = $0 { id } else { nil } }
  }

  /// Whether any of the nodes is one of the inputs or made from one.
  ///
  /// An input that a turn replaces is another leaf in the turn after it, which they do not follow:
  /// neither their values nor derivatives with respect to it go on through them.
  mutating func isAny(of nodes: [NodeID], builtFrom inputs: [NodeID]) -> Bool {
    guard let first = inputs.min() else { return false }
    reach.collect(from: nodes.filter { $0 >= first }, in: graph, notBefore: first)
    return inputs.contains(where: reach.contains)
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
