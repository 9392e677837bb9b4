extension Parser {
  /// Reads what stands behind `minimize` or `fit`.
  mutating func training(_ row: Int, behind word: Token) throws(Failure) -> TrainingSyntax {
    nesting.isTraining = true
    defer { nesting.isTraining = false }
    var training = TrainingSyntax(row: row, subjects: [], over: [], clauses: [:])
    if isAtEnd { throw unexpected("expected what is to be minimized or fitted") }
    training.subjects = [try expression()]
    try refuseEquality(training.subjects[0], in: word)
    // Everywhere else the sign means nothing.
    if token.kind == .invalid, lexer.isByte("~", at: Int(token.start)) {
      advance()
      training.subjects.append(try expression())
    }
    while let clause {
      if training.clauses[clause] != nil || clause == .over && !training.over.isEmpty {
        throw .wrong(.clauseTwice(clause.rawValue, at: token.span))
      }
      advance()
      if clause == .over {
        training.over = try targets(
          "expected the name of a param",
          entryHint: "give the entry a name, param a = …, and use set(w, i, a) in the loss")
      } else {
        training.clauses[clause] = try expression()
      }
      if clause == .batch {
        guard link == .of else { throw unexpected("expected 'of' and the data, as in 'of X, Y'") }
        advance()
        training.data = try targets(
          "expected the name of data", entryHint: "give it a name first, as in B = X[:, 0]")
      }
      if clause == .for || clause == .every, link == .epoch || link == .epochs {
        training.epochs[clause] = token.span
        advance()
      }
    }
    guard !training.over.isEmpty, token.kind != .name, token.kind != .number else {
      throw withoutParams(training)
    }
    return training
  }

  /// Whether a name is a word that ends the expression before it.
  func isClause(_ token: Token) -> Bool {
    nesting.isTraining && nesting.brackets == 0 && clauseWords.contains(token.payload)
  }

  /// The clause that the token opens.
  private var clause: TrainingSyntax.Clause? {
    if token.keyword == .for { return .for }
    guard token.kind == .name, isClause(token) else { return nil }
    return TrainingSyntax.Clause(rawValue: names.text(of: NameID(index: Int(token.payload))))
  }

  /// The word inside a clause that the token is.
  private var link: TrainingSyntax.Link? {
    guard token.kind == .name, isClause(token) else { return nil }
    return TrainingSyntax.Link(rawValue: names.text(of: NameID(index: Int(token.payload))))
  }

  /// The names in the brackets that open at the token.
  private var namesInBrackets: [String] {
    var (names, next): ([String], Token) = ([], following(token))
    while next.kind == .name || next.kind == .comma, names.count < 20 {
      if next.kind == .name { names.append(lexer.text.excerpt(next.span)) }
      next = following(next)
    }
    return names
  }

  private mutating func targets(
    _ wanted: String, entryHint: String
  ) throws(Failure) -> [Target] {
    var targets: [Target] = []
    repeat {
      if !targets.isEmpty { advance() }
      guard token.kind == .name else {
        let isBracketed = token.kind == .openBracket || token.kind == .openParenthesis
        let words = isBracketed ? namesInBrackets : []
        let hint = words.isEmpty ? nil : "write over \(words.joined(separator: ", "))"
        throw unexpected(wanted, hint: hint)
      }
      let target = Target(name: NameID(index: Int(token.payload)), span: token.span)
      if targets.contains(where: { $0.name == target.name }) {
        throw .wrong(.repeatedName(names.text(of: target.name), at: target.span))
      }
      targets.append(target)
      advance()
      if token.kind == .openBracket {
        throw .wrong(.entryOfName("a whole name stands here", hint: entryHint, at: token.span))
      }
    } while token.kind == .comma
    return targets
  }
}

extension Diagnostic {
  static func clauseTwice(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(word)' stands here a second time", at: span)
  }
}
