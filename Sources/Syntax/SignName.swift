/// Letters and signs that are hard to type, by their names: `\beta` and Tab give β, `\leq` gives ≤.
package enum SignName {
  private static let small = Array("αβγδεζηθικλμνξοπρστυφχψω")
  private static let letterNames = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda",
    "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
    "omega",
  ]

  /// Every letter by its name; capitals have capital names.
  private static let letters: [(name: String, sign: String)] = zip(letterNames, small).flatMap {
    name, letter in
    [
      (name, String(letter)),
      (name.prefix(1).uppercased() + name.dropFirst(), letter.uppercased()),
    ]
  }

  /// What the names of LaTeX stand for, where the language has it.
  private static let signs: [(name: String, sign: String)] = [
    ("leq", "≤"), ("le", "≤"), ("geq", "≥"), ("ge", "≥"), ("neq", "≠"), ("ne", "≠"), ("lt", "<"),
    ("gt", ">"), ("times", "×"), ("cdot", "·"), ("div", "÷"), ("ast", "*"), ("bmod", "mod"),
    ("land", "and"), ("wedge", "and"), ("lor", "or"), ("vee", "or"), ("lnot", "not"),
    ("neg", "not"), ("infty", "inf"), ("sqrt", "sqrt("), ("sum", "sum("), ("prod", "prod("),
    ("nabla", "grad("), ("varepsilon", "ε"), ("vartheta", "ϑ"), ("varphi", "ϕ"), ("varrho", "ϱ"),
    ("ell", "ℓ"), ("hbar", "ħ"),
  ]

  /// Letters and signs, in alphabetical order within each.
  package static let all = letters + signs

  /// Whether there is something of that name.
  static func isKnown(_ name: String) -> Bool { all.contains { $0.name == name } }
}
