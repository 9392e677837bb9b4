extension Parser {
  /// Reads a quoted text from its opening quote; whether it is complete, so that no expression of
  /// it comes next.
  mutating func readText() throws(Failure) -> Bool {
    var entry = Pending(.text, start: token.start)
    entry.mark = token.end
    entry.aux = UInt8(truncatingIfNeeded: token.payload)
    stack.push(entry)
    nesting.texts += 1
    return try readPiece()
  }

  /// Ends the interpolation at its `}` or `:`; whether the text is then complete.
  mutating func closeInterpolation() throws(Failure) -> Bool {
    let opener = stack.pop()
    var format = ""
    if token.kind != .closeBrace {
      lexer.position = Int(token.start) + (lexer.isByte(":", at: Int(token.start)) ? 1 : 3)
      format = try lexer.interpolationFormat(openedAt: Span(opener.start, opener.start + 1))
    }
    tree.nodes.append(
      SyntaxNode(
        .interpolation, span: Span(start: Int(opener.start), end: lexer.position),
        payload: tree.texts.count))
    tree.texts.append(format)
    stack.top.count += 1
    return try readPiece()
  }

  private mutating func readPiece() throws(Failure) -> Bool {
    let start = lexer.position
    let piece = try lexer.textPiece(
      openedAt: Span(stack.top.start, stack.top.mark), curly: stack.top.aux == 1)
    if !piece.text.isEmpty {
      tree.nodes.append(
        SyntaxNode(
          .text, span: Span(start: start, end: piece.place), payload: tree.texts.count))
      tree.texts.append(piece.text)
      stack.top.count += 1
    }
    token.end = UInt32(clamping: lexer.position)
    switch piece.end {
    case .quote:
      let text = stack.pop()
      nesting.texts -= 1
      operand = Operand(form: .other, start: text.start, end: token.end)
      tree.nodes.append(
        SyntaxNode(.join, span: Span(text.start, token.end), count: Int(text.count)))
      advance()
      return true
    case .interpolation:
      stack.push(Pending(.interpolation, start: UInt32(clamping: piece.place)))
      advance()
      return false
    }
  }
}
