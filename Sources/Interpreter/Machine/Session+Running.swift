import Autodiff
import Syntax
import Tensors

extension Session {
  /// The next thing that comes of the text that was fed; nil when all of it has run.
  ///
  /// A failed statement changes nothing; running goes on with the statement after it.
  package mutating func next() -> Outcome? {
    while true {
      if !outcomes.isEmpty { return outcomes.removeFirst() }
      do throws(Diagnostic) {
        if frames.isEmpty {
          if let request {
            self.request = nil
            return request
          }
          if let report = timeReport() { return .answer([report]) }
          guard try beginStatement() else { return nil }
        }
        try run()
      } catch {
        let isAbandoned = isAbandoned
        let fault = fault(
          for: isAbandoned
            ? .interrupted(turn: loops.last?.turn, at: error.span) : advised(error))
        if isAbandoned { leaveStatement() } else { rollBack() }
        isStopped = false
        outcomes.append(.failure(fault))
        stopwatch = nil
      }
    }
  }

  /// Reads the next statement and makes it ready to run.
  ///
  /// - Returns: false when there is no further whole statement.
  mutating func beginStatement() throws(Diagnostic) -> Bool {
    commit()
    compactIfWorthwhile()
    let bytes = input.bytes
    let (offset, isFinal) = (input.offset, input.isFinal)
    let parsed = bytes.withUnsafeBufferPointer { bytes in
      parser.parseStatement(in: bytes, from: offset, isFinal: isFinal)
    }
    graph.cancellation.forget()
    journal.removeAll(keepingCapacity: true)
    savedGraphCount = graph.count
    savedResultCount = resultCount
    savedRandom = random
    statementNumber &+= 1
    hasCompacted = false
    if !derivativeQuestions.isEmpty { derivativeQuestions.removeAll() }
    if !hotLoops.isEmpty { hotLoops.removeAll() }
    // A copy of the session may still be running what the code held.
    if !isKnownUniquelyReferenced(&statementCode) { statementCode = Code() }
    statementCode.removeAll()
    switch parsed {
    case .end:
      input.offset = bytes.count
      guard outerInputs.isEmpty else {
        endLoading()
        return try beginStatement()
      }
      return false
    case .incomplete(let missing):
      input.incomplete = missing
      return false
    case .failure(let diagnostic, let next):
      _ = input.line(at: input.offset)
      noteLine(from: min(Int(diagnostic.span.start), input.offset), to: next - 1)
      input.offset = next
      throw diagnostic
    case .statement(let statement, let next):
      _ = input.line(at: Int(statement.span.start))
      noteLine(from: Int(statement.span.start), to: Int(statement.span.end))
      input.offset = next
      for note in parser.notes { outcomes.append(.note(note.message)) }
      while bindings.count < parser.names.count { bindings.append(.none) }
      while journaled.count < parser.names.count { journaled.append(0) }
      try lower(statement)
      beginTiming(statement)
      beginDefinition(statement)
      return true
    }
  }

  private mutating func lower(_ statement: Statement) throws(Diagnostic) {
    var lowering = Lowering(
      tree: parser.tree, into: statementCode, operators: .all, input: input,
      builtins: builtins)
    lowering.stepName = parser.stepName
    lowering.statement(statement)
    if let problem = lowering.problem { throw problem }
    push(statementCode, .statement, at: statement.span)
  }

  /// Makes code ready to run, with its locals unset.
  mutating func push(_ code: Code, _ kind: Frame.Kind, at span: Span) {
    frames.append(
      Frame(
        kind: kind, code: code, base: stack.count, loopBase: loops.count, callSpan: span))
    for _ in code.locals { stack.append(.nothing) }
  }

  /// Undoes what the running statement has changed.
  private mutating func rollBack() {
    for change in journal.reversed() {
      switch change {
      case .binding(let name, let before):
        bindings[name.index] = before
        if !hasCompacted { formerNodes[name]?.removeAll { $0.index >= savedGraphCount } }
      case .tag(let id, let tag): graph.setTag(tag, of: id)
      case .imperative(let before): imperative = before
      }
    }
    journal.removeAll(keepingCapacity: true)
    results.removeLast(min(results.count, resultCount - savedResultCount))
    resultCount = savedResultCount
    random = savedRandom
    leaveStatement()
    if !hasCompacted {
      graph.truncate(to: savedGraphCount)
      calls = calls.filter { $0.key.index < savedGraphCount }
      liveAnswers.removeAll(keepingCapacity: true)
    }
  }

  /// Empties the machine; what names are bound to stays, as after ^C.
  private mutating func leaveStatement() {
    epoch += 1
    frames.removeAll(keepingCapacity: true)
    stack.removeAll(keepingCapacity: true)
    loops.removeAll(keepingCapacity: true)
    scopes.removeAll(keepingCapacity: true)
    ties.removeAll(keepingCapacity: true)
    numbersOnly = 0
    wantsNumber = false
    minimization = nil
    hotLoops.removeAll()
    isFinishingTurn = false
  }

  /// What is wrong, with its place in the source and the calls that led to it.
  package func fault(for diagnostic: Diagnostic) -> Fault {
    var diagnostic = diagnostic
    var trace: [String] = []
    for (place, frame) in frames.enumerated().reversed() where place > 0 {
      guard case .function(let function, _, _) = frame.kind else { continue }
      let caller = frames[place - 1].code
      let (source, base) = source(of: caller, around: frame.callSpan)
      let position = source.position(of: Int(frame.callSpan.start) - base)
      let line =
        "in '\(name(function.name))', called at \(source.name):\(position.line):\(position.column)"
      // A recursion is said once, however deep it went.
      if trace.last != line { trace.append(line) }
      if trace.count == 5 { break }
    }
    let (source, base) =
      frames.last.map { self.source(of: $0.code, around: diagnostic.span) }
      ?? (input.excerpt(diagnostic.span), input.excerptStart(diagnostic.span))
    diagnostic.span = Span(
      start: Int(diagnostic.span.start) - base, end: Int(diagnostic.span.end) - base)
    return Fault(diagnostic: diagnostic, source: source, trace: trace)
  }

  private func source(of code: Code, around span: Span) -> (SourceText, Int) {
    if let source = code.source { return (source, Int(code.base)) }
    return (input.excerpt(span), input.excerptStart(span))
  }
}
