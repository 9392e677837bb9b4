/// A form that loses numbers where another, equal one keeps them.
///
/// The pattern is a formula over `x`, `y` and `z`, which stand for any nodes; what is repeated in it
/// must be repeated in the graph. Options of calls, such as an axis, are no part of it: the better
/// form takes over those that the graph has.
package final class Rewrite: Sendable {
  package let pattern: Formula
  package let better: Formula
  /// Where the two are equal: not 0 at any entry there; everywhere for nil.
  package let domain: Formula?
  /// What is said of digits.
  package let digits: Digits
  /// The pattern from its end, which is its outermost application.
  package let steps: [Step]
  /// The row that the last operand of the form must have; nil where it may have any.
  package let lastRow: PrimitiveID?
  private let isOfNumbers: Bool

  /// Where the better form is known to have nearly all digits.
  package enum Digits: Sendable {
    case everywhere
    /// Where the formula is not 0 at any entry.
    case at(Formula)
    /// Nowhere for certain: only gross differences tell.
    case rough
  }

  /// What a part of the pattern asks of a node.
  package enum Step: Sendable {
    case argument(Int)
    case constant(Double)
    case apply(PrimitiveID)
  }

  init(
    _ pattern: Formula, _ better: Formula, where domain: Formula? = nil,
    digits: Digits = .everywhere
  ) {
    (self.pattern, self.better, self.domain, self.digits) = (pattern, better, domain, digits)
    isOfNumbers = better.isOfNumbers
    let steps: [Step] = pattern.terms.reversed().map { term in
      switch term {
      case .argument(let place): .argument(place)
      case .constant(let value): .constant(value)
      case .apply(let name, _): .apply(Primitive.row(name))
      case .result, .tieShare: preconditionFailure("a pattern has operands only")
      }
    }
    self.steps = steps
    if steps.count > 1, case .apply(let row) = steps[1] { lastRow = row } else { lastRow = nil }
  }

  /// The forms by the number of the row that each ends in.
  private static let byRow: [[Rewrite]] = {
    var forms = [[Rewrite]](repeating: [], count: Primitive.all.count)
    for form in table() {
      if case .apply(let row)? = form.steps.first { forms[Int(row.rawValue)].append(form) }
    }
    return forms
  }()

  /// The forms that end in a row.
  package static func forms(endingIn row: PrimitiveID) -> [Rewrite] { byRow[Int(row.rawValue)] }

  /// The names of the rows that a form can end in and still be finite and short of digits.
  ///
  /// By themselves, since to ask for the table takes more time than a start has.
  static let lossy = ["subtract", "log", "sqrt", "divide", "atan", "power", "bce", "nll"]

  /// The value of the better form at numbers; nil where it is made for arrays.
  package func number(at arguments: [Double]) -> Double? {
    isOfNumbers ? better.value(at: arguments, result: .nan) : nil
  }
}

extension Formula {
  /// Whether it is made of functions of numbers only.
  fileprivate var isOfNumbers: Bool {
    terms.allSatisfy { term in
      guard case .apply(let name, _) = term else { return true }
      switch Primitive.row(name).row.kernel {
      case .unary, .binary, .ternary: return true
      case .none, .array, .graph: return false
      }
    }
  }
}
