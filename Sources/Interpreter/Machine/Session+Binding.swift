import Autodiff
import Syntax
import Tensors

/// The four ways to bind a name, and updates.
extension Session {
  /// `y = e`: an input when the value depends on none, otherwise a name for the node.
  mutating func store(_ name: NameID, flag: UInt8, mentionsItself: Bool, at span: Span)
    throws(Diagnostic)
  {
    let value = try pop(at: span)
    if mentionsItself {
      endUpdate(of: name)
      remarkOnHistory(name, of: value)
    }
    remarkOnShadowing(name)
    let before = followedFormulas(of: name)
    if case .parameter = bindings[name.index], case .node(let id) = value,
      mentionsItself || isOwnNumber(id, of: name)
    {
      try replaceParameter(name, by: id, at: span)
    } else {
      if case .parameter = bindings[name.index] {
        remarks.ceased[name] = input.line + input.lineEnds(before: Int(statementSpan(span).start))
      }
      let bound = named(value, name)
      try check(bound, name, at: span)
      bind(name, to: .value(bound))
    }
    remarks.snapshots.remove(name)
    echo(name, isSilent: flag & 1 != 0 || flag & 2 != 0, at: span)
    reportFollowers(of: name, before)
  }

  /// Whether a node is no more than a number, or a former number of the name itself.
  private func isOwnNumber(_ id: NodeID, of name: NameID) -> Bool {
    !graph.isVariable(id) || graph.isInput(id) && graph.tag(of: id) == tag(name)
  }

  /// A value that gets a name of the session: what depends on no input becomes one.
  private mutating func named(_ value: Value, _ name: NameID) -> Value {
    guard case .node(let id) = value else { return value }
    guard !graph.isVariable(id) else {
      let former = graph.tag(of: id)
      // A node keeps its first name as long as that name means it.
      if former == .none || !stands(NameID(index: Int(former.rawValue)), for: id) {
        if former == .none || !graph.isInput(id) {
          // Of a node that the statement has made itself nothing is left when it is undone.
          if id.index < savedGraphCount, !hasCompacted { journal.append(.tag(id, former)) }
          graph.setTag(tag(name), of: id)
        }
      }
      return value
    }
    return .node(graph.input(copying: id, tag: tag(name)))
  }

  /// `param w = e`, or `param w`.
  mutating func storeParameter(_ name: NameID, at span: Span) throws(Diagnostic) {
    guard case .node(let id) = try pop(at: span) else {
      throw Diagnostic("a param holds a number or an array", at: span)
    }
    remarkOnShadowing(name)
    if imperative.gradients[name] != nil {
      rememberImperative()
      imperative.gradients[name] = nil
    }
    let before = followedFormulas(of: name)
    try replaceParameter(name, by: id, at: span)
    reportFollowers(of: name, before)
  }

  private mutating func replaceParameter(_ name: NameID, by id: NodeID, at span: Span)
    throws(Diagnostic)
  {
    let leaf = graph.input(copying: id, tag: tag(name))
    try check(.node(leaf), name, at: span)
    bind(name, to: .parameter(leaf))
  }

  /// Before the right side of `w -= e`: of a param only the number will be kept.
  mutating func beginUpdate(_ name: NameID, slot: Int, _ base: Int) {
    differentiationsBefore = differentiations
    if updatesParameter(name, slot: slot, base) { numbersOnly += 1 }
  }

  private func updatesParameter(_ name: NameID, slot: Int, _ base: Int) -> Bool {
    if slot != Instruction.noSlot {
      guard case .nothing = stack[base + slot] else { return false }
    }
    if case .parameter = bindings[name.index] { return true }
    return false
  }

  private mutating func endUpdate(of name: NameID) {
    if case .parameter = bindings[name.index], numbersOnly > 0 { numbersOnly -= 1 }
  }

  /// `y += e`.
  mutating func storeUpdate(
    _ name: NameID, slot: Int, _ base: Int, flag: UInt8, at span: Span
  ) throws(Diagnostic) {
    let value = try pop(at: span)
    if updatesParameter(name, slot: slot, base), case .node(let id) = value {
      numbersOnly -= 1
      let before = followedFormulas(of: name)
      try replaceParameter(name, by: id, at: span)
      echo(name, isSilent: flag & 1 != 0, at: span)
      reportFollowers(of: name, before)
      return
    }
    if slot != Instruction.noSlot {
      store(value, inSlot: base + slot)
      return
    }
    remarkOnHistory(name, of: value)
    stack.append(value)
    try store(name, flag: flag, mentionsItself: false, at: span)
  }

  /// `y := e`.
  mutating func define(_ formula: LiveFormula, flag: UInt8, at span: Span) throws(Diagnostic) {
    defer { readNames.formUnion(formula.reads) }
    if let circle = circle(from: formula.name, through: formula.reads) {
      throw .circle(circle.map(name), at: span)
    }
    remarkOnShadowing(formula.name)
    let before = followedFormulas(of: formula.name)
    bind(formula.name, to: .live(formula))
    guard options.isInteractive, flag & 1 == 0 else { return }
    let missing = unboundNames(of: formula)
    guard missing.isEmpty else {
      let names = missing.map { "'\(name($0))'" }.joined(separator: " and ")
      outcomes.append(.note("\(name(formula.name)) waits for a value of \(names)"))
      return
    }
    echoLive(formula, at: span)
    reportFollowers(of: formula.name, before)
  }

  /// `f(x) = e`.
  mutating func define(_ function: UserFunction, at span: Span) throws(Diagnostic) {
    let name = function.name
    if case .live = bindings[name.index] {
    } else if let circle = liveCircle(through: function) {
      throw .circle(circle.map(self.name), at: span)
    }
    readNames.formUnion(function.reads.union(function.mayRead))
    remarkOnShadowing(name)
    bind(name, to: .function(function))
  }

  /// In strict mode a name is not given to nan or inf.
  private func check(_ value: Value, _ name: NameID, at span: Span) throws(Diagnostic) {
    guard options.isStrict, case .node(let id) = value, let text = notFinite(id) else { return }
    throw .notFinite(text, at: span)
  }
}
