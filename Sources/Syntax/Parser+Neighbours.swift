/// Operands side by side, without an operator between them.
extension Parser {
  /// The mistake of an operand behind another one.
  func missingOperator(before text: String) -> Diagnostic {
    if operand.form == .number, token.kind == .number, let groupedNumber { return groupedNumber }
    if let hint = hintOnWord { return .expectedOperator(before: text, at: token.span, hint: hint) }
    if let (hint, clue) = hintOnRaisedDigits {
      return .expectedOperator(before: text, at: token.span, hint: hint, clue: clue)
    }
    let before = lexer.text.trimmed(operandSpan)
    let clue: Diagnostic.Clue? =
      operand.form == .name && token.start > previousEnd
      ? .neighbours(
        first: lastWord, second: looseArgument,
        opensStatement: before.start == nesting.statement) : nil
    return .expectedOperator(before: text, at: token.span, hint: hintOnOperator, clue: clue)
  }

  /// What to say by the word that opens the statement, or by a clause at the token.
  var hintOnOpening: String? {
    let opening = lexer.text.excerpt(token(at: nesting.statement).span).lowercased()
    if opening == "maximize" || opening == "maximise" { return hintOnMaximum }
    if ForeignName.requests.contains(opening) { return ForeignName.words[opening] }
    return nesting.brackets == 0 ? hintOnPoint ?? hintOnRespect : nil
  }

  /// What to write for `maximize y over w`.
  private var hintOnMaximum: String {
    let rest = lexer.text.restOfStatement(from: token(at: nesting.statement).end)
    let text = lexer.text.excerpt(lexer.text.trimmed(rest)).drop { $0 == " " }
    let end = text.firstRange(of: " over ")?.lowerBound ?? text.endIndex
    let clauses = end == text.endIndex ? " over w" : String(text[end...])
    return "write minimize -(\(text[..<end]))\(clauses)"
  }

  /// What to write for `x^2 where x = 2`.
  var hintOnPoint: String? {
    guard ["where", "when", "given", "with"].contains(lexer.text.excerpt(token.span)) else {
      return nil
    }
    let name = following(token)
    guard name.kind == .name, following(name).kind == .assign else { return nil }
    let start = stack.last { $0.kind == .base }?.start ?? nesting.statement
    return substitution(
      from: lexer.text.excerpt(lexer.text.trimmed(Span(start, previousEnd))), name)
  }

  /// What to write for `derive y wrt x`, or for a clause of a training with another name.
  var hintOnRespect: String? {
    if nesting.isTraining { return hintOnClause }
    guard nesting.takesItems,
      ["wrt", "with", "by", "w", "in"].contains(lexer.text.excerpt(token.span)),
      let name = namesInRest(from: token.end).last
    else { return nil }
    return "a comma is missing: \(lastOperand), \(name)"
  }

  /// The number at the token in radians, where a sign for degrees follows it.
  var angle: String? {
    guard token.kind == .number else { return nil }
    let next = lexer.text.excerpt(following(token).span)
    let hasSign = lexer.text.scalar(at: Int(token.end))?.scalar == "°"
    guard hasSign || ["deg", "degree", "degrees"].contains(next) else { return nil }
    return "\(lexer.text.excerpt(token.span))*pi/180"
  }

  /// What to say by a word of another language, which stands before the token or is it.
  private var hintOnWord: String? {
    let (last, next) = (lastWord, lexer.text.excerpt(token.span))
    if let word = Binding.words.first(where: { [last, next].contains($0.spelling) }),
      let name = names.find(word.spelling)
    {
      return isOperator(UInt32(name.index))
        ? "'\(word.spelling)' stands between two values: 7 \(word.spelling) 3"
        : "'\(word.spelling)' is a name here; the operator is '\(Operator.all[Int(word.row)].spelling)'"
    }
    let opensStatement = operand.form == .name && operand.start == nesting.statement
    if ForeignName.definitions.contains(last) { return ForeignName.words[last] }
    if let hint = hintOnOpening { return hint }
    if opensStatement, token.kind == .name {
      let sign = following(token).kind
      if sign == .assign || sign == .define || sign == .update { return "leave out '\(last)'" }
    }
    if opensStatement, let hint = ForeignName.words[last] { return hint }
    if let hint = hintOnOperator(word: next, from: operandSpan, to: following(token)) {
      return hint
    }
    if operand.form == .number, token.kind == .number,
      stack.last(where: { _ in true })?.kind != .list,
      !nesting.takesItems
    {
      return "write \(last)*\(next) for a product, [\(last), \(next)] for a list"
    }
    if last == "to" || next == "to" { return ForeignName.unitHint }
    let start = lexer.text.startOfWord(endingAt: previousEnd)
    guard start > nesting.statement else { return nil }
    let before = lexer.text.trimmed(Span(nesting.statement, start))
    guard before.end < start else { return nil }
    let word = Span(lexer.text.startOfWord(endingAt: before.end), before.end)
    return hintOnOperator(word: last, from: word, to: token)
  }

  /// What to write for `a add b`, where an operator is called by a word.
  func hintOnOperator(word: String, from before: Span, to after: Token) -> String? {
    guard let pattern = ForeignName.operators[word.lowercased()] else { return nil }
    let first = lastFactor(before)
    let second =
      after.kind == .name || after.kind == .number ? lexer.text.excerpt(after.span) : "b"
    if word == "x",
      after.kind != .number || first.last?.isASCII != true || first.last?.isNumber != true
    {
      return nil
    }
    var written = ""
    for piece in pattern.split(separator: "$", omittingEmptySubsequences: false).enumerated() {
      guard piece.offset > 0 else {
        written += piece.element
        continue
      }
      written += (piece.element.first == "a" ? first : second) + piece.element.dropFirst()
    }
    return "write \(written)"
  }

  /// The last factor of a range in words: a name, a number, a bracket, or a call.
  func lastFactor(_ span: Span) -> String {
    let span = lexer.text.trimmed(span)
    var start = Int(span.end)
    var depth = 0
    while start > Int(span.start) {
      let byte = lexer.text[start - 1]
      if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") { depth += 1 }
      if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") { depth -= 1 }
      let isWord = byte >= 0x80 || NameSpelling.holds(byte) || byte == UInt8(ascii: ".")
      let closes = byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[")
      guard depth > 0 || isWord || closes && depth == 0 else { break }
      start -= 1
    }
    let factor = lexer.text.excerpt(Span(start: start, end: Int(span.end)))
    return factor.isEmpty || factor.count > 20 ? "a" : factor
  }

  /// What to say where an operand follows another one, by their forms.
  private var hintOnOperator: String? {
    let (last, next) = (lastWord, lexer.text.excerpt(token.span))
    if stack.last(where: { _ in true })?.kind == .list {
      return "commas stand between entries: [1, 2]"
    }
    if nesting.takesItems, nesting.brackets == 0, nesting.texts == 0 {
      return token.kind == .openParenthesis || token.start == previousEnd
        ? nil : "a comma is missing: \(lastOperand), \(next)"
    }
    guard operand.form == .name else { return nil }
    let isApart = token.start > previousEnd
    if isApart, token.kind == .name, let call = innermostBracket, call.kind == .call,
      let rest = restOfCall
    {
      let before = lexer.text.excerpt(Span(call.start, previousEnd))
      return "write \(before), \(rest) for two arguments, \(last)*\(next) for a product"
    }
    switch token.kind {
    case .quote where !isApart: return "no letter stands in front of a text"
    case .name where isApart, .number where isApart:
      return following(token).kind == .openParenthesis
        ? nil : "write \(last)(\(next)) for a call, \(last)*\(next) for a product"
    default: return nil
    }
  }

  /// What to write for `x²y`, or for `sin²(x)`.
  private var hintOnRaisedDigits: (hint: String, clue: Diagnostic.Clue?)? {
    let raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
    let digits = String(lastWord.reversed().prefix { raised.contains($0) }.reversed())
    guard !digits.isEmpty, let left = operandText, let right = factorText else { return nil }
    let product = "\(left)*\(right)"
    let name = lastWord.dropLast(digits.count).drop(while: \.isNumber)
    guard !name.isEmpty else { return ("write \(product)", nil) }
    let argument = right.hasPrefix("(") ? right : "(\(right))"
    let before = left.dropLast(name.count + digits.count)
    let call = digits == "⁻¹" ? "1/\(name)\(argument)" : "\(name)\(argument)\(digits)"
    return (
      "write \(product) for a product, \(call) for a function",
      .byMeaning(
        name: String(name), function: "write \(before)\(call)", number: "write \(product)",
        array: "write \(product)")
    )
  }

  /// From the token to the parenthesis that closes the call around it.
  private var restOfCall: String? {
    var (next, depth) = (token, 0)
    for _ in 0..<20 {
      if next.kind == .openParenthesis { depth += 1 }
      if next.kind == .closeParenthesis { depth -= 1 }
      if depth < 0 { return lexer.text.excerpt(Span(token.start, next.end)) }
      if next.kind == .end || next.kind == .newline { return nil }
      next = following(next)
    }
    return nil
  }

  /// The factor that begins at the token: a name, a number, a call or a bracket.
  var factorText: String? {
    var (next, end, depth) = (token, token.end, 0)
    for count in 0..<20 {
      if next.kind == .openParenthesis { depth += 1 }
      if next.kind == .closeParenthesis { depth -= 1 }
      if next.kind == .end || next.kind == .newline || depth < 0 { return nil }
      end = next.end
      next = following(next)
      if depth == 0, count > 0 || next.kind != .openParenthesis || next.start > end { break }
    }
    return depth == 0 ? lexer.text.excerpt(Span(token.start, end)) : nil
  }

  private var lastOperand: String {
    let base = stack.last { $0.kind == .base }?.start ?? operand.start
    let span = lexer.text.trimmed(Span(base, previousEnd))
    return span.end - span.start > 30 ? "…" : lexer.text.excerpt(span)
  }
}
