extension Parser {
  /// Reads `:name` and the rest of the line, which belongs to the command.
  mutating func command() throws(Failure) -> Statement.Kind {
    if nesting.blocks > 0 { throw .wrong(.commandInBlock(token.span)) }
    let colon = token
    var end = Int(colon.end)
    while end < lexer.text.count, NameSpelling.holds(lexer.text[end]) || lexer.isByte("-", at: end)
    {
      end += 1
    }
    guard end > Int(colon.end) else {
      throw .wrong(
        Diagnostic(
          "expected the name of a command after ':'", at: colon.span, hint: "':help' lists them"))
    }
    let name = String(decoding: lexer.text[Int(colon.end)..<end], as: UTF8.self)
    return try command(named: name, end: end)
  }

  /// Reads a command without a colon where its word cannot be a plain name.
  mutating func bareCommand() throws(Failure) -> Statement.Kind {
    let word = token
    let start = checkpoint
    advance()
    let isCommand: Bool
    switch token.kind {
    case .end, .newline, .name, .number, .quote, .result, .keyword: isCommand = true
    case .operator: isCommand = isLastOnLine
    case .openParenthesis:
      // `help(x) = x^2` defines a function; what `help(sin)` lacks, the command knows.
      if let definition = try definition(from: start) { return definition }
      isCommand = !boundWords.contains(word.payload)
    default: isCommand = false
    }
    rewind(to: start)
    guard isCommand, nesting.blocks == 0 else { return try expressionStatement() }
    let name = names.text(of: NameID(index: Int(word.payload)))
    return try command(named: name, end: Int(word.end))
  }

  private mutating func command(named name: String, end: Int) throws(Failure) -> Statement.Kind {
    lexer.position = end
    let rest = try lexer.restOfLine()
    token.end = UInt32(clamping: rest.text.isEmpty ? end : rest.end)
    advance()
    return .command(name: name, argument: rest.text)
  }

  /// Whether only the end of the line stands behind the token.
  private var isLastOnLine: Bool {
    let next = following(token)
    return next.kind == .end || next.kind == .newline
  }
}
