import Autodiff
import Syntax
import Tensors

extension Lesson {
  static let why = Lesson(
    name: "why", usage: "why y",
    sentence: "tells where a derivative comes from, or why a value is nan, infinite, 0 or huge",
    example: "why grad(x1*x2 + x1, x1)", subjects: 1...1, takesClaim: false,
    perform: { session, request, report throws(Diagnostic) in
      let subject = request.subjects[0]
      guard case .list(let values) = subject.value else {
        return session.explain(try subject.node(), writtenAs: subject.text, in: &report)
      }
      for (place, value) in values.enumerated() {
        guard case .node(let id) = value else { throw .needsNumber(value.kind, at: subject.span) }
        session.explain(id, writtenAs: "entry \(place) of \(subject.text)", in: &report)
      }
    })
}

/// What is worth explaining about a number.
enum Oddity: String, Sendable {
  case notANumber, infinite, zero, tiny, huge

  /// The word for a number of this kind.
  func phrase(_ number: String) -> String {
    switch self {
    case .notANumber, .infinite, .zero: "is \(number)"
    case .tiny, .huge: "is \(number), which is \(rawValue)"
    }
  }

  /// Magnitudes between 1e-8 and 1e8 are what most sums can bear.
  init?(_ value: Double) {
    switch abs(value) {
    case let size where size.isNaN: self = .notANumber
    case .infinity: self = .infinite
    case 0: self = .zero
    case ..<1e-8: self = .tiny
    case 1e8...: self = .huge
    default: return nil
    }
  }
}

/// A derivative that a statement has asked for: what its node answers.
struct DerivativeQuestion: Sendable {
  let output: NodeID
  let target: NodeID
}

extension Session {
  /// Explains a node: as the derivative that it answers, or as a value with its derivatives.
  mutating func explain(_ id: NodeID, writtenAs text: String, in report: inout Report) {
    if let question = derivativeQuestions[id] {
      explain(question, answer: id, writtenAs: text, in: &report)
      return
    }
    let order = graph.postOrder(from: id)
    let isOddValue = explainValue(id, order, writtenAs: text, in: &report)
    guard graph.isScalar(id) else { return }
    let isOddDerivative = explainPartials(of: id, order, writtenAs: text, in: &report)
    if !isOddValue, !isOddDerivative {
      report.say("nothing unusual: no value or derivative is nan, infinite, 0, tiny or huge")
    }
  }
}
