/// The argument that was meant by a function without its parentheses, as in `sin 2x`.
extension Parser {
  /// The argument that begins at the token, in each of the ways to read it.
  ///
  /// As a product such as `2x`, as a sum such as `2 + x`, and with all that commas part; of a text,
  /// the text.
  var looseArgument: Diagnostic.LooseArgument {
    if token.kind == .quote {
      let rest = lexer.text.excerpt(lexer.text.restOfStatement(from: token.end))
      let text = "\"\(rest.prefix { $0 != "\"" })\""
      return Diagnostic.LooseArgument(product: text, sum: text, list: text)
    }
    let takesCommas = nesting.brackets == 0 && !nesting.takesItems && !nesting.isTraining
    var (next, depth, end) = (token, 0, token.end)
    var (product, sum): (UInt32?, UInt32?)
    var before = Token.Kind.operator
    // Between names side by side, as in `2 pi x`.
    var joints: [(UInt32, UInt32)] = []
    for _ in 0..<60 {
      let endsOperand = before != .operator && before != .comma
      if depth == 0 {
        switch next.kind {
        case .comma where takesCommas:
          product = product ?? end
          sum = sum ?? end
        case .operator where endsOperand && next.infix != Token.noRow:
          let precedence = Operator.all[Int(next.infix)].precedence
          if precedence < .sum { next.kind = .end }
          if precedence == .sum { product = product ?? end }
        case .operator, .superscript, .dot, .openParenthesis, .openBracket: break
        case .name where isOperator(next.payload) || isClause(next): next.kind = .end
        case .name where before == .name && !isAttribute(next):
          let behind = following(next).kind
          if behind == .name || behind == .number || behind == .openParenthesis {
            next.kind = .end
          } else {
            joints.append((end, next.start))
          }
        case .number, .result: if endsOperand { next.kind = .end }
        case .name: break
        default: next.kind = .end
        }
      }
      if next.kind == .end { break }
      if next.kind == .openParenthesis || next.kind == .openBracket { depth += 1 }
      if next.kind == .closeParenthesis || next.kind == .closeBracket { depth -= 1 }
      (before, end) = (next.kind, next.end)
      next = following(next)
    }
    func text(to end: UInt32) -> String {
      var (text, start) = ("", token.start)
      for (left, right) in joints where right < end {
        text += lexer.text.excerpt(Span(start, left)) + "*"
        start = right
      }
      return text + lexer.text.excerpt(lexer.text.trimmed(Span(start, end)))
    }
    return Diagnostic.LooseArgument(
      product: angle ?? text(to: product ?? end), sum: angle ?? text(to: sum ?? end),
      list: angle ?? text(to: end))
  }

  private func isAttribute(_ name: Token) -> Bool {
    name.start > 0 && lexer.isByte(".", at: Int(name.start) - 1)
  }
}
