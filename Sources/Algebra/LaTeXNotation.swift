import Tensors

/// Formulas in the language of LaTeX's mathematics, as far as TeX, MathJax, KaTeX and Matplotlib's
/// mathtext all read it.
struct LaTeXNotation: FormulaNotation {
  /// The text in brackets that grow with what they hold.
  func bracketed(_ text: String) -> String {
    text.contains("\\frac") ? "\\left(\(text)\\right)" : "(\(text))"
  }

  /// Iverson's brackets.
  func answer(_ text: String) -> String {
    text.contains("\\frac") ? "\\left[\(text)\\right]" : "[\(text)]"
  }

  /// Between sums and products people do not agree what belongs to it.
  var modulo: WrittenTerm.Strength { .modulo }

  func name(_ name: String) -> String { Self.name(name) }

  func constant(_ constant: NamedConstant) -> String { constant == .pi ? "\\pi" : "e" }

  func number(_ number: Number, isDecimal: Bool) -> WrittenTerm {
    if case .exact(let above, let below) = number, !isDecimal {
      guard below != 1 else {
        return WrittenTerm(text: String(above), strength: above < 0 ? .sum : .atom)
      }
      let fraction = "\\frac{\(abs(above))}{\(below)}"
      return WrittenTerm(text: above < 0 ? "-\(fraction)" : fraction, strength: .product)
    }
    var text = NumberFormat.text(number.double)
    if let place = text.firstIndex(of: "e") {
      let exponent = Int(text[text.index(after: place)...]) ?? 0
      let power = "10^{\(exponent)}"
      if text[..<place] == "1" { return WrittenTerm(text: power, strength: .power) }
      return WrittenTerm(text: "\(text[..<place]) \\cdot \(power)", strength: .product)
    }
    if number.isNaN { text = "\\mathrm{nan}" }
    if number.double.isInfinite { text = number.isNegative ? "-\\infty" : "\\infty" }
    return WrittenTerm(text: text, strength: number.isNegative ? .sum : .atom)
  }

  func sign(_ sign: String) -> String { Self.signs[sign] ?? sign }

  private static let signs = [
    "<=": "\\leq", ">=": "\\geq", "==": "=", "!=": "\\neq", "and": "\\wedge", "or": "\\vee",
    "%": "\\,\\mathrm{mod}\\,",
  ]

  func quotient(_ above: WrittenTerm, _ below: WrittenTerm, isOneFactor: Bool) -> WrittenTerm {
    let parts = [above, below].map { $0.isQuestion ? answer($0.text) : $0.text }
    return WrittenTerm(text: "\\frac{\(parts[0])}{\(parts[1])}", strength: .product)
  }

  func product(_ number: String?, _ factors: [WrittenTerm]) -> WrittenTerm {
    var text = number ?? ""
    for (place, factor) in factors.enumerated() {
      let isClosed = factor.strength < .product
      let next =
        factor.isQuestion
        ? answer(factor.text) : isClosed ? bracketed(factor.text) : factor.text
      if text.isEmpty {
        text = next
      } else {
        // A digit after a factor would be read together with it, and so would upright letters; a
        // bracket after f would hold its argument.
        let isNumber = next.first?.isNumber ?? false
        let isWord = text.hasSuffix("\\mathrm{\(text.lastWord)}") || next.hasPrefix("\\mathrm")
        let isCall =
          isClosed && place > 0 && ["f", "g", "h"].contains(factors[place - 1].text)
        text +=
          isNumber || isWord || isCall || place == 0 && next.hasPrefix("\\frac")
          ? " \\cdot " : " "
        text += next
      }
    }
    return WrittenTerm(text: text, strength: .product)
  }

  func power(_ factor: Layout.Factor, in writer: FormulaWriter<Self>) -> WrittenTerm {
    let base = factor.base
    let exponent: String
    switch factor.exponent {
    case .term(let term): exponent = writer.text(term, atLeast: .modulo)
    case .number(.half):
      return WrittenTerm(text: "\\sqrt{\(writer.text(base, atLeast: .modulo))}", strength: .atom)
    case .number(let number):
      exponent = writer.number(number).text
      // sin^2(x), where the exponent stands behind the name.
      if writer.layout.abbreviations[base] == nil,
        case .call(let row, let arguments) = writer.layout.terms[base],
        writer.use(base).strength == .power
      {
        let inside = arguments.map { writer.text($0, atLeast: .choice) }.joined(separator: ", ")
        return WrittenTerm(
          text: "\(Self.head(row.row.name))^{\(exponent)}\(bracketed(inside))", strength: .power)
      }
    }
    return WrittenTerm(
      text: "\(writer.text(base, atLeast: .atom))^{\(exponent)}", strength: .power)
  }

  func not(_ argument: TermID, in writer: FormulaWriter<Self>) -> WrittenTerm {
    let text = writer.use(argument)
    return WrittenTerm(
      text: "\\neg \(text.strength < .atom ? bracketed(text.text) : text.text)", strength: .not)
  }

  func call(_ name: String, _ arguments: String) -> WrittenTerm {
    if let (opener, closer) = Self.brackets[name] {
      return WrittenTerm(text: opener + arguments + closer, strength: .atom)
    }
    return WrittenTerm(text: Self.head(name) + bracketed(arguments), strength: .power)
  }

  func choice(
    _ condition: TermID, _ first: TermID, _ second: TermID, in writer: FormulaWriter<Self>
  ) -> WrittenTerm {
    let parts = [first, second].map { writer.text($0, atLeast: .modulo) }
    let question = writer.text(condition, atLeast: .or)
    return WrittenTerm(
      text: "\(parts[0]) \\;\\mathrm{if}\\; \(question),\\; \(parts[1]) \\;\\mathrm{otherwise}",
      strength: .choice)
  }
}

extension String {
  /// What stands in the braces at the end.
  fileprivate var lastWord: Substring {
    guard last == "}", let open = lastIndex(of: "{") else { return "" }
    let word = self[index(after: open)..<index(before: endIndex)]
    return word.contains("}") ? "" : word
  }
}
