extension Parser {
  /// The depth of nested blocks that is refused.
  private static let deepestBlock = 200

  /// Reads `if` as a statement, or as an expression when `then` follows its condition.
  mutating func conditional() throws(Failure) -> Statement.Kind {
    let start = checkpoint
    var branches: [Branch] = []
    var otherwise: [Statement]?
    repeat {
      advance()
      let condition = try expression()
      if branches.isEmpty, continueLine(where: { $0.keyword == .then }) {
        rewind(to: start)
        return try expressionStatement()
      }
      branches.append(
        Branch(condition: condition, body: try block(hint: Diagnostic.conditionalHint)))
      guard continueLine(where: { $0.keyword == .else }) else { break }
      advance()
      if token.keyword != .if { otherwise = try block() }
    } while otherwise == nil
    return .conditional(branches, otherwise: otherwise)
  }

  /// Reads `for` with what it runs over, and its body.
  mutating func forEach() throws(Failure) -> Statement.Kind {
    advance()
    guard token.kind == .name else {
      throw unexpected("expected a name after 'for'", hint: "write for i in 1...3 { print i }")
    }
    var targets = [try target(expected: "expected a name after 'for'")]
    while token.kind == .comma {
      advance()
      let next = try target(expected: "expected a name after ','")
      if targets.contains(where: { $0.name == next.name }) {
        throw .wrong(.repeatedName(names.text(of: next.name), at: next.span))
      }
      targets.append(next)
    }
    guard token.keyword == .in else {
      throw unexpected("expected 'in'", hint: "write for i in 1...3 { print i }")
    }
    advance()
    let sources = targets.count > 1 ? try zipped(targets.count) : [try rangeOrExpression()]
    return .forEach(targets, over: sources, body: try loopBody())
  }

  mutating func loopBody() throws(Failure) -> [Statement] {
    nesting.loops += 1
    let body = try block()
    nesting.loops -= 1
    return body
  }

  /// Reads a block in braces, which may open on the next line; the hint is for where none does.
  mutating func block(
    hint: String = "a block stands in braces: repeat 3 { print 1 }"
  ) throws(Failure) -> [Statement] {
    guard continueLine(where: { $0.kind == .openBrace }) else {
      let braces = "a block stands in braces, without a colon: if 1 { print 1 }"
      throw token.kind == .assign
        ? trailing() : unexpected("expected '{'", hint: token.kind == .colon ? braces : hint)
    }
    let opener = token.span
    guard nesting.blocks < Self.deepestBlock else { throw .wrong(.blocksTooDeep(opener)) }
    let outerBrackets = nesting.brackets
    nesting.brackets = 0
    nesting.blocks += 1
    advance()
    var statements: [Statement] = []
    while true {
      skipSeparators()
      if token.kind == .closeBrace { break }
      if token.kind == .end { throw .unfinished(.neverClosed(opener, in: lexer.text)) }
      var statement = try statement()
      _ = try endStatement(&statement)
      statements.append(statement)
    }
    nesting.blocks -= 1
    nesting.brackets = outerBrackets
    advance()
    return statements
  }

  private mutating func rangeOrExpression() throws(Failure) -> Expression {
    let start = token.start
    let first = try expression()
    guard token.kind == .range else { return first }
    let sign = token
    advance()
    let last = try expression()
    tree.nodes.append(
      SyntaxNode(
        .range, span: Span(start, previousEnd), aux: UInt8(truncatingIfNeeded: sign.payload),
        mark: sign.start))
    return Expression(first: first.first, end: last.end + 1)
  }

  /// Reads `zip(xs, ys)` as one expression for each of several names.
  private mutating func zipped(_ count: Int) throws(Failure) -> [Expression] {
    let start = token
    guard token.kind == .name, names.text(of: NameID(index: Int(token.payload))) == "zip" else {
      throw token.kind == .name ? .wrong(.severalNames(token.span)) : unexpected("expected zip")
    }
    advance()
    guard token.kind == .openParenthesis else { throw .wrong(.severalNames(start.span)) }
    let items = try list(openedAt: token.span)
    guard items.count == count else {
      throw .wrong(
        .zipCount(names: count, items: items.count, at: Span(start.start, previousEnd)))
    }
    return items
  }
}
