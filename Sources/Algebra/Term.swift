import Autodiff

/// The place of a term among the terms of a formula: parts stand before what is made of them.
package struct TermID: Hashable, Comparable, Sendable {
  let index: Int

  package static func < (a: TermID, b: TermID) -> Bool { a.index < b.index }
}

/// A part of a formula in canonical form, so that equal things are mostly one and the same term.
///
/// There are no differences, quotients and roots: a difference is a sum with a coefficient of -1, a
/// quotient a product with a negative exponent, a root a power, `exp(x)` a power of e.
enum Term: Hashable, Sendable {
  case number(Number)
  case constant(NamedConstant)
  /// A variable; the place of its name.
  case symbol(Int)
  /// The number, and the summands in the order of their terms; at least one.
  case sum(Number, [Summand])
  /// The factors in the order of their bases; a single one has an exponent that is not 1.
  case product([Factor])
  /// A row of the function table that has no form of its own here.
  case call(PrimitiveID, [TermID])
  /// The second where the first is not 0, the third elsewhere.
  case choice(TermID, TermID, TermID)

  struct Summand: Hashable, Sendable {
    var term: TermID
    var coefficient: Number
  }

  struct Factor: Hashable, Sendable {
    var base: TermID
    var exponent: TermID
  }

  /// What the term is made of.
  var parts: [TermID] {
    switch self {
    case .number, .constant, .symbol: []
    case .sum(_, let summands): summands.map(\.term)
    case .product(let factors): factors.flatMap { [$0.base, $0.exponent] }
    case .call(_, let arguments): arguments
    case .choice(let condition, let first, let second): [condition, first, second]
    }
  }
}

/// A number that formulas call by its name.
enum NamedConstant: String, Hashable, Sendable {
  case pi
  case e

  init?(_ value: Double) {
    switch value {
    case .pi: self = .pi
    case 2.718281828459045: self = .e
    default: return nil
    }
  }

  var double: Double {
    switch self {
    case .pi: .pi
    case .e: 2.718281828459045
    }
  }
}
