import Syntax

/// Live formulas and functions, whose code is their own.
extension Lowering {
  mutating func live(
    _ target: Target, _ expression: Expression, flag: UInt8, at span: Span
  ) {
    guard !isInFunction else { return refuse(.notInFunction("a live formula", at: span)) }
    var inner = nested(for: span)
    inner.expression(expression)
    inner.emit(.giveBack, at: span)
    refuseLoopVariables(inner.reads, at: target.span)
    code.liveFormulas.append(
      LiveFormula(
        name: target.name, code: inner.code, reads: inner.reads,
        text: input.text(tree.nodes[expression.end - 1].span)))
    emit(.defineLive, code.liveFormulas.count - 1, flag: flag, at: target.span)
  }

  private func nested(for span: Span) -> Lowering {
    let code = Code()
    code.source = input.excerpt(span)
    code.base = UInt32(input.excerptStart(span))
    var inner = Lowering(
      tree: tree, into: code, operators: operators, input: input, builtins: builtins)
    inner.collectsReads = true
    return inner
  }

  /// A formula or function outlives the loop it stands in, but not the loop's variables.
  private mutating func refuseLoopVariables(_ reads: Set<NameID>, at span: Span) {
    if reads.contains(where: { slots[$0] != nil }) { refuse(.loopVariable(at: span)) }
  }

  mutating func function(_ function: FunctionSyntax, at span: Span) {
    guard !isInFunction else { return refuse(.notInFunction("a function", at: span)) }
    var inner = nested(for: span)
    inner.isInFunction = true
    // A default is computed in the call, where it can read the parameters before it.
    for parameter in function.parameters {
      guard let fallback = parameter.fallback else {
        inner.addLocal(parameter.target.name, fallsThrough: false)
        continue
      }
      let test = inner.here
      inner.emit(.jumpIfSet, count: inner.code.locals.count, at: parameter.target.span)
      inner.expression(fallback)
      let slot = inner.addLocal(parameter.target.name, fallsThrough: false)
      inner.emit(.storeLocal, slot, at: parameter.target.span)
      inner.land(test)
    }
    for name in function.body.flatMap(\.assignedNames) where inner.slots[name] == nil {
      inner.addLocal(name, fallsThrough: true)
    }
    inner.body(function.body, at: span)
    code.functions.append(
      UserFunction(
        name: function.target.name, parameters: function.parameters.map(\.target.name),
        required: function.parameters.prefix { $0.fallback == nil }.count, code: inner.code,
        reads: inner.reads, mayRead: inner.certain.doubtful, text: input.text(span)))
    problem = problem ?? inner.problem
    refuseLoopVariables(
      inner.reads.union(inner.certain.doubtful), at: function.target.span)
    emit(.defineFunction, code.functions.count - 1, at: function.target.span)
  }

  /// A function's body: its last expression is its value.
  private mutating func body(_ statements: [Statement], at span: Span) {
    block(statements, isLast: true)
    emit(.giveNothing, at: span)
  }
}

extension Statement {
  /// The names that the statement binds in the scope it stands in, blocks included.
  var assignedNames: [NameID] {
    switch kind {
    case .assignment(let target, _), .update(let target, _, _): [target.name]
    case .conditional(let branches, let otherwise):
      branches.flatMap { $0.body.flatMap(\.assignedNames) }
        + (otherwise ?? []).flatMap(\.assignedNames)
    case .forEach(_, _, let body), .repetition(_, let body), .whileLoop(_, let body),
      .withoutGradient(let body):
      body.flatMap(\.assignedNames)
    case .expression, .live, .parameter, .function, .breakLoop, .continueLoop,
      .returnValue, .print, .assertion, .command, .lesson, .training:
      []
    }
  }
}
