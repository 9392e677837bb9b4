import Autodiff
import Syntax

/// A way to go on with a word.
package struct Candidate: Sendable {
  package let text: String
  /// What it means, in one sentence.
  package let sentence: String
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

  /// What the word before the cursor may become: functions and names, or commands after a colon.
  ///
  /// - Parameters:
  ///   - line: the line as typed.
  ///   - cursor: a place in its UTF-8.
  /// - Returns: where in the UTF-8 the word begins, and the candidates in alphabetical order.
  package func completions(of line: String, at cursor: Int) -> (start: Int, candidates: [Candidate])
  {
    let before = String(decoding: Array(line.utf8.prefix(cursor)), as: UTF8.self)
    let word = String(
      before.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
    let start = before.utf8.count - word.utf8.count
    if before.dropLast(word.count).last == "\\" {
      return (start - 1, GreekLetter.candidates(for: word))
    }
    let opening = before.dropLast(word.count)
    let isCommand = opening.last == ":" && opening.dropLast().allSatisfy(\.isWhitespace)
    let all = isCommand ? commandCandidates : nameCandidates
    var seen: Set<String> = []
    let fitting = all.filter { $0.text.hasPrefix(word) && seen.insert($0.text).inserted }
    return (start, fitting.sorted { $0.text < $1.text })
  }

  private var commandCandidates: [Candidate] {
    Command.all.map { Candidate(text: $0.name, sentence: $0.sentence) }
  }

  private var nameCandidates: [Candidate] {
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
    for row in Primitive.all {
      candidates += row.callableNames.map { Candidate(text: "\($0)(", sentence: row.sentence) }
    }
    candidates += Form.all.map { Candidate(text: "\($0.name)(", sentence: $0.sentence) }
    candidates += Lesson.all.map { Candidate(text: $0.name, sentence: $0.sentence) }
    candidates += Builtin.constants.map { Candidate(text: $0.name, sentence: $0.sentence) }
    return candidates
  }
}
