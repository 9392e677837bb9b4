import Autodiff
import Syntax

extension Session {
  /// The fault of a name that nobody knows.
  ///
  /// Arguments are looked at before what they are given to. A call that cannot be made is told of
  /// first, as it is read first.
  func unknown(_ name: NameID, at span: Span, arguments: Int? = nil) -> Diagnostic {
    if arguments == nil, let call = enclosingCalls(of: span).last(where: { !isKnown($0.name) }) {
      return unknown(call.name, at: call.nameSpan, arguments: call.count)
    }
    let word = self.name(name)
    return .unknownName(word, at: span, hint: suggestion(for: word, at: span, arguments))
  }

  /// The fault of a name behind `over` that means nothing yet.
  func unknownParam(_ name: NameID, at span: Span) -> Diagnostic {
    let word = self.name(name)
    let nearest = nearest(to: word, among: knownNames.filter { $0.count > 1 })
    return .unknownName(
      word, at: span,
      hint: nearest.map { "did you mean '\($0)'?" } ?? "give the param a value: param \(word) = 1")
  }

  private func suggestion(for word: String, at span: Span, _ arguments: Int?) -> String? {
    guard word.utf8.count <= 60 else { return nil }
    let isStatement = frames.first?.callSpan == span && frames.count == 1
    let isBracketed = character(behind: span) == "["
    let place: ForeignName.Place =
      arguments.map { .call($0) }
      ?? (isBracketed ? .call(2) : isStatement ? .statement : .operand)
    if let command = Command.named(word) {
      let usage = command.usage
      let required = usage.firstRange(of: " [").map { usage[..<$0.lowerBound] } ?? usage[...]
      return "did you mean '\(required)'?"
    }
    if ForeignName.modules.contains(word), character(behind: span) == "." {
      let behind = text(Span(start: Int(span.end) + 1, end: Int(span.end) + 20))
      let name = behind.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      return "no module stands in front: \(name)"
    }
    if let hint = hintOnEquality(word, at: span, isCalled: arguments != nil) { return hint }
    if let hint = ForeignName.hint(on: word, at: place) { return hint }
    if arguments == nil, let hint = hintOnSpelling(word, at: span) { return hint }
    let valueFirst =
      arguments == nil && isInLesson(span) ? "give it a value first: \(word) = 1" : nil
    guard word.count > 1 else { return valueFirst }
    if arguments != nil, let (factor, function) = factorAndFunction(in: word) {
      return "did you mean '\(factor)*\(function)'?"
    }
    if arguments == nil, let product = product(word) { return "did you mean '\(product)'?" }
    guard let nearest = nearest(to: word, among: knownNames) else { return valueFirst }
    if isBracketed, isFunction(nearest) {
      return bracketed(nearest, at: span)
    }
    return "did you mean '\(nearest)'?"
  }

  /// What is meant by a letter that is no letter of a name elsewhere: `3i`, `Aᵀ`, `xⁿ`, `Sin[1]`.
  private func hintOnSpelling(_ word: String, at span: Span) -> String? {
    if word == "i" || word == "j", character(before: span)?.isNumber == true {
      return "numbers are real here; there is no \(word)"
    }
    if word == "T", character(before: span) == "^" { return "write A.T" }
    if ["m", "s", "g", "h", "V", "W", "N", "J", "K"].contains(word), standsBehindNumber(span) {
      return ForeignName.unitHint
    }
    let behind = text(Span(start: Int(span.end), end: Int(span.end) + 4)).drop { $0 == " " }
    if ["+=", "-=", "*=", "/="].contains(String(behind.prefix(2))) {
      return "give it a value first: \(word) = 0"
    }
    let start = Int(span.start)
    if start >= 3, text(Span(start: start - 3, end: start)) == "-- " {
      return "comments start with '#'"
    }
    return ForeignName.hint(onRaisedLetter: word)
  }

  /// Whether a span stands in a statement that teaches, which asks for values of all its names.
  private func isInLesson(_ span: Span) -> Bool {
    guard frames.count == 1, let statement = frames.first?.callSpan else { return false }
    let opening = text(statement).prefix { $0.isLetter }
    return Lesson.all.contains { $0.name == opening } && span != statement
  }

  private func standsBehindNumber(_ span: Span) -> Bool {
    let start = Int(span.start)
    let before = text(Span(start: max(0, start - 2), end: start))
    return (before.last == " " ? before.dropLast() : before[...]).last?.isNumber == true
  }

  /// What is meant by an unknown name before `==`, where `=` would have given it a value.
  private func hintOnEquality(_ word: String, at span: Span, isCalled: Bool) -> String? {
    guard frames.last?.code.source == nil, Int(span.end) <= input.bytes.count else { return nil }
    let blank = UInt8(ascii: " ")
    let before = input.bytes[..<Int(span.start)].reversed().first { $0 != blank }
    let startsStatement = before.map { "\n;{}".utf8.contains($0) } ?? true
    let behind = input.bytes[Int(span.end)...].prefix { $0 != 10 && $0 != UInt8(ascii: ";") }
    let line = String(decoding: behind.drop { $0 == blank }, as: UTF8.self)
    if isCalled {
      guard startsStatement, let sign = line.firstRange(of: ") ==") else { return nil }
      return "write \(word)\(line[..<sign.lowerBound])) =\(line[sign.upperBound...]) for a function"
    }
    guard line.hasPrefix("==") else { return nil }
    let value = line.dropFirst(2).drop { $0 == " " }
    if startsStatement { return "write \(word) = \(value), which gives it a value" }
    guard let before, "(,".utf8.contains(before) else { return nil }
    let argument = value.prefix { $0.isLetter || $0.isNumber || "._-\"".contains($0) }
    return "write \(word)=\(argument) for an argument with a name"
  }

  /// Every name that means something now.
  var knownNames: [String] {
    var known: [String] = []
    for index in bindings.indices {
      if case .none = bindings[index] { continue }
      known.append(name(NameID(index: index)))
    }
    for (index, builtin) in builtins.enumerated() {
      if case .none = builtin { continue }
      known.append(name(NameID(index: index)))
    }
    for frame in frames { known += frame.code.locals.map { name($0.name) } }
    return known
  }

  /// `x*y` for `xy`, where both are known.
  private func product(_ word: String) -> String? {
    let letters = Array(word)
    guard letters.count > 1 else { return nil }
    for place in 1..<letters.count {
      let parts = [String(letters[..<place]), String(letters[place...])]
      if parts.allSatisfy(isValue) { return parts.joined(separator: "*") }
    }
    return nil
  }

  func isValue(_ word: String) -> Bool {
    guard let id = parser.names.find(word), id.index < bindings.count else { return false }
    switch bindings[id.index] {
    case .value, .parameter, .live: return true
    case .none, .function: return false
    }
  }
}

/// The candidate that takes the fewest slips of the keyboard, when they are few enough.
package func nearest(to word: String, among candidates: [String]) -> String? {
  guard word.utf8.count <= 60 else { return nil }
  let limit = max(1, min(3, word.count / 2))
  var best: (distance: Int, word: String)?
  for candidate in candidates where abs(candidate.count - word.count) <= limit {
    let distance = editDistance(word, candidate)
    if distance <= limit, distance < (best?.distance ?? .max), distance < candidate.count {
      best = (distance, candidate)
    }
  }
  return best?.word
}

/// How many insertions, deletions, replacements and swaps of neighbours turn one word into another.
private func editDistance(_ first: String, _ second: String) -> Int {
  let (a, b) = (Array(first.lowercased()), Array(second.lowercased()))
  var rows = [Array(0...b.count)]
  for i in 1...max(1, a.count) where i <= a.count {
    var row = [i]
    for j in 1...max(1, b.count) where j <= b.count {
      let substitution = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      var least = min(rows[i - 1][j] + 1, row[j - 1] + 1, substitution)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        least = min(least, rows[i - 2][j - 2] + 1)
      }
      row.append(least)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
