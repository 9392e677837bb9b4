import Autodiff
import Interpreter
import Tensors
import TestSupport
import Testing

/// First and second derivatives at and next to corners against numbers with 120 digits.
///
/// `Tests/Truth/corners.py` draws the expressions, evaluates them on all sides of the corner, and says
/// where the sides agree.
@Suite struct CornerTruthTests {
  /// One line of the file.
  struct Case: Sendable {
    let expression: String
    let names: [String]
    let point: String
    let value: Double
    /// nil where there is no derivative.
    let gradient: [Double?]
    let hessian: [[Double?]]

    init?(_ line: Substring) {
      let fields = line.split(separator: "|").map { $0.trimming(" ") }
      guard fields.count == 5, let value = Double(fields[2]) else { return nil }
      (expression, point, self.value) = (fields[0], fields[1], value)
      names = point.split(separator: ",").map { $0.split(separator: "=")[0].trimming(" ") }
      gradient = fields[3].split(separator: ",").map { Double($0.trimming(" ")) }
      hessian = fields[4].split(separator: ";").map { row in
        row.split(separator: ",").map { Double($0.trimming(" ")) }
      }
    }

    /// Statements that give the names their values.
    var start: String { point.split(separator: ",").joined(separator: ";") }
  }

  static let cases: [Case] = {
    let text = Golden.read("\(Golden.root)/Tests/Truth/corners.txt") ?? ""
    return text.split(separator: "\n").compactMap(Case.init)
  }()

  /// The ways to a second derivative: reverse over reverse, forward over reverse, reverse over
  /// forward, forward over forward.
  private static func questions(_ truth: Case) -> [(text: String, truth: [Double?])] {
    let y = truth.expression
    guard truth.names.count == 1 else {
      let group = "[\(truth.names.joined(separator: ", "))]"
      let (first, second) = (truth.names[0], truth.names[1])
      let rows = truth.hessian
      return [
        ("hessian(\(y), \(group))", rows.flatMap { $0 }),
        ("grad(grad(\(y), \(first)), \(first))", [rows[0][0]]),
        ("grad(grad(\(y), \(second)), \(second))", [rows[1][1]]),
        ("hvp(\(y), \(group), [1, 0])", [rows[0][0], rows[1][0]]),
      ]
    }
    let second = truth.hessian[0][0]
    return [
      ("hessian(\(y), x)", [second]),
      ("grad(grad(\(y), x), x)", [second]),
      ("jvp(grad(\(y), x), x, 1)", [second]),
      ("grad(jvp(\(y), x, 1), x)", [second]),
      ("jvp(jvp(\(y), x, 1), x, 1)", [second]),
      ("hvp(\(y), x, 1)", [second]),
      ("sum(sparse_hessian(\(y), x)[:, 2])", [second]),
      ("jacobian(grad(\(y), x), x)", [second]),
    ]
  }

  @Test func fileIsThere() { #expect(Self.cases.count == 2000) }

  /// Where a second derivative exists it is right in every nesting of modes, and where not it is nan.
  ///
  /// Of a matrix of which only some entries exist, those may be nan too.
  @Test(arguments: 0..<20)
  func secondDerivatives(part: Int) throws {
    for truth in Self.cases[part * 100..<(part + 1) * 100] {
      let isWhole = truth.hessian.allSatisfy { $0.allSatisfy { $0 != nil } }
      var session = Session()
      _ = try session.numbers(of: truth.start)
      for question in Self.questions(truth) {
        let found = try session.numbers(of: question.text)
        // A pattern without entries sums to 0.
        #expect(found.count == question.truth.count, "\(question.text) at \(truth.point)")
        for (value, expected) in zip(found, question.truth) {
          let isRight =
            expected.map { isNear(value, $0) || (!isWhole && value.isNaN) } ?? !value.isFinite
          #expect(
            isRight,
            "\(question.text) at \(truth.point): \(value), not \(expected.map(String.init) ?? "none")"
          )
        }
      }
    }
  }

  /// A first derivative at a corner is chosen, and marked unless it is the right one.
  @Test(arguments: 0..<20)
  func firstDerivatives(part: Int) throws {
    for truth in Self.cases[part * 100..<(part + 1) * 100] {
      var session = Session()
      _ = try session.numbers(of: truth.start)
      let value = try session.numbers(of: truth.expression)
      #expect(isNear(value[0], truth.value), "\(truth.expression) at \(truth.point)")
      let isMarked = try session.isMarked()
      for (name, expected) in zip(truth.names, truth.gradient) {
        let found = try session.numbers(of: "grad(\(truth.expression), \(name))")
        let isRight = expected.map { isNear(found[0], $0) } ?? false
        #expect(
          isRight || isMarked,
          "grad(\(truth.expression), \(name)) at \(truth.point): \(found), not \(expected ?? .nan)")
      }
    }
  }

  private func isNear(_ value: Double, _ expected: Double) -> Bool {
    abs(value - expected) <= 1e-9 * max(1, abs(expected))
  }
}

extension Session {
  /// The numbers that a line shows last.
  fileprivate mutating func numbers(of line: String) throws -> [Double] {
    var numbers: [Double] = []
    feed(Array(line.utf8), name: "-")
    while let outcome = next() {
      switch outcome {
      case .result(let derivation): numbers = graph.tensor(of: derivation.output).elements
      case .failure(let fault): Issue.record("\(line): \(fault.diagnostic.message)")
      default: break
      }
    }
    return numbers
  }

  /// Whether the last result has a corner somewhere in its graph.
  fileprivate mutating func isMarked() throws -> Bool {
    feed(Array("ans".utf8), name: "-")
    var isMarked = false
    while let outcome = next() {
      guard case .result(let derivation) = outcome else { continue }
      isMarked = try !analyze(derivation, isUnfolded: true).marks.isEmpty
    }
    return isMarked
  }
}

extension Substring {
  fileprivate func trimming(_ character: Character) -> String {
    String(drop { $0 == character }.reversed().drop { $0 == character }.reversed())
  }
}
