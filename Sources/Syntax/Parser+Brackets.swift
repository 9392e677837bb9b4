extension Parser {
  /// Puts an opening bracket at the start of an operand on the stack.
  mutating func open(_ kind: Pending.Kind) {
    var entry = Pending(kind, start: token.start)
    entry.mark = token.start
    stack.push(entry)
    nesting.brackets += 1
    advance()
  }

  /// Puts the parenthesis at hand on the stack, with the name that stands before it.
  mutating func openCall(_ kind: Pending.Kind, of name: UInt32, at span: Span, primes: UInt8 = 0) {
    var entry = Pending(kind, start: span.start)
    entry.mark = span.end
    entry.payload = name
    entry.aux = primes
    stack.push(entry)
    nesting.brackets += 1
    advance()
  }

  mutating func openIndex() {
    var entry = Pending(.index, start: operand.start)
    entry.mark = token.start
    entry.payload = token.end
    stack.push(entry)
    nesting.brackets += 1
    advance()
  }

  /// Takes the bare name before `=` for the keyword of an argument.
  mutating func openKeywordArgument() -> Bool {
    let top = stack.top.kind
    guard top == .call || top == .prime, operand.form == .name else { return false }
    let name = tree.nodes.removeLast()
    var entry = Pending(.keyword, start: name.span.start)
    entry.payload = name.payload
    entry.mark = token.start
    stack.push(entry)
    advance()
    return true
  }

  /// Closes a bracket that holds nothing, or nothing behind its last comma.
  mutating func closeWithoutOperand() -> Bool {
    switch stack.top.kind {
    case .call, .prime, .list: break
    case .index where stack.top.count > 0 || stack.top.colons > 0: break
    default: return false
    }
    close(withOperand: false)
    return true
  }

  /// Reads a comma; whether an operand must follow.
  mutating func readComma() throws(Failure) -> Bool {
    reduce(to: .conditional)
    if stack.top.kind == .at, substitutionFollows() {
      advance()
      try readSubstitution()
      return true
    }
    reduce(to: .substitution)
    if stack.top.kind == .keyword { finishArgument() }
    switch stack.top.kind {
    case .base: return false
    case .index: finishItem(withOperand: true)
    case .call, .prime, .list: stack.top.count += 1
    default: throw unclosed()
    }
    advance()
    stack.top.payload = stack.top.kind == .index ? token.start : stack.top.payload
    return true
  }

  /// Reads a `:` or the comma behind it where no operand stands, as in `a[:, 0]`.
  mutating func continueSlice() throws(Failure) -> Bool {
    guard stack.top.kind == .index, token.kind == .colon || stack.top.colons > 0 else {
      return false
    }
    if token.kind == .colon {
      try openSlicePart(hasOperand: false)
    } else {
      finishItem(withOperand: false)
      advance()
      stack.top.payload = token.start
    }
    return true
  }

  /// Reads the `:` of a slice, behind the part that it ends.
  mutating func openSlicePart(hasOperand: Bool = true) throws(Failure) {
    if stack.top.colons == 2 { throw .wrong(.thirdColon(token.span)) }
    if hasOperand { stack.top.aux |= 1 << stack.top.colons }
    stack.top.colons += 1
    advance()
  }

  /// Reads `.T` and the like.
  mutating func readAttribute() throws(Failure) {
    let receiver = Span(operand.start, previousEnd)
    advance()
    guard token.kind == .name else {
      let isTranspose = token.kind == .prime
      throw unexpected(
        "expected a name after '.'",
        hint: isTranspose ? "write \(lexer.text.excerpt(receiver)).T" : nil)
    }
    operand.form = .other
    operand.end = token.end
    tree.nodes.append(
      SyntaxNode(
        .attribute, span: Span(operand.start, operand.end), payload: Int(token.payload),
        mark: token.start))
    let name = token
    advance()
    if token.kind == .openParenthesis, token.start == name.end {
      let word = names.text(of: NameID(index: Int(name.payload)))
      let call = factorText ?? "(…)"
      let arguments = String(call.dropFirst().dropLast())
      throw .wrong(
        .method(word, of: lexer.text.excerpt(receiver), arguments: arguments, at: name.span))
    }
  }

  /// Reads `'` and the parenthesis that must follow.
  mutating func readPrimes() throws(Failure) {
    let start = token.start
    var count: UInt32 = 0
    while token.kind == .prime {
      count += token.payload
      advance()
    }
    guard operand.form == .name, token.kind == .openParenthesis else {
      if let groupedNumber { throw .wrong(groupedNumber) }
      throw .wrong(
        .primeWithoutCall(Span(start, previousEnd), hint: hintOnPrime, clue: clueOnPrime))
    }
    guard let primes = UInt8(exactly: count) else {
      throw .wrong(.tooManyPrimes(Span(start, previousEnd)))
    }
    let name = tree.nodes.removeLast()
    openCall(.prime, of: name.payload, at: name.span, primes: primes)
  }

  /// Closes the bracket on top of the stack, and adds the node that it makes.
  mutating func close(withOperand: Bool) {
    if stack.top.kind == .index { finishItem(withOperand: withOperand) }
    let top = stack.pop()
    nesting.brackets &-= 1
    operand = Operand(form: .parenthesised, start: top.start, end: token.end)
    var node = SyntaxNode(
      .call, Span(top.start, token.end), payload: top.payload,
      count: withOperand ? top.count &+ 1 : top.count, aux: top.aux, mark: top.mark)
    switch top.kind {
    case .parenthesis:
      return advance()
    case .prime:
      node.kind = .prime
    case .list:
      node.kind = .list
      operand.form = .other
    case .index:
      node.kind = .index
      node.count = top.count
      node.payload = 0
      operand.form = .other
    default:
      break
    }
    tree.nodes.append(node)
    advance()
  }

  /// Wraps the value of a keyword argument that is complete.
  mutating func finishArgument() {
    let top = stack.pop()
    operand.start = top.start
    tree.nodes.append(
      SyntaxNode(
        .keyword, span: Span(top.start, operand.end), payload: Int(top.payload), mark: top.mark))
  }

  /// Completes an item of an index, which is a slice when a colon stood in it.
  private mutating func finishItem(withOperand: Bool) {
    let top = stack.top
    guard withOperand || top.colons > 0 else { return }
    stack.top.count += 1
    guard top.colons > 0 else { return }
    let parts = withOperand ? top.aux | 1 << top.colons : top.aux
    tree.nodes.append(
      SyntaxNode(.slice, span: Span(top.payload, previousEnd), aux: parts, mark: top.mark))
    stack.top.aux = 0
    stack.top.colons = 0
  }
}
