/// Mistakes in what stands behind `minimize` and `fit`.
extension Parser {
  /// The mistake of a training that has a word of another language where a clause is to follow, or
  /// that ends without naming its params.
  func withoutParams(_ training: TrainingSyntax) -> Failure {
    let text = lexer.text
    let wanted = "expected 'over' and the params to change"
    let statement = text.excerpt(text.trimmed(Span(nesting.statement, previousEnd)))
    if let hint = hintOnClause {
      let expected = training.over.isEmpty ? wanted : "expected a clause or the end"
      return .wrong(Diagnostic(expected, at: token.span, hint: hint))
    }
    if let hint = hintOnParams(training) {
      return .wrong(Diagnostic("expected a clause or the end", at: token.span, hint: hint))
    }
    let isFit = text.excerpt(token(at: nesting.statement).span) == "fit"
    let isModel = isFit && training.subjects.count == 1
    guard token.kind == .assign || isAtEnd || token.kind == .comma && isModel else {
      return trailing()
    }
    if token.kind == .assign || token.kind == .comma {
      let rest = text.excerpt(text.restOfStatement(from: token.end)).drop { $0 == " " }
      guard isFit else { return .wrong(equalityInLoss(statement, String(rest))) }
      if rest.contains(" over ") {
        return .wrong(
          Diagnostic(
            "'~' stands between the data and the model", at: token.span,
            hint: "write \(statement) ~ \(rest)"))
      }
      let clue = Diagnostic.Clue.trainees(
        statement: "\(statement) ~ \(rest)", names: namesInRest(from: token.end))
      return .wrong(
        Diagnostic("'~' stands between the data and the model", at: token.span, clue: clue))
    }
    var found: [String] = []
    for node in tree.nodes[(training.subjects.last?.first ?? 0)...] where node.kind == .name {
      let name = names.text(of: NameID(index: Int(node.payload)))
      if !found.contains(name) { found.append(name) }
    }
    var diagnostic = Diagnostic(wanted, at: place)
    diagnostic.clue = .trainees(statement: statement, names: found)
    return isUnfinished ? .unfinished(diagnostic) : .wrong(diagnostic)
  }

  /// What to write for `minimize loss a, b`, `over a b` and `over a lr=0.01`, at the token behind.
  private func hintOnParams(_ training: TrainingSyntax) -> String? {
    guard token.kind == .name else { return nil }
    if following(token).kind == .assign { return hintOnRate(at: token) }
    let names = namesInRest(from: token.start).prefix { !ForeignName.linksOfTraining.contains($0) }
    guard training.over.isEmpty else {
      let given = training.over.map { self.names.text(of: $0.name) }
      return "write over \((given + names).joined(separator: ", "))"
    }
    let statement = lexer.text.excerpt(lexer.text.trimmed(Span(nesting.statement, previousEnd)))
    let next = following(token).kind
    let isList = next == .comma || next == .end || next == .newline || next == .semicolon
    return operand.form == .name && isList
      ? "write \(statement) over \(names.joined(separator: ", "))" : nil
  }

  /// What to write for `lr=0.01` without its optimizer.
  private func hintOnRate(at name: Token) -> String? {
    let word = lexer.text.excerpt(name.span)
    let value = following(following(name))
    let isRate = ["lr", "rate", "alpha", "eta", "momentum", "learning_rate"].contains(word)
    guard isRate, value.kind == .number else { return nil }
    return
      "write using sgd(\(word == "momentum" ? "momentum" : "lr")=\(lexer.text.excerpt(value.span)))"
  }

  /// The mistake of `minimize loss = (x - 2)^2 over x`, or of `minimize x^2 = 0 over x`.
  private func equalityInLoss(_ statement: String, _ rest: String) -> Diagnostic {
    let left = statement.drop { $0 != " " }.drop { $0 == " " }
    let end = rest.firstRange(of: " over ")?.lowerBound ?? rest.endIndex
    let (right, clauses) = (rest[..<end], rest[end...])
    let hint =
      operand.form == .name && left.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      ? "write minimize \(right)\(clauses)"
      : right == "0"
        ? "write minimize (\(left))^2\(clauses)"
        : "write minimize (\(left) - (\(right)))^2\(clauses)"
    return Diagnostic("'=' inside an expression", at: token.span, hint: hint)
  }

  /// The names in the rest of the statement that are not called, each once.
  func namesInRest(from place: UInt32) -> [String] {
    var found: [String] = []
    var next = token(at: place)
    while next.kind != .end, next.kind != .newline, next.kind != .semicolon, found.count < 20 {
      let behind = following(next)
      let word = lexer.text.excerpt(next.span)
      if next.kind == .name, behind.kind != .openParenthesis, !found.contains(word) {
        found.append(word)
      }
      next = behind
    }
    return found
  }

  /// What to write for a clause that has another name elsewhere, at its word.
  var hintOnClause: String? {
    if token.kind == .number { return "write for \(lexer.text.excerpt(token.span))" }
    guard token.kind == .name else { return nil }
    let next = following(token)
    let word = lexer.text.excerpt(next.span)
    var place = token(at: nesting.statement)
    while place.kind != .end, place.kind != .newline, lexer.text.excerpt(place.span) != "over" {
      place = following(place)
    }
    let behind = namesInRest(from: place.end).prefix { $0 != lexer.text.excerpt(token.span) }
    let params = behind.isEmpty ? "a" : behind.joined(separator: ", ")
    let start = following(token(at: nesting.statement)).start
    let written = lexer.text.excerpt(Span(start, max(start, token.start)))
    let subjects =
      (written.firstRange(of: " over ").map { written[..<$0.lowerBound] } ?? written[...])
      .split(separator: "~").map { side in
        String(side.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
    func scaled(_ text: String, _ sign: String) -> String {
      let isSimple = text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      return sign + (isSimple ? text : "(\(text))")
    }
    switch lexer.text.excerpt(token.span).lowercased() {
    case "sigma", "sd", "std", "yerr", "err", "error", "errors", "sem":
      guard subjects.count == 2, next.kind == .name else { return nil }
      let (data, model) = (scaled(subjects[0], ""), scaled(subjects[1], ""))
      return "divide both sides by it: fit \(data)/\(word) ~ \(model)/\(word) over \(params)"
    case "weights", "weight", "weighted":
      guard subjects.count == 2, next.kind == .name else { return nil }
      let (data, model) = (
        scaled(subjects[0], "sqrt(\(word))*"), scaled(subjects[1], "sqrt(\(word))*")
      )
      return "multiply both sides by its root: fit \(data) ~ \(model) over \(params)"
    case "with" where word == "respect":
      return "write over \(namesInRest(from: next.end).last ?? "w")"
    case "with" where following(next).kind == .assign: return hintOnRate(at: next)
    case "with", "via", "by", "optimizer", "method", "solver", "algorithm":
      return next.kind == .name ? "write using \(word)()" : "write using adam()"
    case "wrt", "respect", "params", "parameters", "varying", "in", "variables":
      return next.kind == .name ? "write over \(word)" : "write over w"
    case "epochs", "epoch", "steps", "iterations", "iters", "maxiter", "times":
      return next.kind == .number ? "write for \(word)" : "write for 100"
    case "from", "start", "starting", "init", "initial", "guess":
      return "a search starts where the params are: param a = 1"
    case "tol", "tolerance": return "write until 1e-6 for a loss that is small enough"
    default: return nil
    }
  }
}
