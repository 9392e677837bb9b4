import Interpreter
import Testing

/// Lines at random, all of them taken back and done again.
@Suite struct UndoTests {
  /// What a person can tell of a session.
  private struct State: Equatable {
    let names: [String]
    let resultCount: Int
  }

  private static func makeSession() -> Session {
    var options = Session.Options()
    options.isInteractive = true
    options.digits = .shortest
    return Session(options: options)
  }

  private static func type(_ line: String, into session: inout Session) -> [String] {
    session.feed(Array("\(line)\n".utf8), name: "-")
    var answers: [String] = []
    while let outcome = session.next() {
      if case .answer(let lines) = outcome { answers += lines }
    }
    return answers
  }

  private static func state(of session: inout Session) -> State {
    let names = type(":vars", into: &session)
    return State(names: names, resultCount: session.resultCount)
  }

  /// A line of a session; some of them fail.
  private static func line(_ random: inout SeededGenerator) -> String {
    let names = ["a", "b", "c", "d"]
    func name() -> String { names[Int(random.next() % 4)] }
    let number = Double(random.next() % 1000) / 8
    switch random.next() % 14 {
    case 0, 1: return "\(name()) = \(number)"
    case 2: return "\(name()) = \(name()) * \(name()) + \(number)"
    case 3: return "\(name()) := \(name()) + 1"
    case 4: return "param \(name()) = \(number)"
    case 5: return "\(name()) -= 0.5"
    case 6: return "\(name()) = \(number); \(name()) = \(name()) ^ 2"
    case 7: return "f(t) = t * \(name())"
    case 8: return "\(name()) = f(\(number))"
    case 9: return "for i in 1...5 { \(name()) = \(name()) + i }"
    case 10: return "\(name()) * 2"
    case 11: return "\(name()) = \"text \(number)\""
    case 12: return "\(name()) = [\(name()), \(number)]"
    default: return "\(name()) = ans + 1"
    }
  }

  @Test(arguments: 1...20) func everythingCanBeUndoneAndDoneAgain(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var session = Self.makeSession()
    var states = [Self.state(of: &session)]
    for place in 0..<60 {
      // The comment tells lines apart that say the same.
      let line = "\(Self.line(&random))  # \(place)"
      _ = Self.type(line, into: &session)
      let state = Self.state(of: &session)
      // A line that failed makes no level: then it is the line before that is taken back.
      let undone = Self.type(":undo", into: &session)
      guard undone != ["nothing to undo"] else {
        #expect(state == states.last)
        continue
      }
      let isLevel = undone == ["undone: \(line)"]
      #expect(Self.state(of: &session) == (isLevel ? states.last : states.dropLast().last))
      _ = Self.type(":redo", into: &session)
      #expect(Self.state(of: &session) == state)
      if isLevel { states.append(state) }
    }
    #expect(states.count > 20)
    for state in states.dropLast().reversed() {
      _ = Self.type(":undo", into: &session)
      #expect(Self.state(of: &session) == state)
    }
    #expect(Self.type(":undo", into: &session) == ["nothing to undo"])
    for state in states.dropFirst() {
      _ = Self.type(":redo", into: &session)
      #expect(Self.state(of: &session) == state)
    }
    #expect(Self.type(":redo", into: &session) == ["nothing to redo"])
  }

  @Test func aHundredLinesAreRemembered() {
    var session = Self.makeSession()
    for place in 1...500 { _ = Self.type("x = \(place)", into: &session) }
    let undone = Self.type(":undo 1000", into: &session)
    #expect(undone.count >= 100 && undone.count < 250)
    let left = 500 - undone.count
    #expect(Self.type(":vars", into: &session) == ["x = \(left)"])
    #expect(
      Self.type(":undo", into: &session)
        == ["nothing to undo: earlier lines are no longer remembered"])
  }

  /// Former states that only undoing would need do not fill the memory.
  @Test func largeFormerStatesAreForgotten() {
    var session = Self.makeSession()
    let numbers = (0..<1000).map(String.init)
    _ = Self.type("r = [\(numbers.joined(separator: ", "))]", into: &session)
    _ = Self.type("c = [[\(numbers.joined(separator: "], ["))]]", into: &session)
    // Each takes 8 megabytes.
    for place in 1...30 { _ = Self.type("x = c + r  # \(place)", into: &session) }
    #expect(session.graph.byteCount < 200_000_000)
    let undone = Self.type(":undo 1000", into: &session)
    #expect(undone.count > 2 && undone.count < 30)
    #expect(undone.first == "undone: x = c + r  # 30")
  }

  /// `backward`, `zero_grad`, `step` and `:reset` change more than names.
  @Test(arguments: ["backward(w^2)", "zero_grad()", "step(opt)", ":reset", "param w = 2"])
  func sumsOfDerivativesComeBack(_ line: String) {
    var session = Self.makeSession()
    for line in ["param w = 3", "opt = adam(lr=0.5)", "backward(w^3)", "step(opt)"] {
      _ = Self.type(line, into: &session)
    }
    func rest() -> [String] {
      var copy = session
      return ["g = w.grad", "step(opt)", ":vars"].flatMap { Self.type($0, into: &copy) }
    }
    let before = rest()
    #expect(before.contains("g = 27"))
    _ = Self.type(line, into: &session)
    let after = rest()
    #expect(after != before)
    #expect(Self.type(":undo", into: &session) == ["undone: \(line)"])
    #expect(rest() == before)
    _ = Self.type(":redo", into: &session)
    #expect(rest() == after)
  }

  @Test func largeSumsOfDerivativesAreForgotten() {
    var session = Self.makeSession()
    _ = Self.type("param w = ones(1000000)", into: &session)
    for place in 1...20 { _ = Self.type("backward(sum(w))  # \(place)", into: &session) }
    let undone = Self.type(":undo 1000", into: &session)
    #expect(undone.count > 2 && undone.count < 12)
  }

  @Test func nodesThatOnlyUndoingNeedsSurviveReclamation() {
    var session = Self.makeSession()
    _ = Self.type("x = 2; y = x^3", into: &session)
    _ = Self.type("y = 0; x = 0", into: &session)
    _ = Self.type("s = 1; for i in 1...30000 { s = s + i; s = 1 }", into: &session)
    _ = Self.type("s = 1; for i in 1...30000 { s = s + i; s = 1 }", into: &session)
    _ = Self.type(":undo 3", into: &session)
    #expect(Self.type(":vars", into: &session) == ["x = 2", "y = 8"])
    session.feed(Array("grad(y, x)\n".utf8), name: "-")
    var values: [Double] = []
    while let outcome = session.next() {
      if case .result(let derivation) = outcome {
        values.append(session.graph.scalar(of: derivation.output))
      }
    }
    #expect(values == [12])
  }
}

/// A generator whose numbers a test can have again: Knuth's MMIX.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
