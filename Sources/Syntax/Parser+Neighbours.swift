/// Operands side by side, without an operator between them.
extension Parser {
  /// The mistake of an operand behind another one.
  func missingOperator(before text: String) -> Diagnostic {
    if operand.form == .number, token.kind == .number, let groupedNumber { return groupedNumber }
    if let hint = hintOnWord { return .expectedOperator(before: text, at: token.span, hint: hint) }
    let before = lexer.text.trimmed(operandSpan)
    let clue: Diagnostic.Clue? =
      operand.form == .name && token.start > previousEnd
      ? .neighbours(
        first: lastWord, second: lexer.text.excerpt(token.span),
        opensStatement: before.start == nesting.statement) : nil
    return .expectedOperator(before: text, at: token.span, hint: hintOnOperator, clue: clue)
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
    if opensStatement, token.kind == .name {
      let sign = following(token).kind
      if sign == .assign || sign == .define || sign == .update { return "leave out '\(last)'" }
    }
    if opensStatement, let hint = ForeignName.words[last] { return hint }
    if let hint = hintOnOperator(word: next, from: operandSpan, to: following(token)) { return hint }
    if operand.form == .name, operand.start > nesting.statement {
      let place = lexer.text.trimmed(Span(nesting.statement, operand.start))
      let start = lexer.text.startOfWord(endingAt: place.end)
      return hintOnOperator(word: last, from: Span(start, place.end), to: token)
    }
    return nil
  }

  /// What to write for `a add b`, where an operator is called by a word.
  private func hintOnOperator(word: String, from before: Span, to after: Token) -> String? {
    guard let pattern = ForeignName.operators[word.lowercased()] else { return nil }
    let first = simpleText(before)
    let second =
      after.kind == .name || after.kind == .number ? lexer.text.excerpt(after.span) : "b"
    if word == "x", after.kind != .number || first.last?.isASCII != true || first.last?.isNumber != true {
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

  /// A range that ends in a word or a bracket, as one operand in words.
  private func simpleText(_ span: Span) -> String {
    let span = lexer.text.trimmed(span)
    let text = lexer.text.excerpt(span)
    let isWord = text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    if !text.isEmpty, text.count <= 20, isWord || text.hasPrefix("(") && text.hasSuffix(")") {
      return text
    }
    let word = Span(lexer.text.startOfWord(endingAt: span.end), span.end)
    return word.start < word.end ? lexer.text.excerpt(word) : "a"
  }

  /// What to say where an operand follows another one, by their forms.
  private var hintOnOperator: String? {
    let (last, next) = (lastWord, lexer.text.excerpt(token.span))
    if stack.last(where: { _ in true })?.kind == .list {
      return "commas stand between entries: [1, 2]"
    }
    if let hint = hintOnRaisedDigits { return hint }
    if nesting.takesItems, nesting.brackets == 0 {
      return token.kind == .openParenthesis || token.start == previousEnd
        ? nil : "a comma is missing: \(lastOperand), \(next)"
    }
    guard operand.form == .name else { return nil }
    let isApart = token.start > previousEnd
    switch token.kind {
    case .quote where !isApart: return "no letter stands in front of a text"
    case .name where isApart, .number where isApart:
      return following(token).kind == .openParenthesis
        ? nil : "write \(last)(\(next)) for a call, \(last)*\(next) for a product"
    default: return nil
    }
  }

  /// What to write for `x²y`, or for `sin²(x)`.
  private var hintOnRaisedDigits: String? {
    let raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
    let digits = String(lastWord.reversed().prefix { raised.contains($0) }.reversed())
    guard !digits.isEmpty, let left = operandText, let right = factorText else { return nil }
    let product = "\(left)*\(right)"
    let name = lastWord.dropLast(digits.count).drop(while: \.isNumber)
    guard !name.isEmpty else { return "write \(product)" }
    let argument = right.hasPrefix("(") ? right : "(\(right))"
    let call = digits == "⁻¹" ? "1/\(name)\(argument)" : "\(name)\(argument)\(digits)"
    return token.kind == .openParenthesis
      ? "write \(call) for a function, \(product) for a product"
      : "write \(product) for a product, \(call) for a function"
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
    let span = lexer.text.trimmed(operandSpan)
    return span.end - span.start > 30 ? "…" : lexer.text.excerpt(span)
  }
}
