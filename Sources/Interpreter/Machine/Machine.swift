import Autodiff
import Syntax
import Tensors

/// The stack machine. Nothing here recurses: a call is a frame, and frames are a list.
extension Session {
  /// Runs until an outcome is there or nothing is left to run.
  ///
  /// - Parameter floor: the frames that are left alone; where there are some, outcomes wait.
  /// - Throws: the `Diagnostic` of what went wrong.
  mutating func run(downTo floor: Int = 0) throws(Diagnostic) {
    while frames.count > floor, let frame = frames.last {
      let code = frame.code
      let (instructions, spans) = (code.instructions, code.spans)
      var place = frame.place
      let depth = frames.count
      while place < instructions.count {
        let jump = try execute(instructions[place], at: place, code, frame.base, spans[place])
        place += jump
        guard frames.count == depth else { break }
        if floor == 0, !outcomes.isEmpty {
          frames[depth - 1].place = place
          return
        }
      }
      if frames.count > depth {
        frames[depth - 1].place = place
      } else if frames.count == depth {
        // Only a statement ends without giving anything back.
        frames.removeLast()
        stack.removeLast(stack.count - frame.base)
      }
    }
  }

  /// Carries out one instruction.
  ///
  /// - Returns: how far to go on from it.
  @inline(__always)
  private mutating func execute(
    _ instruction: Instruction, at place: Int, _ code: Code, _ base: Int, _ span: Span
  ) throws(Diagnostic) -> Int {
    let payload = Int(instruction.payload)
    let count = Int(instruction.count)
    switch instruction.operation {
    case .number: stack.append(.node(graph.constant(code.numbers[payload])))
    case .text: stack.append(.text(code.texts[payload]))
    case .interpolate: try interpolate(format: code.texts[payload], at: span)
    case .join: join(count)
    case .name:
      let name = NameID(index: payload)
      if instruction.flag == 1, case .none = bindings[payload] {
        throw .paramWithoutValue(self.name(name), at: span)
      }
      if let value = try value(of: name, at: span) { stack.append(value) }
    case .local: try loadLocal(payload, code.locals[payload], base, at: span)
    case .result: stack.append(try result(count, at: span))
    case .unary:
      let operand = try popNode(at: span)
      try push(PrimitiveID(rawValue: UInt16(payload)), operand, at: span)
    case .binary:
      let second = try popNode(at: span)
      let first = try popNode(at: span)
      let row = PrimitiveID(rawValue: UInt16(payload))
      if instruction.flag == 0 {
        try push(row, first, second, at: span)
      } else {
        try push(row, [first, second], at: span)
      }
    case .chainFirst, .chainNext, .chainEnd:
      try chain(instruction.operation, PrimitiveID(rawValue: UInt16(payload)), at: span)
    case .jump:
      if payload < 0 {
        try tick(at: span)
        try endTurn(of: place + payload, code, base, at: span)
      }
      return payload
    case .jumpIfFalse:
      return try isTrue(popNode(at: span), at: span) ? 1 : payload
    case .andThen, .orElse:
      return try shortCircuit(stopsAt: instruction.operation == .orElse, at: span) ? payload : 1
    case .ifThen:
      return try beginChoice(at: place, code, base, at: span) ? 1 : payload
    case .ifEnd: return try endChoice(isSecond: instruction.flag == 1, at: span)
    case .call:
      wantsNumber = instruction.flag == 1 && numbersOnly > 0
      try call(code.calls[payload], primes: 0, at: span)
      wantsNumber = false
    case .prime: try call(code.calls[payload], primes: Int(instruction.flag), at: span)
    case .list: try makeArray(count, code, at: span)
    case .group:
      let values = Array(stack.suffix(count))
      stack.removeLast(count)
      stack.append(.list(values))
    case .index:
      let patterns = code.indices[payload]
      if instruction.flag == 0 {
        try index(patterns, at: span)
      } else {
        try indexTarget(patterns, at: span)
      }
    case .attribute: try attribute(NameID(index: payload), at: span)
    case .enterAt: try enterSubstitution(code.substitutions[payload], at: span)
    case .leaveAt: try leaveSubstitution(code, at: span)
    case .store:
      try store(
        NameID(index: payload), flag: instruction.flag, mentionsItself: count == 1, at: span)
    case .jumpIfSet:
      if case .nothing = stack[base + count] { return 1 }
      return payload
    case .storeLocal:
      let value = try pop(at: span)
      if code.differentiates, case .node(let id) = value { graph.track(id) }
      store(value, inSlot: base + payload)
    case .beginUpdate: beginUpdate(NameID(index: payload), slot: count, base)
    case .storeUpdate:
      try storeUpdate(NameID(index: payload), slot: count, base, flag: instruction.flag, at: span)
    case .storeParameter: try storeParameter(NameID(index: payload), at: span)
    case .show:
      let title = instruction.flag & 2 == 0 ? nil : NameID(index: payload)
      try show(title: title, isSilent: instruction.flag & 1 != 0, at: span)
    case .drop: stack.removeLast()
    case .print: try print(count, at: span)
    case .assert: try assert(hasMessage: instruction.flag == 1, code, at: span)
    case .beginLoop: try beginLoop(code.loops[payload], at: span)
    case .nextTurn:
      try tick(at: span)
      return try nextTurn(base, at: span) ? 1 : payload
    case .endLoop: loops.removeLast()
    case .giveBack: try giveBack(stack.removeLast(), at: span)
    case .giveNothing: try giveBack(.nothing, at: span)
    case .endStatement:
      if graph.weight > compactionThreshold { compactIfWorthwhile() }
    case .command, .lesson, .train, .defineLive, .defineFunction:
      if leavesRecording() { return 0 }
      return try executeAlone(instruction, at: place, code, base, span)
    case .detach: try detach(at: span)
    }
    return 1
  }

  /// Carries out what is no part of a computation, which nobody would want in a recording.
  private mutating func executeAlone(
    _ instruction: Instruction, at place: Int, _ code: Code, _ base: Int, _ span: Span
  ) throws(Diagnostic) -> Int {
    let payload = Int(instruction.payload)
    switch instruction.operation {
    case .command: try command(code.commands[payload], at: span)
    case .lesson: try teach(code.lessons[payload], code, at: span)
    case .train: return try train(code.trainings[payload], at: place, code, base, span)
    case .defineLive: try define(code.liveFormulas[payload], flag: instruction.flag, at: span)
    default: try define(code.functions[payload], at: span)
    }
    return 1
  }

  /// Counts a turn, and now and then looks whether to stop.
  mutating func tick(now: Bool = false, at span: Span) throws(Diagnostic) {
    ticks &+= 1
    guard now || ticks & 255 == 0 && !isFinishingTurn else { return }
    reportLoop()
    if options.isInterrupted() {
      isStopped = true
      throw .interrupted(turn: loops.last?.turn, at: span)
    }
    if graph.count > options.nodeLimit { throw .graphTooLarge(options.nodeLimit, at: span) }
  }
}

extension Session {
  /// Whether the statement ends because somebody wants it to.
  var isAbandoned: Bool { isStopped || graph.cancellation.wasNoticed }

  /// Ends the statement where some work of it has left off.
  func confirmInterest(at span: Span) throws(Diagnostic) {
    if graph.cancellation.wasNoticed { throw .interrupted(turn: loops.last?.turn, at: span) }
  }

  mutating func pop(at span: Span) throws(Diagnostic) -> Value {
    let value = stack.removeLast()
    if case .nothing = value { throw .noValue(at: span) }
    return value
  }

  @inline(__always)
  mutating func popNode(at span: Span) throws(Diagnostic) -> NodeID {
    let value = stack.removeLast()
    if case .node(let id) = value { return id }
    if case .nothing = value { throw .noValue(at: span) }
    throw .needsNumber(value.kind, at: span)
  }

  @inline(__always)
  mutating func push(_ row: PrimitiveID, _ a: NodeID, at span: Span) throws(Diagnostic) {
    do throws(ShapeError) {
      stack.append(.node(try graph.apply(row, a)))
    } catch {
      throw .shape(error, [shown(a)], at: span)
    }
  }

  @inline(__always)
  mutating func push(_ row: PrimitiveID, _ a: NodeID, _ b: NodeID, at span: Span)
    throws(Diagnostic)
  {
    do throws(ShapeError) {
      let result = try graph.apply(row, a, b)
      stack.append(.node(result))
      if !graph.isScalar(result) { remarkOnGrowth(row, [a, b], graph.shape(of: result)) }
    } catch {
      throw .shape(error, [shown(a), shown(b)], at: span)
    }
  }

  mutating func push(
    _ row: PrimitiveID, _ operands: [NodeID], _ attribute: Attribute = .none, at span: Span
  ) throws(Diagnostic) {
    if let refusal = row.row.refusal {
      if operands.allSatisfy(graph.isScalar),
        !graph.isZero(refusal.condition, at: operands, result: operands[0])
      {
        throw Diagnostic(refusal.message, at: span)
      }
      // Who looks at numbers while a turn is traced decides by them.
      if graph.trace == nil { remarkOnWholeNumbers(row.row, operands) }
    }
    do throws(ShapeError) {
      let result = try graph.apply(row, operands, attribute)
      stack.append(.node(result))
      if operands.count > 1 { remarkOnGrowth(row, operands, graph.shape(of: result)) }
    } catch {
      throw .shape(error, operands.map(shown), at: span)
    }
  }

  /// Whether a condition holds; nan counts as true, as it does in C and Python.
  func isTrue(_ id: NodeID, at span: Span) throws(Diagnostic) -> Bool {
    guard graph.isScalar(id) else { throw .needsOneNumber(graph.shape(of: id), at: span) }
    return graph.isTrue(id)
  }
}
