/// A form that loses numbers where another, equal one keeps them.
///
/// The pattern is a formula over `x` and `y`, which stand for any nodes; what is repeated in it must
/// be repeated in the graph.
package struct Rewrite: Sendable {
  private let pattern: Formula
  /// The pattern from its end, which is its outermost application.
  package let steps: [Step]
  /// The better form; `$x` and `$y` stand for what the pattern found.
  package let better: String
  /// Where the better form helps, if that is not everywhere: not 0 there.
  private let condition: Formula?

  private init(_ pattern: Formula, _ better: String, where condition: Formula? = nil) {
    (self.pattern, self.better, self.condition) = (pattern, better, condition)
    steps = pattern.terms.reversed().map { term in
      switch term {
      case .argument(let place): .argument(place)
      case .constant(let value): .constant(value)
      case .apply(let name, _): .apply(Primitive.row(name))
      case .result, .tieShare: preconditionFailure("a pattern has operands only")
      }
    }
  }

  /// What a part of the pattern asks of a node.
  package enum Step: Sendable {
    case argument(Int)
    case constant(Double)
    case apply(PrimitiveID)
  }

  /// Whether the better form helps where `x` and `y` have those values.
  package func helps(at values: [Double]) -> Bool {
    condition.map { $0.value(at: values, result: .nan) != 0 } ?? true
  }

  /// Forms that make a nan or an infinity which the better form does not.
  package static let all: [Rewrite] = {
    let (one, two): (Formula, Formula) = (1, 2)
    let growth = Formula.exp(.x)
    let decay = Formula.exp(-.x)
    let squares = Formula.pow(.x, two) + Formula.pow(.y, two)
    let products = Formula.x * Formula.x + Formula.y * Formula.y
    let isZero = Formula.equal(.x, 0)
    return [
      Rewrite(one / (one + decay), "sigmoid($x)"),
      Rewrite(one / (decay + one), "sigmoid($x)"),
      Rewrite(one / (one + growth), "sigmoid(-$x)"),
      Rewrite(one / (growth + one), "sigmoid(-$x)"),
      Rewrite(.log(one + growth), "softplus($x)"),
      Rewrite(.log(growth + one), "softplus($x)"),
      Rewrite(.log(growth + .exp(.y)), "logaddexp($x, $y)"),
      Rewrite(.log(.sigmoid(.x)), "log_sigmoid($x)", where: .x < -700),
      Rewrite(.sqrt(.x * .x), "abs($x)"),
      Rewrite(.sqrt(.pow(.x, two)), "abs($x)"),
      Rewrite(.sqrt(squares), "hypot($x, $y)"),
      Rewrite(.sqrt(products), "hypot($x, $y)"),
      Rewrite(.x * .log(.x), "xlogx($x)", where: isZero),
      Rewrite(.log(.x) * .x, "xlogx($x)", where: isZero),
      Rewrite(.sin(.x) / .x, "sinc($x)", where: isZero),
    ]
  }()

  /// Forms whose value is finite and short of digits, where it is by four digits or more; by the
  /// row that a form ends in.
  package static let losses: [PrimitiveID: [Rewrite]] = {
    let one: Formula = 1
    let isSmall = Formula.both(.abs(.x) < 1e-4, .call("not_equal", .x, 0))
    let isTiny = Formula.both(.abs(.x) < 1e-2, .call("not_equal", .x, 0))
    let forms = [
      Rewrite(.exp(.x) - one, "expm1($x)", where: isSmall),
      Rewrite(.log(one + .x), "log1p($x)", where: isSmall),
      Rewrite(.log(.x + one), "log1p($x)", where: isSmall),
      Rewrite(one - .call("erf", .x), "erfc($x)", where: .x > 2.8),
      Rewrite(one - .sigmoid(.x), "sigmoid(-$x)", where: .x > 9),
      Rewrite(one - .cos(.x), "2*sin($x/2)^2", where: isTiny),
      Rewrite(.log(.x / (one - .x)), "logit($x)", where: .abs(.x - 0.5) < 1e-4),
    ]
    return Dictionary(grouping: forms) { form in
      guard case .apply(let row)? = form.steps.first else { return .identity }
      return row
    }
  }()

  /// The names of the rows that a form of `losses` can end in.
  static let lossy = ["subtract", "log"]
}
