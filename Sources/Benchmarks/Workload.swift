import Autodiff
import Display
import Interpreter
import Syntax
import Tensors

/// One stage of the way from text to printed derivatives.
struct Workload: Sendable {
  let name: String
  let run: @Sendable () -> Void

  static let all = [
    Workload(name: "parse", run: parse),
    Workload(name: "run", run: { session(format: .value, "text to value") }),
    Workload(name: "print", run: { session(format: .tsv, "text to printed gradient") }),
    Workload(name: "table", run: { session(format: .table, "text to printed table") }),
    Workload(name: "tape", run: { Tape.random(nodes: 1_000_000).run("tape of 1,000,000 nodes") }),
    Workload(name: "gradient", run: gradientNodes),
    Workload(name: "update", run: updates),
    Workload(name: "network", run: ArrayWork.network),
    Workload(name: "mixture", run: ArrayWork.mixture),
    Workload(name: "small", run: ArrayWork.small),
    Workload(name: "loops", run: Loops.run),
  ]

  private static let lineCount = 20_000

  /// Lines such as a person types, all different.
  private static let text: [UInt8] = {
    var text = ""
    for line in 1...lineCount {
      text += "(x1 * sin(x2 + \(line)) - exp(x1 / \(line))) * x2 + \(line)\n"
    }
    return Array(text.utf8)
  }()

  private static func parse() {
    var parser = Parser()
    func parseAll() -> Int {
      var (offset, count) = (0, 0)
      text.withUnsafeBufferPointer { bytes in
        while case .statement(_, let next) = parser.parseStatement(
          in: bytes, from: offset, isFinal: true)
        {
          (offset, count) = (next, count + 1)
        }
      }
      return count
    }
    check(parseAll() == lineCount, "a line was not parsed")
    Measurement.report("parse", "line", count: lineCount) { _ = parseAll() }
  }

  private static func session(format: DisplayOptions.Format, _ name: String) {
    var options = DisplayOptions()
    options.format = format
    func runAll() -> [UInt8] {
      var session = Session()
      var renderer = Renderer(options: options)
      session.feed(Array("x1 = 2\nx2 = 3\n".utf8) + text, name: "-")
      while let outcome = session.next() { renderer.render(outcome, of: &session) }
      check(renderer.failureCount == 0, "a line failed")
      return renderer.output.bytes
    }
    if format == .value { checkFirstLine(runAll()) }
    Measurement.report(name, "line", count: lineCount) { _ = runAll() }
  }

  /// Compares with (2 sin 4 − exp 2)·3 + 1, found by hand.
  private static func checkFirstLine(_ output: [UInt8]) {
    let line = String(decoding: output.prefix { $0 != 10 }, as: UTF8.self)
    check(abs((Double(line) ?? 0) - -25.707983267) < 1e-5, "the first line gives \(line)")
  }

  /// The derivative of a chain of products, written as nodes.
  private static func gradientNodes() {
    let length = 10_000
    var graph = Graph()
    let x = graph.input(1.0000001)
    var y = x
    for _ in 1..<length { y = (try? graph.apply(.multiply, y, x)) ?? y }
    let count = graph.count
    var builder = GradientBuilder()
    func gradient() -> Double {
      let found = try? builder.gradient(of: y, withRespectTo: [x], in: &graph)
      defer { graph.truncate(to: count) }
      return found?[0].map { graph.scalar(of: $0) } ?? .nan
    }
    // d xⁿ/dx = n xⁿ⁻¹.
    var power = 1.0
    for _ in 1..<length { power *= 1.0000001 }
    check(abs(gradient() / (Double(length) * power) - 1) < 1e-9, "the derivative of x^n")
    Measurement.report("gradient as nodes", "node", count: length) { _ = gradient() }
  }

  /// Steps of gradient descent on one param, as a script takes them.
  private static func updates() {
    let steps = 100_000
    func train() -> Double {
      var session = Session()
      var renderer = Renderer(options: DisplayOptions())
      renderer.options.format = .value
      let script = "param w = 1\nrepeat \(steps) { w -= 1e-3 * grad((w - 3)^2, w) }\nw\n"
      session.feed(Array(script.utf8), name: "-")
      while let outcome = session.next() { renderer.render(outcome, of: &session) }
      return Double(String(decoding: renderer.output.bytes.dropLast(), as: UTF8.self)) ?? .nan
    }
    check(abs(train() - 3) < 1e-9, "the minimum of (w - 3)^2")
    Measurement.report("param update", "step", count: steps, repetitions: 3) { _ = train() }
  }
}
