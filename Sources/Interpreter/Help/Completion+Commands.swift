import Syntax

/// What may stand behind the name of a command.
extension Session {
  /// The candidates for the argument before the cursor; nil where the line is no command.
  func completionOfArgument(_ before: String) -> Completion? {
    let line = before.drop { $0 == " " }
    guard line.first == ":" else { return nil }
    let name = line.dropFirst().prefix { $0.isLetter || $0 == "_" || $0 == "!" }
    guard let command = Command.named(String(name)) else { return nil }
    let argument = line.dropFirst(1 + name.count)
    guard argument.first == " " else { return nil }
    switch command.takes {
    case .statement: return nil
    case .file:
      // A name may hold blanks, so all of the argument is one.
      let word = argument.drop { $0 == " " }
      return Completion(
        start: before.utf8.count - word.utf8.count, candidates: [], file: String(word))
    case .nothing, .count, .topic, .setting, .name: break
    }
    let words = argument.split(separator: " ", omittingEmptySubsequences: false).dropFirst()
    let word = String(words.last ?? "")
    let start = before.utf8.count - word.utf8.count
    return Completion(
      of: word, from: start,
      among: candidates(for: command.takes, after: words.dropLast().map(String.init)))
  }

  private func candidates(for takes: Command.Takes, after words: [String]) -> [Candidate] {
    let given = words.filter { !$0.isEmpty && $0 != "=" }
    switch takes {
    case .nothing, .count, .file, .statement: return []
    case .name: return given.isEmpty ? boundCandidates : []
    case .topic: return given.isEmpty ? topicCandidates : []
    case .setting:
      guard let name = given.first else {
        return settings.rows.map { Candidate(text: "\($0.name) ", sentence: $0.sentence) }
      }
      guard given.count == 1, let row = settings.row(named: name) else { return [] }
      return row.choices.map { Candidate(text: $0.word, sentence: $0.sentence) }
    }
  }

  private var boundCandidates: [Candidate] {
    bindings.indices.compactMap { index in
      if case .none = bindings[index] { return nil }
      let name = NameID(index: index)
      return Candidate(text: self.name(name), sentence: statement(of: name))
    }
  }

  /// Everything that `:help` knows, without the bracket that a call would open.
  private var topicCandidates: [Candidate] {
    nameCandidates.map {
      let isCall = $0.text.hasSuffix("(")
      return Candidate(
        text: isCall ? String($0.text.dropLast()) : $0.text, sentence: $0.sentence)
    }
      + Command.all.map { Candidate(text: $0.name, sentence: $0.sentence) }
      + settings.rows.map { Candidate(text: $0.name, sentence: $0.sentence) }
      + Topic.all.map { Candidate(text: $0.name, sentence: $0.sentence) }
  }
}
