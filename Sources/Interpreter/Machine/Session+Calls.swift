import Autodiff
import Optimization
import Syntax
import Tensors

extension Session {
  /// `f(a, b, k=c)`; the arguments stand on the stack.
  mutating func call(_ site: CallSite, primes: Int, at span: Span) throws(Diagnostic) {
    recording?.read(.name(site.name))
    switch bindings[site.name.index] {
    case .function(let function):
      try enter(function, site, primes: primes, at: span)
    case .none:
      guard site.name.index < builtins.count else {
        throw .unknownName(
          name(site.name), at: site.nameSpan, hint: suggestion(for: site.name, isCalled: true))
      }
      switch builtins[site.name.index] {
      case .functions(let rows):
        if case .optimizer? = stack.last, isOptimizerStep(site) {
          let optimizer = stack.removeLast()
          stack.append(try step(optimizer, at: span))
        } else {
          try apply(rows, site, primes: primes, at: span)
        }
      case .form(let place):
        guard primes == 0 else {
          throw Diagnostic(
            "f' needs a function of one argument, not '\(name(site.name))'", at: span)
        }
        try apply(Form.all[place], site, at: span)
      case .optimizer(let place):
        stack.append(.optimizer(try optimizer(Optimizer.all[place], site, at: span)))
      case .constant, .lastResult: throw notAFunction(site, at: span)
      case .none:
        throw .unknownName(
          name(site.name), at: site.nameSpan, hint: suggestion(for: site.name, isCalled: true))
      }
    case .value, .parameter, .live: throw notAFunction(site, at: span)
    }
  }

  /// Whether a call with an optimizer is `step(opt)` and not the function of that name.
  private func isOptimizerStep(_ site: CallSite) -> Bool {
    site.positional == 1 && site.keywords.isEmpty && name(site.name) == "step"
  }

  private func notAFunction(_ site: CallSite, at span: Span) -> Diagnostic {
    let text = frames.last?.code.source?.text(span, base: frames.last?.code.base ?? 0)
    let whole = text ?? input.text(span)
    let argument = whole.drop { $0 != "(" }.dropFirst().dropLast()
    return .notAFunction(name(site.name), argument: String(argument), at: span)
  }

  private mutating func apply(
    _ rows: [Builtin.Overload], _ site: CallSite, primes: Int, at span: Span
  ) throws(Diagnostic) {
    let fitting = rows.count == 1 ? rows[0] : overload(of: rows, for: site)
    guard !fitting.takesOptions else { return try apply(fitting, site, primes: primes, at: span) }
    let given = site.positional + site.keywords.count
    let overload =
      rows.first { $0.arity == given } ?? rows.first { $0.takes(given) } ?? rows[0]
    let (row, arity, takesMore) = (overload.id, overload.arity, overload.takesMore)
    for keyword in site.keywords where !row.row.parameters.contains(name(keyword)) {
      throw .noKeyword(name(keyword), usage(of: row.row, calledAs: name(site.name)), at: span)
    }
    guard overload.takes(given) else {
      throw .arity(
        usage(of: row.row, calledAs: name(site.name)), takes: takes(rows.map(\.id.row)),
        given: given, at: span)
    }
    if given < arity || !site.keywords.isEmpty { try complete(row.row, site, at: span) }
    let count = max(given, arity)
    guard primes == 0 else {
      return try derivative(of: row, required: overload.required, order: primes, at: span)
    }
    if arity == 1 {
      let operand = try popNode(at: span)
      return try push(row, operand, at: span)
    }
    if count == 2, !overload.refuses {
      let second = try popNode(at: span)
      let first = try popNode(at: span)
      return try push(row, first, second, at: span)
    }
    var operands: [NodeID] = []
    for _ in 0..<count { operands.append(try popNode(at: span)) }
    operands.reverse()
    guard takesMore else { return try push(row, operands, at: span) }
    try pushExtremum(row, of: operands, at: span)
  }

  /// `max(a, b, c)` is that of the array of them, where all that tie share equally.
  private mutating func pushExtremum(_ row: PrimitiveID, of operands: [NodeID], at span: Span)
    throws(Diagnostic)
  {
    guard operands.count > 2 else { return try push(row, operands, at: span) }
    do throws(ShapeError) {
      let shape = try Shape.broadcast(operands.map(graph.shape(of:)))
      remarkOnGrowth(row, operands, shape)
      var parts: [NodeID] = []
      for operand in operands { parts.append(try graph.fit(operand, to: shape)) }
      let whole = try graph.fold(.stack, parts)
      let attribute = shape.isScalar ? .none : Attribute.axes([0], keepingDimensions: false)
      stack.append(.node(try graph.apply(row.overEntries, [whole], attribute)))
    } catch {
      throw .shape(error, operands.map(shown), at: span)
    }
  }

  /// Puts the operands of a call of a row into the order of its parameters, with defaults for what
  /// the call is silent about.
  private mutating func complete(_ row: Primitive, _ site: CallSite, at span: Span)
    throws(Diagnostic)
  {
    let values = Array(stack.suffix(site.positional + site.keywords.count))
    for case .nothing in values { throw .noValue(at: span) }
    stack.removeLast(values.count)
    var operands = Array(values.prefix(site.positional))
    operands += [Value](repeating: .nothing, count: max(0, row.arity - operands.count))
    for (keyword, value) in zip(site.keywords, values.dropFirst(site.positional)) {
      guard let place = row.parameters.firstIndex(of: name(keyword)),
        case .nothing = operands[place]
      else { throw .givenTwice(name(keyword), at: span) }
      operands[place] = value
    }
    for (place, operand) in operands.enumerated() {
      if case .nothing = operand {
        guard place >= row.required else {
          throw .missing(
            row.parameters[place], usage(of: row, calledAs: name(site.name)), at: span)
        }
        operands[place] = .node(graph.constant(row.defaults[place - row.required]))
      }
    }
    stack += operands
  }

  mutating func derivative(
    of row: PrimitiveID, _ attribute: Attribute = .none, required: Int, order: Int, at span: Span
  ) throws(Diagnostic) {
    guard required == 1 else {
      throw Diagnostic(
        "f' needs a function of one argument, '\(row.row.name)' takes \(row.row.arity)", at: span)
    }
    var operands: [NodeID] = []
    for _ in 0..<row.row.arity { operands.append(try popNode(at: span)) }
    operands.reverse()
    operands[0] = try primal(of: operands[0], at: span)
    let primal = operands[0]
    try push(row, operands, attribute, at: span)
    let value = try popNode(at: span)
    stack.append(.node(try derivative(of: value, order: order, at: primal, span)))
  }

  /// Makes a frame for a call of a user's function.
  private mutating func enter(
    _ function: UserFunction, _ site: CallSite, primes: Int, at span: Span
  ) throws(Diagnostic) {
    guard frames.count < options.recursionLimit else {
      throw .recursion(name(function.name), limit: options.recursionLimit, at: span)
    }
    let given = site.positional + site.keywords.count
    var arguments = [Value](repeating: .nothing, count: function.parameters.count)
    let values = Array(stack.suffix(given))
    stack.removeLast(given)
    for case .nothing in values { throw .noValue(at: span) }
    try tick(at: span)
    guard site.positional <= arguments.count else {
      throw .arity(
        usage(of: function), takes: count(function.parameters.count, "argument"), given: given,
        at: span)
    }
    for place in 0..<site.positional { arguments[place] = values[place] }
    for (keyword, value) in zip(site.keywords, values.dropFirst(site.positional)) {
      guard let place = function.parameters.firstIndex(of: keyword) else {
        throw .noKeyword(name(keyword), usage(of: function), at: span)
      }
      guard case .nothing = arguments[place] else { throw .givenTwice(name(keyword), at: span) }
      arguments[place] = value
    }
    if primes > 0 {
      guard site.positional == 1, given == 1 else {
        throw .arity("\(name(function.name))'(x)", takes: "1 argument", given: given, at: span)
      }
      arguments[0] = try primal(of: values[0], function, at: span)
    }
    if function.code.differentiates { try separate(&arguments, at: span) }
    var nodes: [NodeID] = []
    for case .node(let id) in arguments { nodes.append(id) }
    for place in 0..<function.required {
      if case .nothing = arguments[place] {
        throw .missing(name(function.parameters[place]), usage(of: function), at: span)
      }
    }
    push(
      function.code, .function(function, firstNode: graph.count, arguments: nodes), at: span)
    let base = frames[frames.count - 1].base
    for (place, argument) in arguments.enumerated() { stack[base + place] = argument }
    if primes > 0 {
      frames[frames.count - 1].primes = primes
      frames[frames.count - 1].primal = nodes[0]
    }
  }

  /// Makes each argument a node of its own, for a function that may ask for derivatives with respect
  /// to them: those of `h(x, x)` are two arguments, though both are x.
  private mutating func separate(_ arguments: inout [Value], at span: Span) throws(Diagnostic) {
    let nodes = arguments.map { argument in
      if case .node(let id) = argument { id } else { nil as NodeID? }
    }
    for (place, node) in nodes.enumerated() {
      guard var id = node else { continue }
      if nodes.count(where: { $0 == id }) > 1 {
        try push(.identity, id, at: span)
        id = try popNode(at: span)
        arguments[place] = .node(id)
      }
      graph.track(id)
    }
  }

  /// The argument of `f'(x)` as a node of its own, so that only this use of x is differentiated.
  private mutating func primal(
    of argument: Value, _ function: UserFunction, at span: Span
  ) throws(Diagnostic) -> Value {
    guard function.required <= 1, case .node(let id) = argument else {
      throw Diagnostic(
        "f' needs a function of one argument, \(usage(of: function)) takes \(function.required)",
        at: span)
    }
    return .node(try primal(of: id, at: span))
  }

  mutating func primal(of id: NodeID, at span: Span) throws(Diagnostic) -> NodeID {
    do throws(ShapeError) {
      return try graph.primal(of: id)
    } catch {
      throw .shape(error, [shown(id)], at: span)
    }
  }

  /// Ends the running code with a value.
  mutating func giveBack(_ value: Value, at span: Span) throws(Diagnostic) {
    let frame = frames.removeLast()
    if case .part(let height) = frame.kind {
      stack.removeLast(stack.count - height)
    } else {
      stack.removeLast(stack.count - frame.base)
    }
    loops.removeLast(loops.count - frame.loopBase)
    switch frame.kind {
    case .statement, .part: stack.append(value)
    case .live(let formula):
      let named = liveValue(value, of: formula)
      if scopes.isEmpty { liveAnswers[formula.name] = (epoch, named) }
      stack.append(named)
    case .function(let function, let firstNode, let arguments):
      guard case .node(let id) = value, let primal = frame.primal else {
        record(function, value, firstNode: firstNode, arguments)
        stack.append(value)
        return
      }
      let answer = try derivative(
        of: id, order: frame.primes, at: primal, frame.callSpan)
      stack.append(.node(answer))
    }
  }

  private mutating func liveValue(_ value: Value, of formula: LiveFormula) -> Value {
    guard case .node(let id) = value, !graph.isLeaf(id) else { return value }
    let former = graph.tag(of: id)
    // A node keeps its first name as long as that name means it.
    if former == .none || !stands(NameID(index: Int(former.rawValue)), for: id) {
      graph.setTag(tag(formula.name), of: id)
    }
    return value
  }

  /// Remembers which nodes a call has made, so that they can be shown as one row.
  private mutating func record(
    _ function: UserFunction, _ value: Value, firstNode: Int, _ arguments: [NodeID]
  ) {
    guard case .node(let id) = value, id.index >= firstNode, !graph.isLeaf(id), numbersOnly == 0
    else { return }
    calls[id] = CallRecord(
      function: function.name, arguments: arguments, firstNode: NodeID(firstNode))
  }
}
