extension Parser {
  /// Reads one expression, up to the token that cannot belong to it.
  mutating func expression() throws(Failure) -> Expression {
    let first = tree.nodes.count
    stack.push(Pending(.base, start: token.start))
    repeat { try readOperand() } while try readSuffix()
    stack.pop()
    return Expression(first: first, end: tree.nodes.count)
  }

  /// Reads an operand, with the prefix operators and opening brackets before it.
  private mutating func readOperand() throws(Failure) {
    while true {
      switch token.kind {
      case .number:
        if token.fault != .none { notes.append(.rounded(token, in: lexer.text)) }
        finishOperand(.number, form: .number, payload: UInt32(tree.numbers.count))
        tree.numbers.append(token.value)
        return advance()
      case .name:
        let name = token
        advance()
        if token.kind != .openParenthesis {
          tree.nodes.append(SyntaxNode(.name, name.span, payload: name.payload))
          operand = Operand(form: .name, start: name.start, end: name.end)
          return
        }
        openCall(.call, of: name.payload, at: name.span)
      case .result:
        finishOperand(.result, form: .other, payload: token.payload)
        return advance()
      case .operator where token.prefix != Token.noRow:
        try openPrefix()
      case .openParenthesis:
        open(.parenthesis)
      case .openBracket:
        open(.list)
      case .quote:
        if try readText() { return }
      case .newline where nesting.texts == 0:
        if nesting.brackets == 0, let mistake = signBehindNumber() { throw mistake }
        skip()
      case .keyword where token.keyword == .if:
        stack.push(Pending(.ifCondition, start: token.start))
        nesting.conditions += 1
        advance()
      case .colon, .comma:
        guard try continueSlice() else { throw expectedOperand() }
      case .closeParenthesis, .closeBracket:
        guard stack.top.closer == token.kind, closeWithoutOperand() else {
          throw expectedOperand()
        }
        return
      default:
        throw expectedOperand()
      }
    }
  }

  /// Reads what may stand behind an operand; whether another operand must follow.
  private mutating func readSuffix() throws(Failure) -> Bool {
    while true {
      switch token.kind {
      case .operator where token.infix != Token.noRow:
        openInfix(token.infix, at: token.start)
        advance()
        return true
      case .closeParenthesis, .closeBracket:
        reduce(to: .substitution)
        if stack.top.kind == .keyword { finishArgument() }
        if stack.top.kind == .base { return false }
        guard stack.top.closer == token.kind else { throw unclosed() }
        close(withOperand: true)
      case .openParenthesis where operand.form == .name:
        let name = tree.nodes.removeLast()
        openCall(.call, of: name.payload, at: name.span)
        return true
      case .name where isClause(token): return try endExpression()
      case .name where isOperator(token.payload):
        openInfix(
          Binding.words[Int(token.payload - operatorWords.lowerBound)].row, at: token.start)
        advance()
        return true
      case .openParenthesis, .name:
        guard operand.form == .number || operand.form == .parenthesised else {
          return try endExpression()
        }
        try openImplicitProduct()
        return true
      case .comma:
        return try readComma()
      case .newline:
        if nesting.brackets > 0, nesting.texts == 0 {
          skip()
        } else if nesting.conditions == 0 || !continuesCondition() {
          return try endExpression()
        }
      case .openBracket where operand.form != .number && !isNextEntry:
        openIndex()
        return true
      case .dot:
        try readAttribute()
      case .superscript:
        readSuperscript()
      case .prime:
        try readPrimes()
        return true
      case .keyword:
        guard try readKeyword() else { return try endExpression() }
        return true
      case .colon, .closeBrace, .define:
        reduce(to: .substitution)
        switch stack.top.kind {
        case .interpolation: if try !closeInterpolation() { return true }
        case .index where token.kind == .colon:
          try openSlicePart()
          return true
        default: return try endExpression()
        }
      case .assign:
        guard openKeywordArgument() else { return try endExpression() }
        return true
      default:
        return try endExpression()
      }
    }
  }

  /// Ends the expression before a token that cannot go on with it.
  private mutating func endExpression() throws(Failure) -> Bool {
    reduce(to: .substitution)
    guard stack.top.kind == .base else { throw unclosed() }
    return false
  }

  /// Adds a node without operands for the present token.
  private mutating func finishOperand(
    _ kind: SyntaxNode.Kind, form: Operand.Form, payload: UInt32
  ) {
    tree.nodes.append(SyntaxNode(kind, token.span, payload: payload))
    operand = Operand(form: form, start: token.start, end: token.end)
  }

  private mutating func continuesCondition() -> Bool {
    continueLine { $0.keyword == .then || $0.keyword == .else }
  }

  /// Reads `then`, `else` and `at`; whether the keyword goes on with the expression.
  private mutating func readKeyword() throws(Failure) -> Bool {
    guard let keyword = token.keyword else { return false }
    switch keyword {
    case .then:
      reduce(to: .substitution)
      guard stack.top.kind == .ifCondition else { return false }
      mark(.ifThen, at: token.start)
      stack.top.kind = .ifThen
    case .else:
      reduce(to: .substitution)
      guard stack.top.kind == .ifThen else { return false }
      mark(.ifElse, at: token.start)
      stack.top.kind = .ifElse
      stack.top.precedence = Operator.Precedence.conditional.rawValue
      nesting.conditions -= 1
    case .at:
      reduce(to: .substitution)
      var entry = Pending(.at, start: operand.start)
      entry.precedence = Operator.Precedence.substitution.rawValue
      entry.mark = token.start
      stack.push(entry)
      advance()
      try readSubstitution()
      return true
    case .param, .if, .for, .in, .repeat, .while, .break, .continue, .return, .print, .assert,
      .and, .or, .not:
      return false
    }
    advance()
    return true
  }
}
