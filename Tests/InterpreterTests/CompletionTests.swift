import Interpreter
import Testing

/// What Tab offers, asked of a session with a few names.
@Suite struct CompletionTests {
  private func candidates(_ line: String) -> (start: Int, texts: [String]) {
    var session = Session()
    session.feed(Array("alpha = 1; almost := alpha^2\nalong(t) = t\n".utf8), name: "-")
    while session.next() != nil {}
    let completion = session.completions(of: line, at: line.utf8.count)
    #expect(completion.candidates.allSatisfy { !$0.sentence.isEmpty })
    return (completion.start, completion.candidates.map(\.text))
  }

  @Test(arguments: [
    ("al", 0, ["almost", "along(", "alpha"]), ("2 * alp", 4, ["alpha"]),
    (":res", 1, ["reset"]), ("  :qu", 3, ["quit"]), (":set dig", 5, ["digits"]),
    (":set digits ", 12, ["max"]), (":set digits = m", 14, ["max"]),
    (":set strict o", 12, ["off", "on"]), (":set nonsense ", 14, []),
    (":set digits 5 ", 14, []), (":help softpl", 6, ["softplus"]), (":help alo", 6, ["along"]),
    (":help se", 6, ["selu", "set"]), (":vars a", 6, []),
    (":nonsense al", 10, ["almost", "along(", "alpha"]),
    ("\\beta", 0, ["β"]),
  ])
  func offers(_ line: String, _ start: Int, _ texts: [String]) {
    let found = candidates(line)
    #expect(found.start == start)
    #expect(found.texts == texts)
  }

  @Test func offersEveryCommandAndSetting() {
    #expect(candidates(":").texts == Command.all.map(\.name).sorted())
    let names = Session.Options.settings.map(\.setting.name).sorted()
    #expect(candidates(":set ").texts == names)
  }
}
