extension Parser {
  /// The mistake of a token that stands where an operand must stand.
  func expectedOperand() -> Failure {
    if let mistake = signBehindNumber() { return mistake }
    let top = stack.top
    if token.kind == .end {
      guard innermostBracket == nil else { return notClosed() }
      if let hint = hintOnCounting { return .wrong(.expectedOperand(at: place, hint: hint)) }
      return .unfinished(.expectedOperand(at: place))
    }
    if token.kind == .invalid { return invalid(expectsOperand: true) }
    if nesting.texts > 0, token.kind == .newline { return unclosedText() }
    if let opener = forgottenOpener() { return .wrong(.neverClosed(opener, in: lexer.text)) }
    if let closer = closerText {
      let endsBlock = token.kind == .closeBrace && nesting.blocks > 0
      if top.kind == .base, top.start == token.start, !endsBlock {
        return .wrong(.closesNothing(closer, at: token.span))
      }
      if top.closer != nil, top.closer != token.kind { return mismatch(closer, top) }
    }
    if isBinding(token), top.kind == .prefix {
      let word = Span(top.start, previousEnd)
      let text = lexer.text.excerpt(word)
      if text == Keyword.not.spelling { return .wrong(.assignmentToKeyword(text, at: word)) }
    }
    if isWord, isBinding(following(token)) {
      return .wrong(.assignmentToKeyword(lexer.text.excerpt(token.span), at: token.span))
    }
    return .wrong(
      .expectedOperand(at: token.span, found: token.kind, hint: hintOnOperand))
  }

  /// The mistake of a token that neither goes on with an expression nor closes what is open in it.
  func unclosed() -> Failure {
    let top = stack.top
    if token.kind == .invalid { return invalid(expectsOperand: false) }
    if token.kind == .newline, nesting.texts > 0 { return unclosedText() }
    let ends = token.kind == .end || token.kind == .newline && endFollows
    if let missing = missingWord(top) {
      let diagnostic = Diagnostic.expectedWord(
        missing, at: ends || token.kind == .newline ? place : token.span)
      return ends ? .unfinished(diagnostic) : .wrong(diagnostic)
    }
    if ends { return notClosed() }
    if let closer = closerText, top.closer != nil { return mismatch(closer, top) }
    if let opener = forgottenOpener() { return .wrong(.neverClosed(opener, in: lexer.text)) }
    switch token.kind {
    case .comma:
      return .wrong(
        decimalComma(isInParentheses: true) ?? calledOperator()
          ?? .commaInParentheses(token.span, hint: hintOnTrainingInParentheses))
    case .semicolon:
      return .wrong(
        .semicolonInside(lexer.text.excerpt(openerSpan(innermostBracket ?? top)), at: token.span))
    default:
      return trailing()
    }
  }

  /// The mistake of a token behind a complete expression.
  func trailing() -> Failure {
    let text = lexer.text.excerpt(token.span)
    switch token.kind {
    case .invalid: return invalid(expectsOperand: false)
    case .assign: return .wrong(.equalsInExpression(token.span))
    case .define, .update: return .wrong(.bindingInExpression(text, at: token.span))
    case .closeParenthesis, .closeBracket, .closeBrace:
      return .wrong(.closesNothing(text, at: token.span))
    case .comma:
      let next = following(token)
      if let hint = hintOnSeveralBindings {
        return .wrong(.strayComma(token.span, hint: hint))
      }
      if next.kind == .name, following(next).kind == .assign, operand.form != .name || !bindsNames {
        return .wrong(.strayComma(token.span, hint: substitution(from: operandText, next)))
      }
      return .wrong(decimalComma() ?? .strayComma(token.span, hint: hintOnBoundNames))
    case .range: return .wrong(.strayRange(token.span, hint: hintOnColon))
    case .quote where nesting.texts > 0:
      let brace = stack.last { $0.kind == .interpolation }
      return .wrong(.unclosedBrace(brace.map(openerSpan) ?? token.span))
    case .name, .number, .result, .quote, .openParenthesis, .openBracket:
      return .wrong(missingOperator(before: text))
    case .keyword where token.keyword == .then || token.keyword == .else:
      return .wrong(.withoutIf(text, at: token.span))
    case .keyword where token.keyword == .if: return .wrong(.trailingIf(token.span))
    case .prime: return .wrong(groupedNumber ?? .unexpected(text, at: token.span))
    case .colon: return .wrong(.unexpected(text, at: token.span, hint: hintOnColon))
    case .openBrace where operand.form == .name && token.start == previousEnd:
      let index = lexer.text.excerpt(following(token).span)
      let isSubscript = lastWord.hasSuffix("_")
      return .wrong(
        .unexpected(
          text, at: token.span,
          hint: isSubscript
            ? "write \(lastWord)\(index)" : "an entry stands in brackets: \(lastWord)[0]"))
    case .keyword where token.keyword == .for:
      let hint =
        lastWord == "solve"
        ? ForeignName.words["newton"]
        : nesting.brackets > 0 ? "functions go entry by entry: range(3)^2 is [0, 1, 4]" : nil
      return .wrong(.unexpected(text, at: token.span, hint: hint))
    case .end, .newline, .semicolon, .keyword, .openBrace, .dot, .superscript, .operator:
      return .wrong(.unexpected(text, at: token.span))
    }
  }

  /// The mistake of any token where one certain thing was expected.
  func unexpected(_ message: String, hint: String? = nil) -> Failure {
    if token.kind == .invalid { return invalid(expectsOperand: false) }
    if isUnfinished { return .unfinished(Diagnostic(message, at: place, hint: hint)) }
    return .wrong(Diagnostic(message, at: token.kind == .newline ? place : token.span, hint: hint))
  }
}

extension Parser {
  /// The empty place behind the last token of the statement.
  var place: Span { Span(previousEnd, previousEnd) }

  func invalid(expectsOperand: Bool) -> Failure {
    var diagnostic = Diagnostic.invalid(token, in: lexer.text, expectsOperand: expectsOperand)
    if token.fault == .misspelling, let hint = hintOnSign(expectsOperand: expectsOperand) {
      diagnostic.hint = hint
    }
    return .wrong(diagnostic)
  }

  /// The token behind another one.
  func following(_ token: Token) -> Token { self.token(at: token.end) }

  func token(at place: UInt32) -> Token {
    var lexer = self.lexer
    var names = self.names
    lexer.position = Int(place)
    lexer.advance(interning: &names)
    return lexer.token
  }

  private func isBinding(_ token: Token) -> Bool {
    token.kind == .assign || token.kind == .define || token.kind == .update
  }

  private var isWord: Bool {
    token.start < token.end && lexer.text[Int(token.start)] | 0x20 >= UInt8(ascii: "a")
      && (token.kind == .keyword || token.kind == .operator)
  }

  /// Whether nothing but the end of the text follows.
  var isUnfinished: Bool { token.kind == .end || token.kind == .newline && endFollows }

  private var endFollows: Bool {
    var token = self.token
    while token.kind == .newline { token = following(token) }
    return token.kind == .end
  }

  private var closerText: String? {
    switch token.kind {
    case .closeParenthesis, .closeBracket, .closeBrace: lexer.text.excerpt(token.span)
    default: nil
    }
  }

  private func missingWord(_ top: Pending) -> String? {
    switch top.kind {
    case .ifCondition: "then"
    case .ifThen: "else"
    default: nil
    }
  }

  private func mismatch(_ closer: String, _ top: Pending) -> Failure {
    .wrong(.mismatch(closer, lexer.text.excerpt(openerSpan(top)), at: token.span))
  }

  var innermostBracket: Pending? {
    stack.last { $0.closer != nil }
  }

  private func notClosed() -> Failure {
    if nesting.texts > 0 { return unclosedText() }
    let opener = innermostBracket.map(openerSpan) ?? place
    return .unfinished(.neverClosed(opener, in: lexer.text))
  }

  private func unclosedText() -> Failure {
    let text = stack.last { $0.kind == .text }
    return .wrong(.unclosedText(text.map { Span($0.start, $0.mark) } ?? place))
  }

  /// The bracket that opened what waits on the stack.
  private func openerSpan(_ entry: Pending) -> Span {
    var opener = Token()
    opener.end = entry.mark
    switch entry.kind {
    case .call, .prime:
      repeat { opener = following(opener) } while opener.kind == .prime || opener.kind == .newline
      return opener.span
    case .interpolation:
      return Span(entry.start, entry.start + 1)
    default:
      return following(opener).span
    }
  }

  /// The bracket of an earlier line that was not closed, when a statement seems to start here.
  private func forgottenOpener() -> Span? {
    guard nesting.brackets > 0, let entry = innermostBracket else { return nil }
    let seems: Bool
    var start = token.start
    switch token.kind {
    case .assign, .define, .update:
      start = lexer.text.startOfWord(endingAt: previousEnd)
      seems = start < previousEnd && lexer.text.opensLine(start)
    case .name: seems = lexer.text.opensLine(start) && isBinding(following(token))
    case .keyword: seems = token.keyword?.opensStatement ?? false
    case .closeBrace: seems = true
    default: seems = false
    }
    let opener = openerSpan(entry)
    guard seems, opener.end <= start else { return nil }
    return lexer.text.holdsNewline(Span(opener.end, start)) ? opener : nil
  }

  /// The mistake of `1,5` for 1.5, and of `3,000,000` for 3000000.
  private func decimalComma(isInParentheses: Bool = false) -> Diagnostic? {
    let place = Int(token.start)
    guard place > 0, lexer.isDigit(at: place - 1), lexer.isDigit(at: Int(token.end)) else {
      return nil
    }
    if token.end - token.start > 1 {
      let whole = lexer.text.excerpt(lexer.text.digits(endingAt: place))
      let hint = "use \(whole).\(lexer.text.excerpt(following(token).span))"
      return .decimalComma(at: token.span, hint: hint)
    }
    guard let number = GroupedNumber(around: place, in: lexer.text) else { return nil }
    let isPair = number.groups.count == 2
    let list =
      isInParentheses && isPair ? ", or [\(number.groups.joined(separator: ", "))] for a list" : ""
    return .decimalComma(at: isPair ? token.span : number.span, hint: number.hint + list)
  }
}
