/// What to write instead, by what stands around a mistake.
extension Parser {
  /// The operand that was read last, with its brackets.
  var operandSpan: Span { Span(operand.start, previousEnd) }

  /// The operand in words, as far as it is short.
  var operandText: String? {
    let span = lexer.text.trimmed(operandSpan)
    guard span.end - span.start <= 30, !lexer.text.holdsNewline(span) else { return nil }
    return lexer.text.excerpt(span)
  }

  /// The word that ends where the last token did.
  var lastWord: String {
    lexer.text.excerpt(Span(lexer.text.startOfWord(endingAt: previousEnd), previousEnd))
  }

  /// Whether a list stands apart behind another one within a list: `[[1, 2] [3, 4]]`.
  var isNextEntry: Bool {
    stack.top.kind == .list && token.start > previousEnd && tree.nodes.last?.kind == .list
      && operand.form == .other
  }

  /// Whether a comma stands between names that are to be bound, as in `a, b = 1, 2`.
  var bindsNames: Bool {
    guard operand.form == .name, operand.start == nesting.statement else { return false }
    let next = following(token)
    let sign = following(next)
    // `x, y = …` names both; `y, x = 2` may mean another point.
    return next.kind == .name && sign.kind == .comma
      || sign.kind == .assign
        && lexer.text.excerpt(lexer.text.restOfStatement(from: sign.end))
          .contains(",")
  }

  /// What to write for `param w = 2, b = 3` and for `w = 2, b = 3`.
  var hintOnSeveralBindings: String? {
    let opening = token(at: nesting.statement)
    let isParam = opening.keyword == .param
    let text = lexer.text.excerpt(lexer.text.restOfStatement(from: nesting.statement))
    let parts = text.dropFirst(isParam ? 6 : 0).split(separator: ",").map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    let sides = parts.map { $0.split(separator: "=").map { $0.filter { $0 != " " } } }
    let isList = sides.allSatisfy { side in
      guard let name = side.first, name.first?.isLetter == true,
        name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
      else { return false }
      return side.count == 1 && isParam || side.count == 2 && Double(side[1]) != nil
    }
    guard isList, parts.count > 1, nesting.brackets == 0 else { return nil }
    let word = isParam ? "param " : ""
    let lines = zip(parts, sides).map { part, side in
      word + (side.count == 1 ? "\(part) = 1" : part)
    }
    return "write \(lines.joined(separator: "; "))"
  }

  var hintOnBoundNames: String? {
    bindsNames ? "each name has a '=' of its own: a = 1; b = 2" : nil
  }

  /// What to say where an operand is missing at a token.
  var hintOnOperand: String? {
    if let hintOnCounting { return hintOnCounting }
    let next = following(token)
    switch token.kind {
    case .assign where token.start == nesting.statement: return "leave out the '='"
    case .openBrace where stack.top.kind == .infix && stack.top.row == power:
      let base = lexer.text.trimmed(Span(stack.top.start, stack.top.mark))
      return "write \(lexer.text.excerpt(base))^(\(lexer.text.excerpt(next.span)))"
    case .operator where lexer.isByte("%", at: Int(token.start)) && next.kind == .name:
      return token.start == nesting.statement && next.start > token.end
        ? "comments start with '#'" : "leave out the '%'"
    default: return nil
    }
  }

  /// What `x++` means, where nothing follows.
  var hintOnCounting: String? {
    guard operand.form == .name, previousEnd > operand.end else { return nil }
    let signs = lexer.text.excerpt(Span(operand.end, previousEnd))
    guard signs == "++" || signs == "--" else { return nil }
    return "write \(lexer.text.excerpt(Span(operand.start, operand.end))) \(signs.prefix(1))= 1"
  }

  /// What to say of a colon behind an expression.
  var hintOnColon: String? {
    if operand.start == nesting.statement, operand.form == .name {
      return "write \(lastWord) = …, or \(lastWord) := … to follow what is on the right"
    }
    let next = following(token)
    guard operand.form == .number, next.kind == .number, let first = operandText else { return nil }
    let isWhole = next.value == next.value.rounded() && abs(next.value) < 1e9
    if token.kind == .range, token.payload == 1, isWhole {
      return "write range(\(first), \(Int(next.value)))"
    }
    return isWhole
      ? "write range(\(first), \(Int(next.value) + 1)) for the numbers \(first), … \(Int(next.value))"
      : "write range(a, b, step) for the numbers from a to before b"
  }

  /// What to say of a prime behind something that is no call.
  var hintOnPrime: String {
    operand.form == .name
      ? "write f'(x) for a function, grad(y, x) for a number"
      : "write grad(y, x), or f'(x) for a function"
  }

  /// What a name with a prime may mean.
  var clueOnPrime: Diagnostic.Clue? {
    guard operand.form == .name else { return nil }
    let name = lexer.text.excerpt(Span(operand.start, operand.end))
    return .byMeaning(
      name: name, function: "write \(name)'(1)", number: "write grad(\(name), x)",
      array: "write \(name).T")
  }

  /// The mistake of `1 000 000` or `1'000'000`, between whose groups the parser is.
  var groupedNumber: Diagnostic? {
    guard operand.form == .number,
      let number = GroupedNumber(around: Int(previousEnd), in: lexer.text)
    else { return nil }
    return Diagnostic("a number in groups of digits", at: number.span, hint: number.hint)
  }

  /// What to say of a sign of another language, by what stands before and behind it.
  func hintOnSign(expectsOperand: Bool) -> String? {
    let sign = lexer.text.excerpt(lexer.text.trimmed(token.span))
    let next = following(token)
    if let hint = hintOnFunctionSign(sign, before: next, expectsOperand) { return hint }
    switch sign {
    case "°" where operand.form == .number:
      return operandText.map { "write \($0)*pi/180 for \($0)°" }
    case "½" where operand.form == .number: return operandText.map { "write \($0) + 1/2" }
    case ".." where lexer.text.excerpt(token(at: nesting.statement).span) != "for":
      return hintOnColon
    case "->" where operand.form == .number && next.kind == .name:
      return "write \(lexer.text.excerpt(next.span)) = \(operandText ?? "3")"
    case "<<" where ForeignName.words[lastWord] != nil: return ForeignName.words[lastWord]
    case "|" where !expectsOperand && next.kind == .name && following(next).kind == .assign:
      return substitution(from: operandText, next)
    case "!" where !expectsOperand:
      let factor = lastFactor(operandSpan)
      return "write gamma(\(factor) + 1) for \(factor)!"
    case "?" where !expectsOperand && (next.kind == .end || next.kind == .newline):
      return operand.form == .name ? "write ':help \(lastWord)'" : nil
    case "<-" where operand.form == .name:
      let name = lastWord
      return "write \(name) = 3 to bind \(name), \(name) < -3 to compare"
    case "~" where !expectsOperand:
      return "'~' stands between the data and the model of a fit: fit y ~ a*x over a"
    case "\\" where next.start == token.end && next.kind == .name:
      let word = lexer.text.excerpt(next.span)
      if SignName.isKnown(word) { return "leave out the '\\', or press Tab behind \\\(word)" }
      return expectsOperand ? "leave out the '\\'" : hintOnLeftDivision(by: next)
    case "\\" where !expectsOperand: return hintOnLeftDivision(by: next)
    default: return nil
    }
  }

  /// What to write for a sign that stands in front of its argument, or around it.
  private func hintOnFunctionSign(_ sign: String, before next: Token, _ expectsOperand: Bool)
    -> String?
  {
    guard expectsOperand else { return nil }
    let prefixes = ["√": "sqrt", "∛": "cbrt", "∑": "sum", "∏": "prod"]
    if let function = prefixes[sign], next.start == token.end {
      guard let parser = copy(at: token.end), let text = parser.factorText else { return nil }
      return "write \(function)\(text.hasPrefix("(") ? text : "(\(text))")"
    }
    let brackets = [
      "|": ("|", "abs"), "‖": ("‖", "norm"), "⌊": ("⌋", "floor"), "⌈": ("⌉", "ceil"),
      "||": ("||", "norm"),
    ]
    guard let (closer, function) = brackets[sign] else { return nil }
    let rest = lexer.text.excerpt(lexer.text.restOfStatement(from: token.end))
    guard let end = rest.firstRange(of: closer), end.lowerBound > rest.startIndex else {
      return nil
    }
    let inner = rest[..<end.lowerBound]
    return "write \(function)(\(inner)) for \(sign)\(inner)\(closer)"
  }

  /// What to write for `minimize(loss, w)`.
  var hintOnTrainingInParentheses: String? {
    guard nesting.isTraining else { return nil }
    return lexer.text.excerpt(token(at: nesting.statement).span) == "fit"
      ? "write fit y ~ a*x + b over a, b"
      : "the params stand behind 'over': minimize loss over a, b"
  }

  /// The parser at another place, for a look at what stands there.
  private func copy(at place: UInt32) -> Parser? {
    var copy = self
    copy.lexer.position = Int(place)
    copy.skip()
    return copy.token.kind == .invalid ? nil : copy
  }

  /// What to write for `x^2 | x=2`, at the name of the substitution.
  func substitution(from subject: String?, _ name: Token) -> String {
    let value = following(following(name))
    let number = value.kind == .number ? lexer.text.excerpt(value.span) : "2"
    return "write \(subject ?? "y") at \(lexer.text.excerpt(name.span)) = \(number)"
  }

  /// What to write for `A \ b`, and for `5 \ 2`.
  private func hintOnLeftDivision(by next: Token) -> String? {
    guard let left = operandText, next.kind == .name || next.kind == .number else { return nil }
    let right = lexer.text.excerpt(next.span)
    let quotient = "floor(\(left) / \(right)) for a whole quotient"
    return operand.form == .number || next.kind == .number
      ? "write \(quotient), \(right)/\(left) for a division from the left"
      : "write solve(\(left), \(right)), or \(quotient)"
  }
}
