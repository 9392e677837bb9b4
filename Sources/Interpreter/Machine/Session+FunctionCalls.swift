import Autodiff
import Syntax
import Tensors

/// Calls of a user's functions, from the arguments to the value that they give back.
extension Session {
  /// Makes a frame for a call of a user's function.
  mutating func enter(
    _ function: UserFunction, _ site: CallSite, primes: Int, at span: Span
  ) throws(Diagnostic) {
    guard frames.count < options.recursionLimit || callDepth < options.recursionLimit else {
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

  /// How many calls of functions are running; other frames are no calls.
  private var callDepth: Int {
    frames.count { if case .function = $0.kind { true } else { false } }
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
