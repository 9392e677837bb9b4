import Autodiff
import Optimization
import Syntax

/// A way to go on with a word.
package struct Candidate: Sendable {
  package let text: String
  /// What it means, in one sentence.
  package let sentence: String
}

/// What a word may become.
package struct Completion: Sendable {
  /// Where in the UTF-8 of the line the word begins.
  package let start: Int
  /// The session's own names first, the others behind them, each in alphabetical order.
  package let candidates: [Candidate]
  /// The beginning of a file's name, as it is written: who knows the files knows the candidates.
  package var file: String?
}

extension Completion {
  /// Those of the candidates that go on from a word, each once.
  init(of word: String, from start: Int, own: [Candidate] = [], among others: [Candidate]) {
    var seen: Set<String> = []
    func fitting(_ candidates: [Candidate]) -> [Candidate] {
      candidates.filter { $0.text.hasPrefix(word) && seen.insert($0.text).inserted }
        .sorted { $0.text < $1.text }
    }
    self.init(start: start, candidates: fitting(own) + fitting(others))
  }
}

extension Session {
  /// Whether a text ends where a statement may end.
  package func isComplete(_ text: String) -> Bool {
    var parser = parser
    let bytes = Array(text.utf8)
    var offset = 0
    while true {
      let parsed = bytes.withUnsafeBufferPointer {
        parser.parseStatement(in: $0, from: offset, isFinal: false)
      }
      switch parsed {
      case .statement(_, let next), .failure(_, let next): offset = next
      case .incomplete: return false
      case .end: return true
      }
    }
  }

  /// What the word before the cursor may become: names and functions, commands after a colon, what
  /// a command takes behind it, and the names of files in quotes.
  ///
  /// - Parameters:
  ///   - line: the line as typed.
  ///   - cursor: a place in its UTF-8.
  /// - Returns: what may be inserted, and in place of what.
  package func completions(of line: String, at cursor: Int) -> Completion {
    let before = String(decoding: Array(line.utf8.prefix(cursor)), as: UTF8.self)
    let word = String(
      before.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
    let start = before.utf8.count - word.utf8.count
    let opening = before.dropLast(word.count)
    if opening.last == "\\" {
      return signCandidates(for: word, from: start - 1)
    }
    if opening.last == ":", opening.dropLast().allSatisfy(\.isWhitespace) {
      return Completion(of: word, from: start, among: commandCandidates)
    }
    if let completion = completionOfArgument(before) { return completion }
    if let completion = completionOfPart(before, word) { return completion }
    if let quote = openQuote(in: before) {
      let text = String(decoding: Array(before.utf8.dropFirst(quote)), as: UTF8.self)
      return Completion(start: quote, candidates: [], file: text)
    }
    let asksForNode = asksForNode(before)
    let values = asksForNode ? ownCandidates.filter { !$0.text.hasSuffix("(") } : []
    return Completion(
      of: word, from: start, own: values.isEmpty ? ownCandidates : values,
      among: nameCandidates + clauseCandidates(in: before))
  }

  /// Whether the next word names a node: behind a statement that teaches or trains, or behind the
  /// first comma of a call such as `grad(`.
  private func asksForNode(_ before: String) -> Bool {
    let statement = before.split(separator: ";", omittingEmptySubsequences: false).last ?? ""
    let words = statement.split(separator: " ")
    let opens = Lesson.all.map(\.name) + Training.all.map(\.name)
    if let first = words.first, opens.contains(String(first)), statement.contains(" ") {
      return true
    }
    guard let bracket = before.lastIndex(of: "(") else { return false }
    let callee = before[..<bracket].reversed().prefix { $0.isLetter || $0 == "_" }.reversed()
    return Form.all.contains { $0.takesGroup && $0.name == String(callee) }
  }

  /// The signs of LaTeX by their names, and functions behind a `\`.
  private func signCandidates(for word: String, from start: Int) -> Completion {
    let fitting = SignName.all.filter { $0.name.hasPrefix(word) }
    let function = nameCandidates.filter { $0.text == word + "(" }
    if let entry = fitting.first(where: {
      $0.name == word || fitting.count == 1 && function.isEmpty
    }) {
      return Completion(
        start: start, candidates: [Candidate(text: entry.sign, sentence: "\\\(entry.name)")])
    }
    if !function.isEmpty, !word.isEmpty { return Completion(start: start, candidates: function) }
    return Completion(
      start: start,
      candidates: fitting.sorted { $0.name < $1.name }.map {
        Candidate(text: "\\\($0.name)", sentence: $0.sign)
      })
  }

  /// The place of the quote of a text that goes on at the end of a line; what stands in its braces
  /// is no text.
  private func openQuote(in line: String) -> Int? {
    var quote: Int?
    var isEscaped = false
    var braces = 0
    for (place, byte) in line.utf8.enumerated() {
      switch byte {
      case _ where isEscaped: isEscaped = false
      case UInt8(ascii: "\\"): isEscaped = quote != nil
      case UInt8(ascii: "\"") where braces == 0: quote = quote == nil ? place : nil
      case UInt8(ascii: "{") where quote != nil: braces += 1
      case UInt8(ascii: "}") where braces > 0: braces -= 1
      case UInt8(ascii: "#") where quote == nil: return nil
      default: break
      }
    }
    return braces == 0 ? quote : nil
  }

  /// The words that mean something in the statement alone that opens the line.
  private func clauseCandidates(in line: String) -> [Candidate] {
    guard let word = line.split(separator: " ").first, word != line,
      let row = Training.all.first(where: { $0.name == word })
    else { return [] }
    return TrainingSyntax.Clause.allCases.filter { $0 == .over || row.clauses.contains($0) }
      .map { Candidate(text: $0.rawValue, sentence: $0.sentence) }
  }

  private var commandCandidates: [Candidate] {
    // A blank behind the name leads on to what the command takes.
    Command.all.map { command in
      let text = command.takes == .nothing ? command.name : "\(command.name) "
      return Candidate(text: text, sentence: command.sentence)
    }
  }

  /// The names that the session has bound.
  var ownCandidates: [Candidate] {
    var candidates: [Candidate] = []
    for index in bindings.indices {
      let name = name(NameID(index: index))
      switch bindings[index] {
      case .none: continue
      case .value(.node(let id)), .parameter(let id):
        candidates.append(Candidate(text: name, sentence: valueText(id)))
      case .value(let value): candidates.append(Candidate(text: name, sentence: value.kind))
      case .live(let formula): candidates.append(Candidate(text: name, sentence: formula.text))
      case .function(let function):
        candidates.append(Candidate(text: "\(name)(", sentence: function.text))
      }
    }
    return candidates
  }

  /// Every name that means something, and the words that open statements.
  var nameCandidates: [Candidate] {
    var candidates = ownCandidates
    for row in Primitive.all {
      candidates += row.callableNames.map { Candidate(text: "\($0)(", sentence: row.sentence) }
    }
    candidates += Form.all.map { Candidate(text: "\($0.name)(", sentence: $0.sentence) }
    candidates += Optimizer.all.map { Candidate(text: "\($0.name)(", sentence: $0.sentence) }
    for sign in Operator.all {
      candidates += sign.words.map { Candidate(text: $0, sentence: sign.summary) }
    }
    candidates += Training.all.map { Candidate(text: $0.name, sentence: $0.sentence) }
    candidates += Lesson.all.map { Candidate(text: $0.name, sentence: $0.sentence) }
    candidates += Builtin.constants.map { Candidate(text: $0.name, sentence: $0.sentence) }
    return candidates
  }
}
