import Autodiff
import Optimization
import Syntax
import Tensors

extension Session {
  /// The value of a name; nil when a live formula was entered, which will leave it on the stack.
  mutating func value(of name: NameID, at span: Span) throws(Diagnostic) -> Value? {
    recording?.read(.name(name))
    if !scopes.isEmpty {
      graph.trace?.isVoid = true
      if let leaf = substituted(name) { return .node(leaf) }
    }
    switch bindings[name.index] {
    case .value(.node(let id)), .parameter(let id):
      return .node(scopes.isEmpty ? id : try substitute(in: id, at: span))
    case .value(let value): return value
    case .live(let formula):
      if let answer = liveAnswers[name], answer.epoch == epoch { return answer.value }
      guard frames.count < Session.frameLimit else {
        throw .recursion(self.name(name), limit: Session.frameLimit, at: span)
      }
      if let circle = runningCircle(of: formula) { throw .circle(circle.map(self.name), at: span) }
      push(formula.code, .live(formula), at: span)
      return nil
    case .function(let function):
      throw functionWithoutArguments(name, usage(of: function), at: span)
    case .none: return try builtinValue(of: name, at: span)
    }
  }

  private mutating func builtinValue(of name: NameID, at span: Span) throws(Diagnostic) -> Value {
    guard name.index < builtins.count else {
      throw unknown(name, at: span)
    }
    switch builtins[name.index] {
    case .constant(let value):
      return .node(graph.constant(value, tag: tag(name)))
    case .functions(let rows):
      throw functionWithoutArguments(name, usage(of: rows[0].id.row), at: span)
    case .form(let place):
      throw .functionWithoutArguments(self.name(name), Form.all[place].usage, at: span)
    case .optimizer(let place):
      throw .functionWithoutArguments(
        self.name(name), Optimizer.all[place].usage, at: span, hint: "write \(self.name(name))()")
    case .lastResult:
      graph.trace?.isVoid = true
      guard let last = results.last else { throw .noResultYet(at: span) }
      return .node(scopes.isEmpty ? last : try substitute(in: last, at: span))
    case .none: throw unknown(name, at: span)
    }
  }

  /// `$3`.
  mutating func result(_ number: Int, at span: Span) throws(Diagnostic) -> Value {
    graph.trace?.isVoid = true
    let place = number - 1 - (resultCount - results.count)
    guard results.indices.contains(place) else {
      throw .noSuchResult(number, count: resultCount, kept: results.count, at: span)
    }
    return .node(scopes.isEmpty ? results[place] : try substitute(in: results[place], at: span))
  }

  mutating func loadLocal(_ slot: Int, _ local: Local, _ base: Int, at span: Span)
    throws(Diagnostic)
  {
    recording?.read(.slot(base + slot))
    if case .nothing = stack[base + slot] {
      guard local.fallsThrough else {
        throw unknown(local.name, at: span)
      }
      if let value = try value(of: local.name, at: span) { stack.append(value) }
    } else {
      stack.append(stack[base + slot])
    }
  }

  /// Gives a local name a value.
  mutating func store(_ value: Value, inSlot slot: Int) {
    recording?.write(.slot(slot))
    stack[slot] = value
  }

  /// Binds a name of the session; the statement can still be undone.
  mutating func bind(_ name: NameID, to binding: Binding) {
    recording?.write(.name(name))
    if journaled[name.index] != statementNumber {
      journaled[name.index] = statementNumber
      journal.append(.binding(name, bindings[name.index]))
    }
    if let before = bindings[name.index].node { formerNodes[name, default: []].append(before) }
    bindings[name.index] = binding
    epoch &+= 1
  }

  func tag(_ name: NameID) -> Tag { Tag(UInt32(name.index)) }

  /// Whether a name means a node now.
  package func stands(_ name: NameID, for id: NodeID) -> Bool {
    if bindings[name.index].node == id { return true }
    if case .node(let answer)? = liveAnswers[name]?.value { return answer == id }
    return false
  }

  /// What a node is called in messages.
  func shown(_ id: NodeID) -> String {
    let tag = graph.tag(of: id)
    if tag != .none { return name(NameID(index: Int(tag.rawValue))) }
    if graph.isScalar(id) { return telling(graph.scalar(of: id)) }
    if graph.operation(of: id) == .stack { return "the array" }
    let row = graph.operation(of: id).row
    return graph.isLeaf(id) ? "the array" : "the result of '\(row.shownName)'"
  }

  func number(_ value: Double) -> String {
    var bytes: [UInt8] = []
    NumberFormat.append(value, digits: options.digits, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
