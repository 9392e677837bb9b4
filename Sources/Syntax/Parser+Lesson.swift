extension Parser {
  /// Whether a name opens a statement that teaches; a text that binds such a word has it as a name.
  func isLesson(_ name: UInt32) -> Bool {
    opensTeaching(name) && !boundWords.contains(name)
  }

  /// Remembers that a word with another meaning is a name from here on.
  mutating func noteBinding(of name: NameID) {
    let number = UInt32(name.index)
    if isCommand(number) || opensTeaching(number) || operatorWords.contains(number) {
      boundWords.insert(number)
    }
  }

  private func opensTeaching(_ name: UInt32) -> Bool {
    lessons.contains(name) || trainings.contains(name)
  }

  /// Reads a statement that teaches, such as `check y` or `check grad(y, x) = 2*x`.
  mutating func lessonStatement() throws(Failure) -> Statement.Kind {
    let word = token
    let start = checkpoint
    advance()
    switch token.kind {
    case .assign, .define, .update:
      rewind(to: start)
      return try expressionStatement()
    case .openParenthesis:
      // `check(x) = x^2` defines a function; `check (a + b)^2 = …` claims something.
      if let definition = try definition(from: start) { return definition }
      advance()
    default: break
    }
    if trainings.contains(word.payload) {
      return .training(try training(Int(word.payload - trainings.lowerBound), behind: word))
    }
    let subjects = try items()
    if let subject = subjects.first, lexer.text.excerpt(word.span) != "why" {
      try refuseEquality(subject, in: word)
    }
    var claim: Expression?
    if token.kind == .assign {
      advance()
      claim = try expression()
    }
    return .lesson(Int(word.payload - lessons.lowerBound), subjects, claim: claim)
  }
}

extension Parser {
  /// Refuses `==` where a statement takes two sides, or a number and no question about it.
  func refuseEquality(_ subject: Expression, in word: Token) throws(Failure) {
    let root = tree.nodes[subject.end - 1]
    guard root.kind == .infix, Operator.all[Int(root.payload)].spelling == "==" else { return }
    let sign = Span(root.mark, root.mark + 2)
    let left = lexer.text.excerpt(Span(root.span.start, root.mark)).trimmed
    let right = lexer.text.excerpt(Span(sign.end, root.span.end)).trimmed
    let statement = lexer.text.excerpt(word.span)
    // What follows in the line, such as `over w`.
    var end = Int(previousEnd)
    while end < lexer.text.count, ![10, UInt8(ascii: ";")].contains(lexer.text[end]) { end += 1 }
    let rest = lexer.text.excerpt(Span(start: Int(previousEnd), end: end))
    let hint: String? =
      switch statement {
      case "check": "write check \(left) = \(right)"
      case "fit": "write fit \(left) ~ \(right)\(rest)"
      case "minimize" where right == "0": "write minimize (\(left))^2\(rest)"
      case "minimize": "write minimize (\(left) - (\(right)))^2\(rest)"
      default: "take one side of it"
      }
    throw .wrong(.equalityAsSubject(statement, at: sign, hint: hint))
  }
}

extension Diagnostic {
  static func equalityAsSubject(_ statement: String, at sign: Span, hint: String?) -> Diagnostic {
    Diagnostic(
      "'==' asks a question, whose answer is 0 or 1; '\(statement)' takes none", at: sign,
      hint: hint)
  }
}

extension String {
  /// The text without the blanks around it.
  fileprivate var trimmed: String {
    let start = drop { $0 == " " || $0 == "\n" }
    return String(start.reversed().drop { $0 == " " || $0 == "\n" }.reversed())
  }
}
