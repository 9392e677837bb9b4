import Interpreter
import Syntax
import TestSupport
import Testing

/// What a hint says to write is written, in the session that it was given in, and works.
///
/// The hints are those of all transcripts of errors. A piece of a hint runs as a line of its own, or
/// in the line that was wrong, in the place that was pointed at. Names that only the hint knows get
/// values first.
@Suite struct HintTests {
  static let files = Golden.files(below: "Tests/Transcripts/errors", ending: ".txt")

  /// What a hint begins with before something that can be typed.
  private static let openings = [
    "write ", "use ", "here that is ", "no module stands in front: ",
    "the function stands in front: ", "call it: ", "divide both sides by it: ",
    "multiply both sides by its root: ", "give the param a value: ", "give it a value first: ",
    "give the param one: ", "did you mean '", "a block stands in braces, without a colon: ",
    "each name has a '=' of its own: ", "an entry stands in brackets: ", "declare it: ",
  ]

  /// Beginnings of what is no whole line and stands for the rest of one.
  private static let parts = [
    "over ", "for 1", "for 4", "using ", "else ", "until ", "0x for", "2*e for", "$3 for",
    "the '*'",
    "the rows", "keep ", "axis", "{{ for", "}} for", "it in quotes", "\\n", ":load", "'='",
    "a text",
  ]

  /// What needs data, or statements before it, that these sessions do not have.
  private static let elsewhere = [
    "fit y ~ a*x + b over a, b", "step(opt)",
    "w.grad, after backward(loss)", "grad(loss, w)",
  ]

  @Test(arguments: files) func whatIsWrittenWorks(_ file: String) throws {
    let text = try #require(Golden.read("\(Golden.root)/\(file)"))
    for entries in Transcript(text).typed {
      var session = Session()
      for entry in entries {
        var before = session
        session.feed(Array("\(entry)\n".utf8), name: "-")
        while let outcome = session.next() {
          guard case .failure(let fault) = outcome, let hint = fault.diagnostic.hint else {
            continue
          }
          for piece in Self.pieces(hint) where !Self.elsewhere.contains(piece) {
            let line = Self.line(entry, replacing: fault.diagnostic.span, by: " \(piece) ")
            let equal = entry.replacing(" = ", with: " == ")
            let works = (piece == "==" ? [equal, line] : [piece, line]).contains {
              Self.works($0, in: before) || Self.works($0, in: session)
            }
            #expect(works, "\(file): \(entry): \(hint): \(piece)")
          }
        }
        before = session
      }
    }
  }

  /// What can be typed of a hint.
  private static func pieces(_ hint: String) -> [String] {
    guard !hint.contains("…"), let opening = openings.first(where: hint.hasPrefix) else {
      return []
    }
    var rest = String(hint.dropFirst(opening.count))
    if opening.hasSuffix("'") { rest = String(rest.prefix { $0 != "'" }) }
    guard !parts.contains(where: rest.hasPrefix) else { return [] }
    var pieces = [rest]
    for link in [", or ", " or ", "; comments ", ", as in "] where !rest.contains("then") {
      pieces = pieces.flatMap { piece in
        guard let place = piece.firstRange(of: link) else { return [piece] }
        return [String(piece[..<place.lowerBound]), String(piece[place.upperBound...])]
      }
    }
    return pieces.compactMap { piece in
      var piece = piece
      for end in [
        " for ", ", which ", ": its", " to bind", ", where ", " for a", ", and ", " to forget",
      ]
      where !piece.hasPrefix("for ") && !piece.hasPrefix("repeat") {
        if let place = piece.firstRange(of: end) { piece = String(piece[..<place.lowerBound]) }
      }
      if piece.hasPrefix("'"), piece.hasSuffix("'") { piece = String(piece.dropFirst().dropLast()) }
      let isProse =
        piece.split(separator: " ").count > 4 && !piece.contains { "=+*/([{:~".contains($0) }
      let isPart = piece.hasPrefix("start with") || piece.hasPrefix("keep ")
      return piece.isEmpty || isProse || isPart ? nil : piece
    }
  }

  private static func line(_ entry: String, replacing span: Span, by piece: String) -> String {
    var bytes = Array(entry.utf8)
    guard Int(span.end) <= bytes.count else { return piece }
    bytes.replaceSubrange(Int(span.start)..<Int(span.end), with: piece.utf8)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a line runs once the names that it asks for have values.
  private static func works(_ line: String, in session: Session) -> Bool {
    var session = session
    for _ in 0..<8 {
      var trial = session
      trial.beginText()
      trial.feed(Array("\(line)\n".utf8), name: "hint")
      var failures: [Diagnostic] = []
      while let outcome = trial.next() {
        if case .failure(let fault) = outcome { failures.append(fault.diagnostic) }
      }
      guard let failure = failures.first else { return true }
      guard let value = value(missingIn: failure, of: line) else { return false }
      session.beginText()
      session.feed(Array("\(value)\n".utf8), name: "values")
      while session.next() != nil {}
    }
    return false
  }

  /// A statement that gives the unknown name of a failure a value.
  private static func value(missingIn failure: Diagnostic, of line: String) -> String? {
    guard failure.message.hasPrefix("unknown name '") else { return nil }
    let name = failure.message.dropFirst(14).dropLast()
    if failure.hint?.hasPrefix("give the param a value") == true { return "param \(name) = 1" }
    switch name {
    case "A", "B", "M": return "\(name) = [[2, 1], [1, 3]]"
    case "opt": return "opt = sgd(lr=0.1)"
    case "v", "xs", "ys", "labels": return "\(name) = [1, 0]"
    case "f": return "f(x) = x^2"
    case "w" where line.contains("v") || line.contains("@"): return "w = [1, 0]"
    case _ where name.count <= 3: return "\(name) = 0.5"
    default: return nil
    }
  }
}
