extension Parser {
  /// Reads a function definition from its name on, once its head was read as a call.
  mutating func function(from start: Checkpoint) throws(Failure) -> Statement.Kind {
    rewind(to: start)
    let target = try target(expected: "expected a name")
    let parameters = try list(openedAt: token.span) {
      parser, others throws(Failure) in try parser.parameter(after: others)
    }
    let outer = nesting
    nesting.functions += 1
    nesting.loops = 0
    let body = try functionBody()
    nesting = outer
    return .function(FunctionSyntax(target: target, parameters: parameters, body: body))
  }

  /// Reads the definition of a function whose name has another meaning too; nil where it is none.
  mutating func definition(from start: Checkpoint) throws(Failure) -> Statement.Kind? {
    let outer = (nesting, boundWords)
    do throws(Failure) {
      return try function(from: start)
    } catch {
      // Behind its parameters it is one, and its body may go on.
      if case .unfinished = error, nesting.functions > outer.0.functions { throw error }
      rewind(to: start)
      (nesting, boundWords) = outer
      return nil
    }
  }

  private mutating func functionBody() throws(Failure) -> [Statement] {
    if token.kind == .openBrace { return try block() }
    guard token.kind == .assign else { throw trailing() }
    advance()
    skipNewlines()
    if token.kind == .openBrace { return try block() }
    let start = token.start
    let value = try expression()
    return [Statement(.expression(value), span: Span(start, previousEnd))]
  }

  private mutating func parameter(
    after others: [FunctionSyntax.Parameter]
  ) throws(Failure) -> FunctionSyntax.Parameter {
    let target = try target(expected: "expected the name of a parameter")
    let name = names.text(of: target.name)
    if others.contains(where: { $0.target.name == target.name }) {
      throw .wrong(.repeatedName(name, at: target.span))
    }
    skipNewlines()
    guard token.kind == .assign else {
      if others.last?.fallback != nil {
        throw .wrong(.parameterWithoutValue(name, at: target.span))
      }
      return FunctionSyntax.Parameter(target: target, fallback: nil)
    }
    advance()
    return FunctionSyntax.Parameter(target: target, fallback: try expression())
  }
}
