extension Parser {
  /// Reads the statement that starts with the present token.
  mutating func statement() throws(Failure) -> Statement {
    let start = token.start
    nesting.statement = start
    let kind: Statement.Kind =
      switch token.kind {
      case .colon: try command()
      case .keyword: try keywordStatement()
      case .name where isCommand(token.payload): try bareCommand()
      case .name where isLesson(token.payload): try lessonStatement()
      default: try expressionStatement()
      }
    return Statement(kind, span: Span(start, previousEnd))
  }

  /// Steps behind the end of a statement and returns where the next one may start.
  mutating func endStatement(_ statement: inout Statement) throws(Failure) -> Int {
    switch token.kind {
    case .end:
      return lexer.text.count
    case .newline:
      return Int(token.end)
    case .closeBrace where nesting.blocks > 0:
      return Int(token.end)
    case .semicolon:
      let next = Int(token.end)
      skip()
      statement.isSilent = token.kind == .newline || token.kind == .end
      return statement.isSilent ? Int(token.end) : next
    default:
      throw lexer.isByte("}", at: Int(previousEnd) - 1)
        ? unexpected(
          "expected ';' or a new line", hint: ForeignName.words[lexer.text.excerpt(token.span)])
        : trailing()
    }
  }

  /// Whether nothing more of the statement follows.
  var isAtEnd: Bool {
    switch token.kind {
    case .end, .newline, .semicolon, .closeBrace: true
    default: false
    }
  }

  /// Reads an expression, or what turns out to be the left side of a definition.
  mutating func expressionStatement() throws(Failure) -> Statement.Kind {
    let start = checkpoint
    let left = try expression()
    switch token.kind {
    case .assign, .define, .update:
      return try binding(left, from: start)
    case .openBrace:
      if definesFunction(left, from: start) { return try function(from: start) }
      guard let target = target(left, from: start), target.name == withoutGradientName else {
        return .expression(left)
      }
      tree.nodes.removeLast()
      return .withoutGradient(try block())
    default:
      return .expression(left)
    }
  }

  /// Reads what follows the left side of `=`, `:=` or `+=`.
  private mutating func binding(
    _ left: Expression, from start: Checkpoint
  ) throws(Failure) -> Statement.Kind {
    let sign = token
    guard let target = target(left, from: start) else {
      guard definesFunction(left, from: start) else {
        throw .wrong(cannotAssign(to: left, from: start))
      }
      guard sign.kind == .assign else {
        throw .wrong(.functionWithoutEquals(lexer.text.excerpt(sign.span), at: sign.span))
      }
      return try function(from: start)
    }
    noteBinding(of: target.name)
    tree.nodes.removeLast()
    advance()
    let value = try expression()
    if token.kind == .assign, operand.form == .name {
      let (first, second) = (names.text(of: target.name), lexer.text.excerpt(operandSpan))
      throw .wrong(
        .equalsInExpression(
          token.span,
          hint: "did you mean '=='? or each on its own: \(second) = 3; \(first) = \(second)"))
    }
    switch sign.kind {
    case .define: return .live(target, value)
    case .update: return .update(target, operation: Int(sign.infix), value)
    default: return .assignment(target, value)
    }
  }

  /// The name that an expression consists of, without parentheses.
  private func target(_ left: Expression, from start: Checkpoint) -> Target? {
    let root = tree.nodes[left.end - 1]
    guard left.end - left.first == 1, root.kind == .name, root.span.end == previousEnd,
      root.span.start == start.token.start
    else { return nil }
    return Target(name: NameID(index: Int(root.payload)), span: root.span)
  }

  private func definesFunction(_ left: Expression, from start: Checkpoint) -> Bool {
    let root = tree.nodes[left.end - 1]
    return root.kind == .call && root.span == Span(start.token.start, previousEnd)
  }

  private func cannotAssign(to left: Expression, from start: Checkpoint) -> Diagnostic {
    let root = tree.nodes[left.end - 1]
    let whole = Span(start.token.start, previousEnd)
    if token.kind == .update, root.kind == .infix || root.kind == .prefix {
      return .assignment(to: "an expression", at: whole, hint: "a name alone is updated: x += 1")
    }
    switch root.kind {
    case .number where root.span == whole:
      return .assignment(to: "a number", at: whole)
    case .join:
      return .assignment(to: "a text", at: whole)
    case .result:
      return .assignment(to: "a result", at: whole)
    case .attribute:
      return .assignment(to: "an attribute", at: whole)
    case .index:
      return .assignment(
        to: "an entry", at: whole,
        hint: lexer.text.excerpt(whole).hasSuffix("_]")
          ? "write f(x) = x^2" : "set(x, i, v) is a copy of x with another entry")
    case .list:
      return .assignment(
        to: "a list", at: whole, hint: "each name has a '=' of its own: a = 1; b = 2")
    case .prime:
      return .assignment(to: "a derivative", at: whole, hint: "it follows from its function")
    default:
      let sign = token(at: root.mark)
      let name = following(sign)
      let isPoint =
        root.kind == .infix && lexer.isByte("@", at: Int(root.mark)) && name.kind == .name
      let behind = following(token)
      if behind.kind == .end || behind.kind == .newline || lexer.isByte("?", at: Int(behind.start))
      {
        return .assignment(to: "an expression", at: whole, hint: "leave out the '='")
      }
      return .assignment(
        to: "an expression", at: whole,
        hint: isPoint
          ? substitution(
            from: lexer.text.excerpt(lexer.text.trimmed(Span(whole.start, root.mark))), name)
          : "did you mean '=='?")
    }
  }

  private mutating func keywordStatement() throws(Failure) -> Statement.Kind {
    guard let keyword = token.keyword else { return try expressionStatement() }
    let word = token
    let start = checkpoint
    advance()
    if token.kind == .assign || token.kind == .define || token.kind == .update {
      let text = lexer.text.excerpt(word.span)
      throw .wrong(.assignmentToKeyword(text, at: word.span))
    }
    rewind(to: start)
    switch keyword {
    case .if: return try conditional()
    case .param: return try parameter()
    case .for: return try forEach()
    case .repeat:
      advance()
      return .repetition(try expression(), body: try loopBody())
    case .while:
      advance()
      return .whileLoop(try expression(), body: try loopBody())
    case .break, .continue:
      advance()
      guard nesting.loops > 0 else { throw .wrong(misplaced(word, outside: "loop")) }
      return keyword == .break ? .breakLoop : .continueLoop
    case .return:
      advance()
      guard nesting.functions > 0 else { throw .wrong(misplaced(word, outside: "function")) }
      return .returnValue(isAtEnd ? nil : try expression())
    case .print:
      advance()
      return .print(try items())
    case .assert:
      advance()
      return try assertion()
    case .then, .else, .in, .and, .or, .not, .at:
      return try misplacedKeyword()
    }
  }

  private func misplaced(_ word: Token, outside place: String) -> Diagnostic {
    let text = lexer.text.excerpt(word.span)
    return .outside(text, of: place, at: word.span)
  }

  private mutating func misplacedKeyword() throws(Failure) -> Statement.Kind {
    let word = token
    let text = lexer.text.excerpt(word.span)
    let followsIf = word.keyword == .then || word.keyword == .else
    throw .wrong(followsIf ? .withoutIf(text, at: word.span) : .unexpected(text, at: word.span))
  }

  private mutating func parameter() throws(Failure) -> Statement.Kind {
    advance()
    let target = try target(expected: "expected a name after 'param'")
    guard token.kind == .assign else {
      if let hint = hintOnEquality(for: "param \(names.text(of: target.name))") {
        throw unexpected("expected '='", hint: hint)
      }
      return .parameter(target, nil)
    }
    advance()
    return .parameter(target, try expression())
  }

  private mutating func assertion() throws(Failure) -> Statement.Kind {
    let start = token
    if isAtEnd { throw unexpected("expected a condition after 'assert'") }
    let items = try items()
    switch items.count {
    case 1: return .assertion(items[0], message: nil)
    case 2: return .assertion(items[0], message: items[1])
    default:
      throw .wrong(
        Diagnostic(
          "assert takes a condition and a message", at: Span(start.start, previousEnd)))
    }
  }

  /// Reads the name that a statement binds.
  mutating func target(expected message: String) throws(Failure) -> Target {
    guard token.kind == .name else { throw unexpected(message) }
    let target = Target(name: NameID(index: Int(token.payload)), span: token.span)
    noteBinding(of: target.name)
    advance()
    return target
  }

  /// Reads expressions with commas between them, in parentheses or without.
  mutating func items() throws(Failure) -> [Expression] {
    if isAtEnd { return [] }
    nesting.takesItems = true
    let start = checkpoint
    if token.kind == .openParenthesis {
      if let items = try parenthesisedItems() { return items }
      rewind(to: start)
    }
    var items = [try expression()]
    while token.kind == .comma {
      advance()
      items.append(try expression())
    }
    return items
  }

  /// Reads `(a, b)` if that is the whole rest of the statement.
  private mutating func parenthesisedItems() throws(Failure) -> [Expression]? {
    let items = try list(openedAt: token.span)
    return isAtEnd ? items : nil
  }

  /// Reads expressions up to a closing parenthesis.
  mutating func list(openedAt opener: Span) throws(Failure) -> [Expression] {
    try list(openedAt: opener) { parser, _ throws(Failure) in try parser.expression() }
  }

  /// Reads items of any kind, each by what came before it, up to a closing parenthesis.
  mutating func list<Item>(
    openedAt opener: Span, item: (inout Parser, [Item]) throws(Failure) -> Item
  ) throws(Failure) -> [Item] {
    var items: [Item] = []
    nesting.brackets += 1
    repeat {
      advance()
      skipNewlines()
      if token.kind == .closeParenthesis { break }
      items.append(try item(&self, items))
      skipNewlines()
    } while token.kind == .comma
    try closeList(openedAt: opener)
    return items
  }

  /// Steps behind the parenthesis that closes a list.
  mutating func closeList(openedAt opener: Span) throws(Failure) {
    if token.kind == .end { throw .unfinished(.neverClosed(opener, in: lexer.text)) }
    guard token.kind == .closeParenthesis else { throw trailing() }
    nesting.brackets -= 1
    advance()
  }
}
