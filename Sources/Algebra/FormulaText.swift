import Autodiff
import Tensors

/// Writes formulas as they are typed.
struct FormulaText {
  let layout: Layout
  private var pieces: [TermID: Piece] = [:]

  /// A written term and how tightly its outermost sign binds.
  private struct Piece {
    var text: String
    var strength: Strength
  }

  private enum Strength: Int, Comparable {
    case choice, or, and, not, comparison, sum, product, power, atom

    static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }
  }

  /// Writes the terms that roots are made of.
  init(_ layout: Layout, roots: [TermID]) {
    self.layout = layout
    for id in layout.terms.reachable(from: roots) { pieces[id] = piece(layout.terms[id], id) }
  }

  /// The text of a root, also of one that has a name.
  func text(of root: TermID) -> String { pieces[root]?.text ?? "" }

  func written(_ number: Number) -> String { self.number(number).text }

  /// A term as it is written inside others.
  private func use(_ id: TermID) -> Piece {
    if let name = layout.abbreviations[id] { return Piece(text: name, strength: .atom) }
    return pieces[id] ?? Piece(text: "", strength: .atom)
  }

  private func text(_ id: TermID, atLeast strength: Strength) -> String {
    let piece = use(id)
    return piece.strength < strength ? "(\(piece.text))" : piece.text
  }

  private func piece(_ term: Term, _ id: TermID) -> Piece {
    switch term {
    case .number(let number): return self.number(number)
    case .constant(let constant): return Piece(text: constant.rawValue, strength: .atom)
    case .symbol(let place): return Piece(text: layout.terms.names[place], strength: .atom)
    case .sum(let constant, let summands): return sum(constant, summands)
    case .product: return fraction(layout.fraction(id, isDefinition: true))
    case .call(let row, let arguments): return call(row, arguments)
    case .choice(let condition, let first, let second):
      let words = [condition, first].map { text($0, atLeast: .or) }
      return Piece(
        text: "if \(words[0]) then \(words[1]) else \(text(second, atLeast: .choice))",
        strength: .choice)
    }
  }

  private func number(_ number: Number) -> Piece {
    if case .exact(let numerator, let denominator) = number, !layout.isDecimal(number) {
      return denominator == 1
        ? Piece(text: String(numerator), strength: numerator < 0 ? .product : .atom)
        : Piece(text: "\(numerator)/\(denominator)", strength: .product)
    }
    let text = NumberFormat.text(number.double)
    return Piece(text: text, strength: number.isNegative ? .product : .atom)
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
      text += piece.strength < .product ? "(\(piece.text))" : piece.text
    }
    return Piece(text: text, strength: sorted.count > 1 ? .sum : .product)
  }

  private func fraction(_ fraction: Layout.Fraction) -> Piece {
    let above = product(fraction.above, fraction.numerator)
    guard !fraction.below.isOne || !fraction.denominator.isEmpty else { return above }
    let below = product(fraction.below, fraction.denominator)
    let isOneFactor = fraction.denominator.count + (fraction.below.isOne ? 0 : 1) == 1
    let over = above.strength < .product ? "(\(above.text))" : above.text
    let under = isOneFactor && below.strength > .product ? below.text : "(\(below.text))"
    return Piece(text: "\(over)/\(under)", strength: .product)
  }

  private func product(_ number: Number, _ factors: [Layout.Factor]) -> Piece {
    if factors.isEmpty { return self.number(number) }
    if number.isOne, factors.count == 1 { return power(factors[0]) }
    var texts = number.isOne ? [] : [self.number(number).text]
    for factor in factors {
      let piece = power(factor)
      texts.append(piece.strength <= .product ? "(\(piece.text))" : piece.text)
    }
    return Piece(text: texts.joined(separator: "*"), strength: .product)
  }

  private func power(_ factor: Layout.Factor) -> Piece {
    let isExponential =
      if case .constant(.e) = layout.terms[factor.base] { true } else { false }
    switch factor.exponent {
    case .term(let exponent):
      if isExponential {
        return Piece(text: "exp(\(text(exponent, atLeast: .choice)))", strength: .atom)
      }
      return Piece(
        text: "\(text(factor.base, atLeast: .atom))^\(text(exponent, atLeast: .atom))",
        strength: .power)
    case .number(let exponent):
      if exponent.isOne { return use(factor.base) }
      if isExponential { return Piece(text: "exp(\(number(exponent).text))", strength: .atom) }
      if exponent == .half {
        return Piece(text: "sqrt(\(text(factor.base, atLeast: .choice)))", strength: .atom)
      }
      let piece = number(exponent)
      let shown = piece.strength < .atom ? "(\(piece.text))" : piece.text
      return Piece(text: "\(text(factor.base, atLeast: .atom))^\(shown)", strength: .power)
    }
  }

  private func call(_ row: PrimitiveID, _ arguments: [TermID]) -> Piece {
    if let range = layout.range(row, arguments) {
      let texts = [range.lower, range.term, range.upper].map { text($0, atLeast: .sum) }
      return Piece(
        text: "\(texts[0]) \(range.signs.0) \(texts[1]) \(range.signs.1) \(texts[2])",
        strength: .comparison)
    }
    switch row.row.notation {
    case .infix(let sign):
      let strength: Strength =
        row == .logicalAnd
        ? .and : row == .logicalOr ? .or : sign == "%" ? .product : .comparison
      // One step above: comparisons would chain, and a % b % c is read from the left.
      let inner: Strength =
        strength == .product
        ? .power : strength == .comparison ? .sum : strength == .and ? .not : .and
      let sides = arguments.map { text($0, atLeast: inner) }
      return Piece(text: "\(sides[0]) \(sign) \(sides[1])", strength: strength)
    case .prefix(let sign):
      return Piece(text: "\(sign)\(text(arguments[0], atLeast: .comparison))", strength: .not)
    case .call, .suffix, .subscripts, .brackets, .choice, .leaf:
      let texts = arguments.map { text($0, atLeast: .choice) }
      return Piece(text: "\(row.row.name)(\(texts.joined(separator: ", ")))", strength: .atom)
    }
  }
}
