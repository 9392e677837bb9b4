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
    (":res", 1, ["reset"]), ("  :qu", 3, ["quit"]), (":set dig", 5, ["digits "]),
    (":se", 1, ["set "]), (":deps al", 6, ["almost", "along", "alpha"]), (":deps alpha ", 12, []),
    ("alpha mo", 6, ["mod", "mod("]), (":help mod", 6, ["mod"]), (":time alp", 6, ["alpha"]),
    (":help loo", 6, ["loops"]),
    (":set digits ", 12, ["max"]), (":set digits = m", 14, ["max"]),
    (":set strict o", 12, ["off", "on"]), (":set nonsense ", 14, []),
    (":set digits 5 ", 14, []), (":help softpl", 6, ["softplus"]), (":help alo", 6, ["along"]),
    (":help se", 6, ["seed", "selu", "set"]), (":vars a", 6, []),
    (":nonsense al", 10, ["almost", "along(", "alpha"]),
    ("minimize alpha bat", 15, ["batch"]), ("minimize alpha ov", 15, ["over"]),
    ("fit alpha ~ 2 bat", 14, []), ("alpha bat", 6, []),
    ("\\beta", 0, ["β"]),
    ("\\be", 0, ["β"]),
    ("\\p", 0, ["\\phi", "\\pi", "\\prod", "\\psi"]),
    ("\\leq", 0, ["≤"]), ("\\ge", 0, ["≥"]), ("\\inf", 0, ["inf"]), ("\\sin", 0, ["sin("]),
    ("1 \\ne", 2, ["≠"]), ("\\cdo", 0, ["·"]),
  ])
  func offers(_ line: String, _ start: Int, _ texts: [String]) {
    let found = candidates(line)
    #expect(found.start == start)
    #expect(found.texts == texts)
  }

  /// Behind what asks for a node the session's values come first, then everything else.
  @Test(arguments: [
    ("derive ", ["almost", "alpha"]), ("grad(almost, ", ["almost", "alpha"]),
    ("x = 2*hessian(", ["almost", "alpha"]), ("minimize ", ["almost", "alpha"]),
    ("why ", ["almost", "alpha"]), ("1 + ", ["almost", "along(", "alpha"]),
    ("y = grad(", ["almost", "alpha"]),
  ])
  func offersTheSessionsNamesFirst(_ line: String, _ first: [String]) {
    let texts = candidates(line).texts
    #expect(Array(texts.prefix(first.count)) == first)
    #expect(texts.contains("sin(") && texts.contains("along("))
    let others = texts.dropFirst(first.count)
    #expect(others.elementsEqual(others.sorted()))
  }

  /// Behind the name of a table its columns, and those whose names are no words behind a quote.
  @Test func offersColumns() {
    var options = Session.Options()
    options.files = FileAccess(
      read: { _, take in
        _ = take(Array("time,temp,\"x in m\"\n1,2,3\n".utf8))
        return nil
      }, write: { _, _ in nil })
    var session = Session(options: options)
    session.feed(Array("d = load_csv(\"a.csv\"); v = [1, 2]; n = 3\n".utf8), name: "-")
    while session.next() != nil {}
    func offers(_ line: String) -> [String] {
      session.completions(of: line, at: line.utf8.count).candidates.map(\.text)
    }
    #expect(offers("d.") == ["matrix", "shape", "temp", "time"])
    #expect(offers("2*d.t") == ["temp", "time"])
    #expect(offers("d[\"x i") == ["x in m\"]"])
    #expect(offers("d[\"") == ["temp\"]", "time\"]", "x in m\"]"])
    #expect(offers("v.s") == ["shape", "size"])
    #expect(offers("d.ti") == ["time"])
  }

  @Test func offersEveryCommandAndSetting() {
    let commands = candidates(":").texts.map { $0.filter { $0 != " " } }
    #expect(commands.sorted() == Command.all.map(\.name).sorted())
    let names = Session.Options.settings.map { "\($0.setting.name) " }.sorted()
    #expect(candidates(":set ").texts == names)
  }

  @Test(arguments: [
    (":load ", 6, ""), (":load my fi", 6, "my fi"), (":save \"a b", 6, "\"a b"),
    (":save! x", 7, "x"), ("a = load_csv(\"da", 13, "\"da"),
    ("print \"{a} \\\" ", 6, "\"{a} \\\" "),
    ("load_npy(\"a\"); load_npy(\"", 24, "\""),
  ])
  func leavesFilesToWhoKnowsThem(_ line: String, _ start: Int, _ file: String) {
    let completion = Session().completions(of: line, at: line.utf8.count)
    #expect(completion.start == start)
    #expect(completion.file == file)
    #expect(completion.candidates.isEmpty)
  }

  @Test(arguments: ["print \"{s", "print \"a\", s", "x = 2 # \"s"])
  func outsideOfTextsThereAreNames(_ line: String) {
    let completion = Session().completions(of: line, at: line.utf8.count)
    #expect(completion.file == nil)
    #expect(completion.candidates.contains { $0.text == "sin(" })
  }
}
