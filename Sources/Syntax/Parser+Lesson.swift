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
      return .training(try training(Int(word.payload - trainings.lowerBound)))
    }
    let subjects = try items()
    var claim: Expression?
    if token.kind == .assign {
      advance()
      claim = try expression()
    }
    return .lesson(Int(word.payload - lessons.lowerBound), subjects, claim: claim)
  }
}
