extension Parser {
  /// Completes the operators on the stack that bind at least as tightly as given.
  @inline(__always)
  mutating func reduce(to precedence: Operator.Precedence) {
    if stack.top.precedence >= precedence.rawValue { reduceTop(to: precedence.rawValue) }
  }

  private mutating func reduceTop(to precedence: UInt8) {
    repeat {
      let top = stack.pop()
      var node = SyntaxNode(
        .infix, Span(top.start, operand.end), payload: UInt32(top.row), mark: top.mark)
      switch top.kind {
      case .prefix: node.kind = .prefix
      case .chain where top.count > 0: node.kind = .chainEnd
      case .and: node.kind = .andEnd
      case .or: node.kind = .orEnd
      case .ifElse: node.kind = .ifEnd
      case .at:
        node.kind = .at
        node.count = top.count
        node.payload = closeSubstitutions(Int(top.count))
      case .infix, .chain, .base, .ifCondition, .ifThen, .keyword, .parenthesis, .call, .prime,
        .list, .index, .text, .interpolation:
        break
      }
      operand.start = top.start
      operand.form = .other
      tree.nodes.append(node)
    } while stack.top.precedence >= precedence
  }

  /// Puts a prefix operator on the stack; a plus has no effect and leaves nothing.
  mutating func openPrefix() throws(Failure) {
    try readSignBehindNumber()
    let binding = bindings[Int(token.prefix)]
    if stack.top.precedence > binding.precedence, binding.isLoose {
      throw .wrong(.looseOperand(lexer.text.excerpt(token.span), at: token.span))
    }
    if binding.leavesNode {
      var entry = Pending(.prefix, start: token.start)
      entry.precedence = binding.precedence
      entry.row = token.prefix
      entry.mark = token.start
      stack.push(entry)
    }
    advance()
  }

  /// Whether a name behind an operand is an operator; a text that binds it has it as a name.
  func isOperator(_ name: UInt32) -> Bool {
    operatorWords.contains(name) && !boundWords.contains(name)
  }

  /// Puts an infix operator on the stack, behind the operators that it completes.
  mutating func openInfix(_ row: UInt8, at place: UInt32) {
    let binding = bindings[Int(row)]
    var entry = Pending(binding.kind, start: 0)
    if binding.kind == .chain {
      entry.count = linkChain(binding) ? 1 : 0
    } else {
      if stack.top.precedence >= binding.completes { reduceTop(to: binding.completes) }
      if binding.kind == .and { mark(.andThen, at: place, row: row) }
      if binding.kind == .or { mark(.orElse, at: place, row: row) }
    }
    entry.start = operand.start
    entry.precedence = binding.precedence
    entry.row = row
    entry.mark = place
    stack.push(entry)
  }

  /// Completes a comparison that another one follows; whether there was one.
  private mutating func linkChain(_ binding: Binding) -> Bool {
    if stack.top.precedence > binding.precedence { reduceTop(to: binding.precedence + 1) }
    guard stack.top.kind == .chain else { return false }
    let before = stack.pop()
    tree.nodes.append(
      SyntaxNode(
        .chainLink, Span(before.start, operand.end), payload: UInt32(before.row),
        mark: before.mark))
    operand.start = before.start
    return true
  }

  /// Adds a marker behind the operand that control passes.
  mutating func mark(_ kind: SyntaxNode.Kind, at place: UInt32, row: UInt8 = 0) {
    tree.nodes.append(
      SyntaxNode(kind, Span(operand.start, operand.end), payload: UInt32(row), mark: place))
  }

  /// Puts the `*` on the stack that is not written between `2` and `x`.
  mutating func openImplicitProduct() throws(Failure) {
    let product = bindings[Int(multiply)].precedence
    if let before = stack.last(where: { $0.kind != .prefix || $0.precedence < product }),
      before.kind == .infix, before.precedence >= product, before.row != multiply
    {
      throw ambiguousProduct(behind: before)
    }
    openInfix(multiply, at: token.start)
  }

  /// Reads raised digits as the power that they are.
  mutating func readSuperscript() {
    tree.nodes.append(SyntaxNode(.number, span: token.span, payload: tree.numbers.count))
    tree.numbers.append(token.value)
    operand.form = .other
    operand.end = token.end
    tree.nodes.append(
      SyntaxNode(
        .infix, Span(operand.start, operand.end), payload: UInt32(power), mark: token.start))
    advance()
  }

  /// Moves the names of a complete `at` to the tree and returns their place there.
  @inline(never)
  private mutating func closeSubstitutions(_ count: Int) -> UInt32 {
    tree.substitutions.append(Array(substituted.suffix(count)))
    substituted.removeLast(count)
    return UInt32(clamping: tree.substitutions.count - 1)
  }

  /// Reads the `name =` of a substitution.
  mutating func readSubstitution() throws(Failure) {
    skipNewlines()
    guard token.kind == .name else { throw unexpected("expected a name after 'at'") }
    substituted.append(NameID(index: Int(token.payload)))
    stack.top.count += 1
    advance()
    if token.kind == .openBracket {
      throw .wrong(
        .entryOfName(
          "'at' gives another value to a whole name",
          hint: "set(w, i, v) is w with another entry, as in at w = set(w, 0, 3)", at: token.span))
    }
    guard token.kind == .assign else {
      let name = substituted.last.map { names.text(of: $0) } ?? ""
      throw unexpected("expected '=' and a value after 'at'", hint: hintOnEquality(for: name))
    }
    advance()
  }

  /// Whether `name =` follows the comma that the parser is at, as in `y at x1 = 5, x2 = 7`.
  mutating func substitutionFollows() -> Bool {
    let place = (token, lexer.position)
    defer { (token, lexer.position) = place }
    skip()
    skipNewlines()
    guard token.kind == .name else { return false }
    skip()
    return token.kind == .assign
  }
}

extension Diagnostic {
  static func entryOfName(_ message: String, hint: String, at span: Span) -> Diagnostic {
    Diagnostic(message, at: span, hint: hint)
  }
}
