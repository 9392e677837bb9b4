import Tensors

/// Formulas as they are typed.
struct TypedNotation: FormulaNotation {
  /// Whether choices are those of entries, which `if` does not make.
  var isOfArrays = false

  func bracketed(_ text: String) -> String { "(\(text))" }

  func answer(_ text: String) -> String { bracketed(text) }

  var modulo: WrittenTerm.Strength { .product }

  func name(_ name: String) -> String { name }

  func constant(_ constant: NamedConstant) -> String { constant.rawValue }

  func sign(_ sign: String) -> String { sign }

  func number(_ number: Number, isDecimal: Bool) -> WrittenTerm {
    if case .exact(let numerator, let denominator) = number, !isDecimal {
      return denominator == 1
        ? WrittenTerm(text: String(numerator), strength: numerator < 0 ? .product : .atom)
        : WrittenTerm(text: "\(numerator)/\(denominator)", strength: .product)
    }
    let text = NumberFormat.text(number.double)
    return WrittenTerm(text: text, strength: number.isNegative ? .product : .atom)
  }

  func quotient(_ above: WrittenTerm, _ below: WrittenTerm, isOneFactor: Bool) -> WrittenTerm {
    let over = above.strength < .product ? bracketed(above.text) : above.text
    let under = isOneFactor && below.strength > .product ? below.text : bracketed(below.text)
    return WrittenTerm(text: "\(over)/\(under)", strength: .product)
  }

  func product(_ number: String?, _ factors: [WrittenTerm]) -> WrittenTerm {
    let texts = factors.map { $0.strength <= .product ? bracketed($0.text) : $0.text }
    let parts = (number.map { [$0] } ?? []) + texts
    return WrittenTerm(text: parts.joined(separator: "*"), strength: .product)
  }

  func power(_ factor: Layout.Factor, in writer: FormulaWriter<Self>) -> WrittenTerm {
    let base = factor.base
    let exponent: WrittenTerm =
      switch factor.exponent {
      case .term(let term): writer.use(term)
      case .number(let number): writer.number(number)
      }
    if case .constant(.e) = writer.layout.terms[base] { return call("exp", exponent.text) }
    if case .number(.half) = factor.exponent {
      return call("sqrt", writer.text(base, atLeast: .choice))
    }
    let shown = exponent.strength < .atom ? bracketed(exponent.text) : exponent.text
    return WrittenTerm(text: "\(writer.text(base, atLeast: .atom))^\(shown)", strength: .power)
  }

  func not(_ argument: TermID, in writer: FormulaWriter<Self>) -> WrittenTerm {
    WrittenTerm(text: "not \(writer.text(argument, atLeast: .comparison))", strength: .not)
  }

  func call(_ name: String, _ arguments: String) -> WrittenTerm {
    WrittenTerm(text: "\(name)(\(arguments))", strength: .atom)
  }

  func choice(
    _ condition: TermID, _ first: TermID, _ second: TermID, in writer: FormulaWriter<Self>
  ) -> WrittenTerm {
    if isOfArrays {
      let words = [condition, first, second].map { writer.text($0, atLeast: .choice) }
      return call("where", words.joined(separator: ", "))
    }
    let words = [condition, first].map { writer.text($0, atLeast: .or) }
    return WrittenTerm(
      text: "if \(words[0]) then \(words[1]) else \(writer.text(second, atLeast: .choice))",
      strength: .choice)
  }
}
