import Autodiff
import Tensors

/// Writes formulas in the language of LaTeX's mathematics.
struct FormulaLaTeX {
  let layout: Layout
  private var pieces: [TermID: Piece] = [:]

  private struct Piece {
    var text: String
    var strength: Strength

    /// The text in brackets that grow with what they hold.
    var bracketed: String {
      let isTall = text.contains("\\frac") || text.contains("\\begin")
      return isTall ? "\\left(\(text)\\right)" : "(\(text))"
    }
  }

  private enum Strength: Int, Comparable {
    case choice, or, and, comparison, sum, product, power, atom

    static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }
  }

  init(_ layout: Layout, roots: [TermID]) {
    self.layout = layout
    for id in layout.terms.reachable(from: roots) { pieces[id] = piece(layout.terms[id], id) }
  }

  func text(of root: TermID) -> String { pieces[root]?.text ?? "" }

  func bracketed(_ root: TermID) -> String { pieces[root]?.bracketed ?? "" }

  private func use(_ id: TermID) -> Piece {
    if let name = layout.abbreviations[id] {
      return Piece(text: Self.name(name), strength: .atom)
    }
    return pieces[id] ?? Piece(text: "", strength: .atom)
  }

  private func text(_ id: TermID, atLeast strength: Strength) -> String {
    let piece = use(id)
    return piece.strength < strength ? piece.bracketed : piece.text
  }

  private func piece(_ term: Term, _ id: TermID) -> Piece {
    switch term {
    case .number(let number): return self.number(number)
    case .constant(let constant):
      return Piece(text: constant == .pi ? "\\pi" : "e", strength: .atom)
    case .symbol(let place):
      return Piece(text: Self.name(layout.terms.names[place]), strength: .atom)
    case .sum(let constant, let summands): return sum(constant, summands)
    case .product: return fraction(layout.fraction(id, isDefinition: true))
    case .call(let row, let arguments): return call(row, arguments)
    case .choice(let condition, let first, let second):
      let words = [first, condition, second].map { text($0, atLeast: .choice) }
      return Piece(
        text: "\\begin{cases} \(words[0]) & \\text{if } \(words[1]) \\\\ "
          + "\(words[2]) & \\text{otherwise} \\end{cases}",
        strength: .choice)
    }
  }

  private func number(_ number: Number) -> Piece {
    if case .exact(let above, let below) = number, !layout.isDecimal(number) {
      guard below != 1 else {
        return Piece(text: String(above), strength: above < 0 ? .sum : .atom)
      }
      let fraction = "\\frac{\(abs(above))}{\(below)}"
      return Piece(text: above < 0 ? "-\(fraction)" : fraction, strength: .product)
    }
    var text = NumberFormat.text(number.double)
    if let place = text.firstIndex(of: "e") {
      let exponent = Int(text[text.index(after: place)...]) ?? 0
      text = "\(text[..<place]) \\cdot 10^{\(exponent)}"
      return Piece(text: text, strength: .product)
    }
    if number.double.isInfinite { text = number.isNegative ? "-\\infty" : "\\infty" }
    return Piece(text: text, strength: number.isNegative ? .sum : .atom)
  }

  private func sum(_ constant: Number, _ summands: [Term.Summand]) -> Piece {
    var text = ""
    let sorted = layout.summands(constant, summands)
    for (place, summand) in sorted.enumerated() {
      let isNegative = summand.coefficient.isNegative
      let size = summand.coefficient.magnitude
      let piece =
        summand.term == Layout.unit
        ? number(size) : fraction(layout.fraction(summand.term, size))
      if place > 0 {
        text += isNegative ? " - " : " + "
      } else if isNegative {
        text += "-"
      }
      text += piece.strength < .product ? piece.bracketed : piece.text
    }
    let isOne = sorted.count == 1 && !sorted[0].coefficient.isNegative
    return Piece(text: text, strength: isOne ? .product : .sum)
  }

  private func fraction(_ fraction: Layout.Fraction) -> Piece {
    let above = product(fraction.above, fraction.numerator)
    guard !fraction.below.isOne || !fraction.denominator.isEmpty else { return above }
    let below = product(fraction.below, fraction.denominator)
    return Piece(text: "\\frac{\(above.text)}{\(below.text)}", strength: .product)
  }

  private func product(_ number: Number, _ factors: [Layout.Factor]) -> Piece {
    if factors.isEmpty { return self.number(number) }
    if number.isOne, factors.count == 1 { return power(factors[0]) }
    var text = number.isOne ? "" : self.number(number).text
    for (place, factor) in factors.enumerated() {
      let piece = power(factor)
      let next = piece.strength < .product ? piece.bracketed : piece.text
      if text.isEmpty {
        text = next
      } else {
        // A digit after a factor would be read together with it.
        let isNumber = next.first?.isNumber ?? false
        text += isNumber || place == 0 && next.hasPrefix("\\frac") ? " \\cdot " : " "
        text += next
      }
    }
    return Piece(text: text, strength: .product)
  }

  private func power(_ factor: Layout.Factor) -> Piece {
    let isExponential =
      if case .constant(.e) = layout.terms[factor.base] { true } else { false }
    let exponent: String
    switch factor.exponent {
    case .term(let term): exponent = text(term, atLeast: .choice)
    case .number(let number):
      if number.isOne { return use(factor.base) }
      if number == .half {
        return Piece(text: "\\sqrt{\(text(factor.base, atLeast: .choice))}", strength: .atom)
      }
      exponent = self.number(number).text
    }
    if !isExponential, layout.abbreviations[factor.base] == nil,
      case .call(let row, let arguments) = layout.terms[factor.base],
      case .number = factor.exponent,
      use(factor.base).strength == .power
    {
      let inside = arguments.map { text($0, atLeast: .choice) }.joined(separator: ", ")
      let argument = Piece(text: inside, strength: .atom).bracketed
      return Piece(text: "\(Self.head(row.row.name))^{\(exponent)}\(argument)", strength: .power)
    }
    return Piece(
      text: "\(text(factor.base, atLeast: .atom))^{\(exponent)}", strength: .power)
  }

  /// Functions for which LaTeX has a command.
  private static let commands = [
    "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "log": "ln",
    "log2": "log_2", "log10": "log_{10}", "max": "max", "min": "min",
  ]

  /// A function's name before its arguments.
  private static func head(_ name: String) -> String {
    commands[name].map { "\\\($0)" } ?? "\\operatorname{\(escaped(name))}"
  }

  private static let signs = [
    "less_equal": "\\le", "greater_equal": "\\ge", "equal": "=", "not_equal": "\\ne",
    "and": "\\land", "or": "\\lor", "mod": "\\bmod",
  ]

  private func call(_ row: PrimitiveID, _ arguments: [TermID]) -> Piece {
    let name = row.row.name
    if let range = layout.range(row, arguments) {
      let texts = [range.lower, range.term, range.upper].map { text($0, atLeast: .sum) }
      let signs = [range.signs.0, range.signs.1].map { $0 == "<=" ? "\\le" : $0 }
      return Piece(
        text: "\(texts[0]) \(signs[0]) \(texts[1]) \(signs[1]) \(texts[2])",
        strength: .comparison)
    }
    switch row.row.notation {
    case .infix(let sign):
      let strength: Strength =
        row == .logicalAnd
        ? .and : row == .logicalOr ? .or : sign == "%" ? .product : .comparison
      let inner = Strength(rawValue: strength.rawValue + 1) ?? .atom
      let sides = arguments.map { text($0, atLeast: inner) }
      return Piece(
        text: "\(sides[0]) \(Self.signs[name] ?? sign) \(sides[1])", strength: strength)
    case .prefix:
      return Piece(text: "\\lnot \(text(arguments[0], atLeast: .atom))", strength: .power)
    case .call, .suffix, .subscripts, .brackets, .choice, .leaf:
      let inside = arguments.map { text($0, atLeast: .choice) }.joined(separator: ", ")
      switch name {
      case "abs": return Piece(text: "\\left|\(inside)\\right|", strength: .atom)
      case "floor": return Piece(text: "\\lfloor \(inside) \\rfloor", strength: .atom)
      case "ceil": return Piece(text: "\\lceil \(inside) \\rceil", strength: .atom)
      case "cbrt": return Piece(text: "\\sqrt[3]{\(inside)}", strength: .atom)
      default: break
      }
      return Piece(
        text: Self.head(name) + Piece(text: inside, strength: .atom).bracketed, strength: .power)
    }
  }
}

/// Names.
extension FormulaLaTeX {
  /// `x2` as `x_2`, `alpha` as `\alpha`, `loss` upright.
  static func name(_ name: String) -> String {
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
