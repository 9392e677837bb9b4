import Tensors

/// Formulas in the language of LaTeX's mathematics.
struct LaTeXNotation: FormulaNotation {
  /// The text in brackets that grow with what they hold.
  func bracketed(_ text: String) -> String {
    let isTall = text.contains("\\frac") || text.contains("\\begin")
    return isTall ? "\\left(\(text)\\right)" : "(\(text))"
  }

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
      text = "\(text[..<place]) \\cdot 10^{\(exponent)}"
      return WrittenTerm(text: text, strength: .product)
    }
    if number.double.isInfinite { text = number.isNegative ? "-\\infty" : "\\infty" }
    return WrittenTerm(text: text, strength: number.isNegative ? .sum : .atom)
  }

  func sign(_ sign: String) -> String { Self.signs[sign] ?? sign }

  private static let signs = [
    "<=": "\\le", ">=": "\\ge", "==": "=", "!=": "\\ne", "and": "\\land", "or": "\\lor",
    "%": "\\bmod",
  ]

  func quotient(_ above: WrittenTerm, _ below: WrittenTerm, isOneFactor: Bool) -> WrittenTerm {
    WrittenTerm(text: "\\frac{\(above.text)}{\(below.text)}", strength: .product)
  }

  func product(_ number: String?, _ factors: [WrittenTerm]) -> WrittenTerm {
    var text = number ?? ""
    for (place, factor) in factors.enumerated() {
      let next = factor.strength < .product ? bracketed(factor.text) : factor.text
      if text.isEmpty {
        text = next
      } else {
        // A digit after a factor would be read together with it.
        let isNumber = next.first?.isNumber ?? false
        text += isNumber || place == 0 && next.hasPrefix("\\frac") ? " \\cdot " : " "
        text += next
      }
    }
    return WrittenTerm(text: text, strength: .product)
  }

  func power(_ factor: Layout.Factor, in writer: FormulaWriter<Self>) -> WrittenTerm {
    let base = factor.base
    let exponent: String
    switch factor.exponent {
    case .term(let term): exponent = writer.text(term, atLeast: .choice)
    case .number(.half):
      return WrittenTerm(text: "\\sqrt{\(writer.text(base, atLeast: .choice))}", strength: .atom)
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
    WrittenTerm(text: "\\lnot \(writer.text(argument, atLeast: .atom))", strength: .power)
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
    let words = [first, condition, second].map { writer.text($0, atLeast: .choice) }
    return WrittenTerm(
      text: "\\begin{cases} \(words[0]) & \\text{if } \(words[1]) \\\\ "
        + "\(words[2]) & \\text{otherwise} \\end{cases}",
      strength: .choice)
  }
}
