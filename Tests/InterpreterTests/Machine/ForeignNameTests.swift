import Interpreter
import Syntax
import Testing

/// What is said of other languages' words: it leads to something that can be evaluated.
@Suite struct ForeignNameTests {
  /// What the names in hints are in these tests.
  private static let inputs = """
    x = 0.5; y = 0.25; p = 0.75; v = [1, 2]; w = [3, 4]; labels = [1, 0]
    A = [[2, 1], [1, 3]]; B = A; f(x) = x^2; 1

    """

  private func failures(_ line: String) -> [Diagnostic] {
    var session = Session()
    session.feed(Array("\(Self.inputs)\(line)\n".utf8), name: "test")
    var failures: [Diagnostic] = []
    while let outcome = session.next() {
      if case .failure(let fault) = outcome { failures.append(fault.diagnostic) }
    }
    return failures
  }

  /// The pieces of a hint that can be typed.
  private func pieces(_ hint: String) -> [String] {
    var pieces = [hint[...]]
    for link in [", or ", ", as in "] {
      pieces = pieces.flatMap { piece -> [Substring] in
        guard let place = piece.firstRange(of: link) else { return [piece] }
        return [piece[..<place.lowerBound], piece[place.upperBound...]]
      }
    }
    return pieces.map { piece in
      guard let end = piece.firstRange(of: " for ") else { return String(piece) }
      return String(piece[..<end.lowerBound])
    }
  }

  @Test(arguments: ForeignName.all.sorted { $0.key < $1.key })
  func whatStandsHereCanBeEvaluated(entry: String, here: String) {
    let parts = entry.split(separator: "/")
    for piece in pieces(here) { #expect(failures(piece) == [], "\(piece)") }
    let isKeyword = Keyword.allCases.contains { $0.spelling == entry }
    let name = isKeyword ? entry.uppercased() : String(parts[0])
    let arguments = parts.count > 1 ? "(v)" : "(v, v, v)"
    #expect(failures(name + arguments).map(\.hint) == ["here that is \(here)"])
  }

  @Test(arguments: ForeignName.constants.sorted { $0.key < $1.key })
  func aConstantCanBeEvaluated(name: String, here: String) {
    for piece in pieces(here) { #expect(failures(piece) == [], "\(piece)") }
    #expect(failures("1 + \(name)").map(\.hint) == ["here that is \(here)"])
  }

  /// `write …` in the sentence on a word can be typed as it is.
  @Test(arguments: ForeignName.words.sorted { $0.key < $1.key })
  func whatASentenceSaysToWriteCanBeTyped(word: String, sentence: String) {
    guard sentence.hasPrefix("write ") else { return }
    var text = sentence.dropFirst(6)
    for end in [", or ", " to ", ", and ", ": its", ": names", ", with ", " for "]
    where !text.hasPrefix("repeat") && !text.hasPrefix("for ") {
      if let place = text.firstRange(of: end) { text = text[..<place.lowerBound] }
    }
    guard !text.hasPrefix(":load"), !text.hasPrefix("minimize"), !text.hasPrefix("fit"),
      !text.hasPrefix("else"), !text.hasPrefix("lcm"), !text.hasPrefix("while")
    else { return }
    let line = text.replacing("derive y, x", with: "y = x^2; derive y, x")
    #expect(failures("a = 1; b = 2; c = 1; \(line)") == [], "\(line)")
  }

  @Test(arguments: ForeignName.calls.sorted { $0.key < $1.key })
  func whatIsSaidOfAnotherNumberOfArguments(call: String, hint: String) {
    let words = hint.dropFirst(6)
    let text = words.firstRange(of: " for ").map { words[..<$0.lowerBound] } ?? words
    #expect(failures(String(text)) == [])
    let parts = call.split(separator: "/")
    let count = Int(parts[1]) ?? 0
    let arguments = (0..<count).map { "\($0).5" }.joined(separator: ", ")
    #expect(failures("\(parts[0])(\(arguments))").map(\.hint) == [hint])
  }
}
