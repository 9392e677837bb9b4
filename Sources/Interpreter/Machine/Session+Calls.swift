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
        throw unknown(site.name, at: site.nameSpan, arguments: site.count)
      }
      switch builtins[site.name.index] {
      case .functions(let rows):
        if case .optimizer? = stack.last, isOptimizerStep(site) {
          let optimizer = stack.removeLast()
          stack.append(try step(optimizer, at: span))
        } else {
          try applyAdvised(rows, site, primes: primes, at: span)
        }
      case .form(let place):
        guard primes == 0 else {
          throw Diagnostic(
            "f' needs a function of one argument, not '\(name(site.name))'", at: span)
        }
        try apply(Form.all[place], site, at: span)
      case .optimizer(let place):
        stack.append(.optimizer(try optimizer(Optimizer.all[place], site, at: span)))
      case .constant, .lastResult: throw notAFunction(site, primes, at: span)
      case .none:
        throw unknown(site.name, at: site.nameSpan, arguments: site.count)
      }
    case .value, .parameter, .live: throw notAFunction(site, primes, at: span)
    }
  }

  /// Whether a call with an optimizer is `step(opt)` and not the function of that name.
  private func isOptimizerStep(_ site: CallSite) -> Bool {
    site.positional == 1 && site.keywords.isEmpty && name(site.name) == "step"
  }

  private func notAFunction(_ site: CallSite, _ primes: Int, at span: Span) -> Diagnostic {
    let (name, argument) = (name(site.name), argumentText(ofCall: span))
    let node = bindings.indices.contains(site.name.index) ? bindings[site.name.index].node : nil
    var diagnostic = Diagnostic.notAFunction(name, argument: argument, at: span)
    let inputs = node.map(inputs) ?? []
    if primes > 0, let node, !graph.isLeaf(node) {
      let input = inputs.first.map(self.name) ?? "x"
      diagnostic.hint =
        inputs.count == 1
        ? "write grad(\(name), \(input)) at \(input) = \(argument)"
        : "write grad(\(name), \(input))"
    } else if let node, !graph.isScalar(node) {
      diagnostic.hint = "write \(name)[\(argument)] for an entry; indices begin at 0"
    }
    return diagnostic
  }

  mutating func apply(
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
}
