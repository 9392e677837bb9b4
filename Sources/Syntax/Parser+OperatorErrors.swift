/// Mistakes around operators that are words or are not written.
extension Parser {
  /// The refusal of a product as in `1/2x`, with both ways to read it.
  func ambiguousProduct(behind before: Pending) -> Failure {
    let word = lexer.text.excerpt(token.span)
    let operand = Span(before.start, previousEnd)
    let hint =
      hintOnOpening
      ?? (word == "x" ? nil : hintOnOperator(word: word, from: operand, to: following(token)))
    if let hint {
      return .wrong(.expectedOperator(before: word, at: token.span, hint: hint))
    }
    let sign = token(at: before.mark)
    let factor = following(sign)
    var next = token(at: token.start)
    var end = token.end
    var depth = 0
    for count in 0... {
      if count > 0 { next = following(next) }
      if depth == 0, count > 0, next.kind != .openParenthesis, next.kind != .prime { break }
      if next.kind == .openParenthesis { depth += 1 }
      if next.kind == .closeParenthesis { depth -= 1 }
      if count > 20 || next.kind == .end { return .wrong(.ambiguousProduct(at: token.span)) }
      end = next.end
    }
    let text = lexer.text
    let whole = Span(before.start, end)
    let left = text.excerpt(text.trimmed(Span(before.start, before.mark)))
    let signText = text.excerpt(sign.span)
    let middle = text.excerpt(Span(factor.start, self.operand.end))
    let right = text.excerpt(Span(token.start, end))
    let base = token(at: before.start)
    if before.row == power, base.kind == .name, following(base).start == before.mark {
      return .wrong(
        .ambiguousPower(text.excerpt(whole), text.excerpt(base.span), middle, right, at: whole))
    }
    return .wrong(
      .ambiguousProduct(
        text.excerpt(whole), left + (sign.kind == .name ? " \(signText) " : signText), middle,
        right, at: whole))
  }

  /// The mistake of `10%` at the end of a line, before a closing bracket or another operator.
  ///
  /// The sign was meant for the number before it. Nil where another operator waits, or its word.
  func signBehindNumber() -> Failure? {
    let top = stack.top
    guard top.kind == .infix, bindings[Int(top.row)].standsBehindNumbers else { return nil }
    let sign = token(at: top.mark)
    guard sign.kind == .operator, sign.end == previousEnd else { return nil }
    return .wrong(
      .signBehindNumber(lexer.text.excerpt(sign.span), hintBehindNumber(top), at: sign.span))
  }

  /// Looks at a plus or minus behind such a sign: `8% + 2` is a mistake, since it reads as a sum.
  ///
  /// `8 % -3` and `8%-3` are remainders, and so is `8% -3`, which is worth a note.
  mutating func readSignBehindNumber() throws(Failure) {
    guard let mistake = signBehindNumber() else { return }
    if lexer.text.isBlank(Int(token.end)) { throw mistake }
    let entry = stack.top
    guard entry.mark > 0, !lexer.text.isBlank(Int(entry.mark) - 1), token.start > previousEnd
    else { return }
    let sign = lexer.text.excerpt(token(at: entry.mark).span)
    notes.append(
      Diagnostic(
        "'\(sign)' is a remainder here: \(hintBehindNumber(entry))", at: token(at: entry.mark).span)
    )
  }

  /// How to write what people mean by a sign behind the number that was just read.
  private func hintBehindNumber(_ entry: Pending) -> String {
    let text = lexer.text
    let end = text.trimmed(Span(entry.start, entry.mark)).end
    let number = text.excerpt(Span(text.startOfNumber(endingAt: end, from: entry.start), end))
    let isShort = !number.isEmpty && number.utf8.count <= 12
    return (Operator.all[Int(entry.row)].behindNumber ?? "")
      .replacing("#", with: isShort ? number : "x")
  }

  /// The mistake of `2 mod(7, 3)`, where the word behind the operand is the operator.
  func calledOperator() -> Diagnostic? {
    let bracket = stack.top
    guard bracket.kind == .parenthesis,
      let before = stack.last(where: { $0.start < bracket.start }), before.kind == .infix,
      let word = Binding.words.first(where: { $0.row == before.row })?.spelling
    else { return nil }
    let span = Span(start: Int(before.mark), end: Int(before.mark) + word.utf8.count)
    guard lexer.text.excerpt(span) == word else { return nil }
    return .calledOperator(word, at: span)
  }

  /// How a statement is written that has `==` in the place of `=`; nil where it has not.
  func hintOnEquality(for beginning: String) -> String? {
    guard token.kind == .operator, lexer.text.excerpt(token.span) == "==" else { return nil }
    let value = following(token)
    let text = lexer.text.excerpt(value.span)
    return "write \(beginning) = \(value.kind == .number || value.kind == .name ? text : "…")"
  }
}
