/// Names of variables and functions.
extension LaTeXNotation {
  /// Functions that are written as brackets around their argument.
  static let brackets = [
    "abs": ("\\left|", "\\right|"), "floor": ("\\lfloor ", " \\rfloor"),
    "ceil": ("\\lceil ", " \\rceil"), "cbrt": ("\\sqrt[3]{", "}"),
  ]

  /// Functions for which LaTeX has a command.
  private static let commands = [
    "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "log": "ln",
    "log2": "log_2", "log10": "log_{10}", "max": "max", "min": "min",
  ]

  /// A function's name before its arguments.
  static func head(_ name: String) -> String {
    commands[name].map { "\\\($0)" } ?? "\\operatorname{\(escaped(name))}"
  }

  /// `x2` as `x_2`, `alpha` as `\alpha`, `loss` upright, `w[0]` as `w_{0}`.
  static func name(_ name: String) -> String {
    if let bracket = name.firstIndex(of: "["), name.last == "]" {
      let places = name[name.index(after: bracket)...].dropLast()
      let array = self.name(String(name[..<bracket]))
      return "\(array.contains("_") ? "{\(array)}" : array)_{\(places)}"
    }
    let digits = name.reversed().prefix { $0.isNumber && $0.isASCII }.count
    var (stem, index) = (String(name.dropLast(digits)), String(name.suffix(digits)))
    if let place = stem.firstIndex(of: "_"), place != stem.startIndex,
      stem.index(after: place) != stem.endIndex
    {
      index = stem[stem.index(after: place)...] + index
      stem = String(stem[..<place])
    } else if stem.hasSuffix("_"), stem.count > 1, !index.isEmpty {
      stem.removeLast()
    }
    let letter = greek[stem] == nil ? greek.first { $0.value == stem }?.key : stem
    let head =
      letter.map { "\\\($0)" }
      ?? (stem.count == 1 ? escaped(stem) : "\\mathrm{\(escaped(stem))}")
    guard !index.isEmpty else { return head }
    let isLetters = index.contains { $0.isLetter } && index.count > 1
    let shown = isLetters ? "\\mathrm{\(escaped(index))}" : escaped(index)
    return index.count == 1 ? "\(head)_\(shown)" : "\(head)_{\(shown)}"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("_", with: "\\_")
  }

  /// Greek letters by name, each with its sign.
  private static let greek = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
  ]
}
