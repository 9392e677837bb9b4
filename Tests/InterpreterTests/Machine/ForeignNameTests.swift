import Interpreter
import Syntax
import Testing

@Suite struct ForeignNameTests {
  @Test(arguments: ForeignName.all.sorted { $0.key < $1.key })
  func whatStandsHereCanBeEvaluated(name: String, here: String) {
    let inputs = """
      x = 0.5; y = 0.25; p = 0.75; v = [1, 2]; w = [3, 4]; labels = [1, 0]
      A = [[2, 1], [1, 3]]; B = A

      """
    var session = Session()
    session.feed(Array("\(inputs)\(here)\n".utf8), name: "test")
    while let outcome = session.next() {
      if case .failure(let fault) = outcome { Issue.record("\(fault.diagnostic.message)") }
    }
    session = Session()
    session.feed(Array("\(inputs)\(name)(v)\n".utf8), name: "test")
    var hints: [String?] = []
    while let outcome = session.next() {
      if case .failure(let fault) = outcome { hints.append(fault.diagnostic.hint) }
    }
    #expect(hints == ["here that is \(here)"])
  }
}
