/// A form that loses numbers where another, equal one keeps them.
///
/// The pattern is a formula over `x` and `y`, which stand for any nodes; what is repeated in it must
/// be repeated in the graph.
package struct Rewrite: Sendable {
  package let pattern: Formula
  /// The better form; `$x` and `$y` stand for what the pattern found.
  package let better: String

  private init(_ pattern: Formula, _ better: String) {
    (self.pattern, self.better) = (pattern, better)
  }

  package static let all: [Rewrite] = {
    let (one, two): (Formula, Formula) = (1, 2)
    let growth = Formula.exp(.x)
    let decay = Formula.exp(-.x)
    let squares = Formula.pow(.x, two) + Formula.pow(.y, two)
    let products = Formula.x * Formula.x + Formula.y * Formula.y
    return [
      Rewrite(one / (one + decay), "sigmoid($x)"),
      Rewrite(one / (decay + one), "sigmoid($x)"),
      Rewrite(one / (one + growth), "sigmoid(-$x)"),
      Rewrite(one / (growth + one), "sigmoid(-$x)"),
      Rewrite(.log(one + growth), "softplus($x)"),
      Rewrite(.log(growth + one), "softplus($x)"),
      Rewrite(.sqrt(.x * .x), "abs($x)"),
      Rewrite(.sqrt(.pow(.x, two)), "abs($x)"),
      Rewrite(.sqrt(squares), "hypot($x, $y)"),
      Rewrite(.sqrt(products), "hypot($x, $y)"),
    ]
  }()
}
