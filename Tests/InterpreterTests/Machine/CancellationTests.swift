import Display
import Interpreter
import Synchronization
import Testing

/// Work that takes long stops when it is told to, whatever it is.
@Suite struct CancellationTests {
  /// Whether to stop: from the time it is told to, at the question of that number.
  private final class Stopper: Sendable {
    private let questions = Atomic<Int>(0)
    private let isTold = Atomic<Bool>(false)
    private let last: Int

    init(atQuestion last: Int) { self.last = last }

    func tell() { isTold.store(true, ordering: .relaxed) }

    func ask() -> Bool {
      guard isTold.load(ordering: .relaxed) else { return false }
      return questions.wrappingAdd(1, ordering: .relaxed).newValue >= last
    }

    var count: Int { questions.load(ordering: .relaxed) }
  }

  /// A session with a graph of 20,000 nodes, and what asks for it whether to stop.
  private static func session(stoppingAtQuestion number: Int) -> (Session, Renderer, Stopper) {
    let stopper = Stopper(atQuestion: number)
    var options = Session.Options()
    options.isInterrupted = { stopper.ask() }
    var session = Session(options: options)
    session.feed(
      Array("x = 1; y = x; z = 5\nrepeat 10000 { y = y*0.9 + x }\nA = eye(100)*2\n".utf8),
      name: "-")
    var renderer = Renderer(options: DisplayOptions())
    while let outcome = session.next() { renderer.render(outcome, of: &session) }
    return (session, renderer, stopper)
  }

  private static func run(
    _ text: String, _ session: inout Session, _ renderer: inout Renderer
  ) -> (output: String, errors: String) {
    renderer.output.bytes = []
    renderer.errors.bytes = []
    session.feed(Array("\(text)\n".utf8), name: "-")
    while let outcome = session.next() { renderer.render(outcome, of: &session) }
    return (
      String(decoding: renderer.output.bytes, as: UTF8.self),
      String(decoding: renderer.errors.bytes, as: UTF8.self)
    )
  }

  static let lines = [
    "z = grad(y, x)", "z = value(grad(y, x))", "z = grad(y, [x, x])", "z = hessian(y^2, x)",
    "z = jvp(y, x, 1)", "z = jacobian([y, y*2], x)", "z = hvp(y^2, x, 1)", "z = y at x = 2",
    "y", "z = det(A)", "z = inv(A)", "z = cholesky(A)", "check y",
  ]

  @Test(arguments: lines)
  func aStatementStopsAtItsFirstQuestion(_ line: String) {
    var (session, renderer, stopper) = Self.session(stoppingAtQuestion: 1)
    stopper.tell()
    let stopped = Self.run(line, &session, &renderer)
    #expect(stopped.errors.contains("stopped"), "\(line): \(stopped)")
    #expect(stopped.output == "", "\(line)")
    // Once it was told to stop nothing asked again.
    #expect(stopper.count == 1, "\(line)")
  }

  /// At whichever question a statement is stopped, names keep their values.
  @Test(arguments: [2, 3, 5, 8, 13])
  func namesStayIntact(_ number: Int) {
    var (session, renderer, stopper) = Self.session(stoppingAtQuestion: number)
    stopper.tell()
    _ = Self.run("z = grad(y, x)", &session, &renderer)
    session.options.isInterrupted = { false }
    renderer.options.format = .value
    let after = Self.run("x; z; value(y) > 9.9; 1 + 1", &session, &renderer)
    #expect(after.errors == "")
    #expect(after.output == "1\n5\n1\n2\n")
  }

  /// A preview whose time is over shows nothing, and leaves the session as it was.
  @Test func aPreviewIsGivenUp() {
    var (session, renderer, _) = Self.session(stoppingAtQuestion: 1)
    let questions = Stopper(atQuestion: 1)
    questions.tell()
    let shown = renderer.preview(of: "grad(y, x)*2", in: &session) { questions.ask() }
    #expect(shown == nil)
    #expect(questions.count == 1)
    renderer.options.format = .value
    // The sum of 0.9^k from 0 to 10,000 is 10 as far as doubles go.
    #expect(
      abs((Double(Self.run("grad(y, x)", &session, &renderer).output.dropLast()) ?? 0) - 10) < 1e-9)
    #expect(renderer.preview(of: "x + 1", in: &session) { true } == "= 2   ∂x = 1")
  }
}
