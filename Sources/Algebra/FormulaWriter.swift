import Autodiff

/// A written term and how tightly its outermost sign binds.
struct WrittenTerm {
  var text: String
  var strength: Strength

  enum Strength: Int, Comparable {
    case choice, or, and, not, comparison, modulo, sum, product, power, atom

    static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }

    /// What an operand needs beside a sign of this strength, so that it is not read otherwise.
    var ofOperands: Strength { Strength(rawValue: rawValue + 1) ?? .atom }
  }
}

extension WrittenTerm {
  /// Whether it is a question, whose answer is 1 or 0 where a number is wanted.
  var isQuestion: Bool { (Strength.or ... .comparison).contains(strength) }
}

/// Writes formulas: what is the same in every notation.
struct FormulaWriter<Notation: FormulaNotation> {
  let layout: Layout
  let notation: Notation
  private var pieces: [TermID: WrittenTerm] = [:]

  /// Writes the terms that roots are made of.
  init(_ notation: Notation, _ layout: Layout, roots: [TermID]) {
    (self.notation, self.layout) = (notation, layout)
    for id in layout.terms.reachable(from: roots) { pieces[id] = piece(layout.terms[id], id) }
  }

  /// The text of a root, also of one that has a name.
  func text(of root: TermID) -> String { pieces[root]?.text ?? "" }

  func isQuestion(_ root: TermID) -> Bool { pieces[root]?.isQuestion ?? false }

  /// The text of a root where a number is wanted: a question by itself reads as a claim.
  func number(of root: TermID) -> String {
    guard let piece = pieces[root] else { return "" }
    return piece.isQuestion ? notation.answer(piece.text) : piece.text
  }

  func number(_ number: Number) -> WrittenTerm {
    notation.number(number, isDecimal: layout.isDecimal(number))
  }

  /// A term as it is written inside others.
  func use(_ id: TermID) -> WrittenTerm {
    if let name = layout.abbreviations[id] {
      return WrittenTerm(text: notation.name(name), strength: .atom)
    }
    return pieces[id] ?? WrittenTerm(text: "", strength: .atom)
  }

  /// A term inside others, in brackets where its sign binds too loosely.
  func text(_ id: TermID, atLeast strength: WrittenTerm.Strength) -> String {
    text(use(id), atLeast: strength)
  }

  private func text(_ piece: WrittenTerm, atLeast strength: WrittenTerm.Strength) -> String {
    guard piece.strength < strength else { return piece.text }
    return piece.isQuestion && strength > .comparison
      ? notation.answer(piece.text) : notation.bracketed(piece.text)
  }

  private func piece(_ term: Term, _ id: TermID) -> WrittenTerm {
    switch term {
    case .number(let number): return self.number(number)
    case .constant(let constant):
      return WrittenTerm(text: notation.constant(constant), strength: .atom)
    case .symbol(let place):
      return WrittenTerm(text: notation.name(layout.terms.names[place]), strength: .atom)
    case .sum(let constant, let summands): return sum(constant, summands)
    case .product: return fraction(layout.fraction(id, isDefinition: true))
    case .call(let row, let arguments): return call(row, arguments)
    case .choice(let condition, let first, let second):
      return notation.choice(condition, first, second, in: self)
    }
  }

  private func sum(_ constant: Number, _ summands: [Term.Summand]) -> WrittenTerm {
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
      text += self.text(piece, atLeast: .product)
    }
    let isOne = sorted.count == 1 && !sorted[0].coefficient.isNegative
    return WrittenTerm(text: text, strength: isOne ? .product : .sum)
  }

  private func fraction(_ fraction: Layout.Fraction) -> WrittenTerm {
    let above = product(fraction.above, fraction.numerator)
    guard !fraction.below.isOne || !fraction.denominator.isEmpty else { return above }
    let isOneFactor = fraction.denominator.count + (fraction.below.isOne ? 0 : 1) == 1
    let below = product(fraction.below, fraction.denominator)
    return notation.quotient(above, below, isOneFactor: isOneFactor)
  }

  private func product(_ number: Number, _ factors: [Layout.Factor]) -> WrittenTerm {
    if factors.isEmpty { return self.number(number) }
    if number.isOne, factors.count == 1 { return power(factors[0]) }
    return notation.product(
      number.isOne ? nil : self.number(number).text, factors.map(power))
  }

  private func power(_ factor: Layout.Factor) -> WrittenTerm {
    if case .number(let exponent) = factor.exponent, exponent.isOne { return use(factor.base) }
    return notation.power(factor, in: self)
  }

  private func call(_ row: PrimitiveID, _ arguments: [TermID]) -> WrittenTerm {
    if let range = layout.range(row, arguments) {
      let texts = [range.lower, range.term, range.upper].map { text($0, atLeast: .sum) }
      let signs = [range.signs.0, range.signs.1].map(notation.sign)
      return WrittenTerm(
        text: "\(texts[0]) \(signs[0]) \(texts[1]) \(signs[1]) \(texts[2])",
        strength: .comparison)
    }
    switch row.row.notation {
    case .infix(let sign):
      let strength: WrittenTerm.Strength =
        row == .logicalAnd
        ? .and : row == .logicalOr ? .or : sign == "%" ? notation.modulo : .comparison
      // One step above: comparisons would chain, and a % b % c is read from the left.
      let least = sign == "%" ? .power : strength.ofOperands
      let sides = arguments.map { text($0, atLeast: least) }
      return WrittenTerm(
        text: "\(sides[0]) \(notation.sign(sign)) \(sides[1])", strength: strength)
    case .prefix: return notation.not(arguments[0], in: self)
    case .call, .suffix, .subscripts, .brackets, .choice, .leaf:
      return notation.call(
        row.row.name, arguments.map { text($0, atLeast: .choice) }.joined(separator: ", "))
    }
  }
}
