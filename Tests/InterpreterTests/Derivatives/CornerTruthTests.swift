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

  /// A question for second derivatives, and what is true of it.
  private struct Question {
    let text: String
    let truth: [Double?]
  }

  /// The Hessian, and by turns another nesting of the two modes.
  private static func questions(_ truth: Case, turn: Int) -> [Question] {
    let (y, rows) = (truth.expression, truth.hessian)
    guard truth.names.count == 1 else {
      let group = "[\(truth.names.joined(separator: ", "))]"
      let (first, second) = (truth.names[0], truth.names[1])
      let others = [
        Question(text: "grad(grad(\(y), \(first)), \(first))", truth: [rows[0][0]]),
        Question(text: "grad(grad(\(y), \(first)), \(second))", truth: [rows[0][1]]),
        Question(text: "jvp(grad(\(y), \(second)), \(second), 1)", truth: [rows[1][1]]),
      ]
      let whole = Question(text: "hessian(\(y), \(group))", truth: rows.flatMap { $0 })
      return [whole, others[turn % others.count]]
    }
    let others = [
      "grad(grad(\(y), x), x)", "jvp(grad(\(y), x), x, 1)", "grad(jvp(\(y), x, 1), x)",
      "jvp(jvp(\(y), x, 1), x, 1)", "hvp(\(y), x, 1)", "vjp(grad(\(y), x), x, 1)",
      "jacobian(grad(\(y), x), x)", "hessian(\(y), [x])[0, 0]",
    ]
    return ["hessian(\(y), x)", others[turn % others.count]].map {
      Question(text: $0, truth: rows[0])
    }
  }

  @Test func fileIsThere() { #expect(Self.cases.count == 2000) }

  /// Where a second derivative exists it is right in every nesting of modes, and where not it is nan.
  ///
  /// Of a matrix of which only some entries exist, those may be nan too.
  @Test(arguments: 0..<20)
  func secondDerivatives(part: Int) throws {
    for place in part * 100..<(part + 1) * 100 {
      let truth = Self.cases[place]
      let isWhole = truth.hessian.allSatisfy { $0.allSatisfy { $0 != nil } }
      var session = Session()
      _ = session.numbers(of: truth.start)
      for question in Self.questions(truth, turn: place) {
        let found = session.numbers(of: question.text)
        let isRight = zip(found, question.truth).allSatisfy { value, expected in
          guard let expected else { return !value.isFinite }
          return isNear(value, expected) || !isWhole && value.isNaN
        }
        #expect(
          isRight && found.count == question.truth.count,
          "\(question.text) at \(truth.point): \(found), not \(question.truth)")
      }
    }
  }

  /// A first derivative at a corner is chosen, and marked unless it is the right one.
  @Test(arguments: 0..<20)
  func firstDerivatives(part: Int) throws {
    for truth in Self.cases[part * 100..<(part + 1) * 100] {
      var session = Session()
      _ = session.numbers(of: truth.start)
      let value = session.numbers(of: truth.expression)
      #expect(isNear(value[0], truth.value), "\(truth.expression) at \(truth.point)")
      let isMarked = session.isMarked()
      for (name, expected) in zip(truth.names, truth.gradient) {
        let found = session.numbers(of: "grad(\(truth.expression), \(name))")
        let isRight = expected.map { isNear(found[0], $0) } ?? false
        #expect(
          isRight || isMarked,
          "grad(\(truth.expression), \(name)) at \(truth.point): \(found)")
      }
    }
  }

  private func isNear(_ value: Double, _ expected: Double) -> Bool {
    abs(value - expected) <= 1e-9 * max(1, abs(expected))
  }
}

extension Session {
  /// The numbers that a line shows last.
  fileprivate mutating func numbers(of line: String) -> [Double] {
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
  fileprivate mutating func isMarked() -> Bool {
    feed(Array("ans".utf8), name: "-")
    var isMarked = false
    while let outcome = next() {
      guard case .result(let derivation) = outcome else { continue }
      isMarked = hasMarks(derivation.output)
    }
    return isMarked
  }
}

extension Substring {
  fileprivate func trimming(_ character: Character) -> String {
    String(drop { $0 == character }.reversed().drop { $0 == character }.reversed())
  }
}
