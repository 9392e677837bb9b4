/// The strength with which an expression holds together, from loose to tight: beside a sign that
/// holds tighter it needs brackets.
package enum Strength: Int, Comparable, Sendable {
  /// A sign before a term stands lower than it binds, so that `x * (-3)` has brackets.
  case choice, disjunction, conjunction, negation, sign, comparison, sum, product, power, whole

  package static func < (left: Strength, right: Strength) -> Bool { left.rawValue < right.rawValue }

  fileprivate static func infix(_ sign: String) -> Strength {
    switch sign {
    case "or": .disjunction
    case "and": .conjunction
    case "+", "-": .sum
    case "*", "/", "%", "@": .product
    case "^": .power
    default: .comparison
    }
  }

  fileprivate var next: Strength { Strength(rawValue: rawValue + 1) ?? .whole }
}

/// A text that can be typed, with the strength of its outermost operator.
package struct TypedText: Sendable {
  package let text: String
  package let strength: Strength

  package init(_ text: String, strength: Strength = .whole) {
    (self.text, self.strength) = (text, strength)
  }

  /// A name, or a number, which has a sign before it where it is negative.
  package init(nameOrNumber text: String) {
    self.init(text, strength: text.utf8.first == UInt8(ascii: "-") ? .sign : .whole)
  }

  package func bracketed(below least: Strength) -> String {
    strength < least ? "(\(text))" : text
  }
}

/// An application as it is written: words, and its operands at their places.
package struct Writing: Sendable {
  package enum Piece: Sendable {
    case words(String)
    /// An operand by its place, in brackets where it holds together less.
    case operand(Int, least: Strength)
  }

  package private(set) var pieces: [Piece]
  package let strength: Strength
  /// Whether what is written, typed in, is the same operation again.
  package let isExact: Bool

  package init(_ pieces: [Piece], strength: Strength = .whole, isExact: Bool = true) {
    (self.pieces, self.strength, self.isExact) = (pieces, strength, isExact)
  }

  /// `name(a, b, …)`, or with other brackets.
  package init(
    _ opener: String, count: Int, then rest: [String] = [], _ closer: String, isExact: Bool = true
  ) {
    var pieces = [Piece.words(opener)]
    for place in 0..<count {
      if place > 0 { pieces.append(.words(", ")) }
      pieces.append(.operand(place, least: .choice))
    }
    for (place, text) in rest.enumerated() {
      pieces.append(.words((count > 0 || place > 0 ? ", " : "") + text))
    }
    self.init(pieces + [.words(closer)], isExact: isExact)
  }

  /// The application of an infix sign, where `turned` factors are transposed on the way.
  ///
  /// What stands on the right has brackets where it has the same sign: `a + (b + c)` is rounded in
  /// another order than `a + b + c`.
  init(infix sign: String, turned: (Bool, Bool) = (false, false)) {
    let strength = Strength.infix(sign)
    let sides: (Strength, Strength) =
      switch strength {
      case .power: (.whole, .power)
      case .comparison: (.sum, .sum)
      default: (strength, strength.next)
      }
    var pieces = [Piece.operand(0, least: turned.0 ? .whole : sides.0)]
    pieces.append(.words(turned.0 ? ".T \(sign) " : " \(sign) "))
    pieces.append(.operand(1, least: turned.1 ? .whole : sides.1))
    if turned.1 { pieces.append(.words(".T")) }
    self.init(pieces, strength: strength)
  }

  init(prefix sign: String) {
    let isSign = sign == "-"
    self.init(
      [.words(sign), .operand(0, least: isSign ? .power : .sum)],
      strength: isSign ? .sign : .negation)
  }

  /// The same with operands left out of the middle of a long list.
  package var shortened: Writing {
    let places = pieces.indices.filter { if case .operand = pieces[$0] { true } else { false } }
    guard places.count > 8, let last = pieces.last else { return self }
    return Writing(
      Array(pieces[..<places[6]]) + [.words("…"), last], strength: strength, isExact: false)
  }

  /// The writing with texts for the operands.
  package func text(_ operands: [TypedText]) -> TypedText {
    var text = ""
    for piece in pieces {
      switch piece {
      case .words(let words): text += words
      case .operand(let place, let least): text += operands[place].bracketed(below: least)
      }
    }
    return TypedText(text, strength: strength)
  }
}

extension Primitive {
  /// An application without options; nil for leaves and choices.
  ///
  /// - Parameters:
  ///   - count: the number of operands.
  ///   - name: what a call is called; nil for the name in tables.
  /// - Returns: the writing with a place for each operand.
  func writing(count: Int, calledAs name: String? = nil) -> Writing? {
    switch notation {
    case .infix(let sign): Writing(infix: sign)
    case .prefix(let sign): Writing(prefix: sign)
    case .suffix(let suffix): Writing([.operand(0, least: .whole), .words(suffix)])
    case .brackets: Writing("[", count: count, "]")
    case .call, .subscripts:
      Writing("\(name ?? shownName)(", count: count, ")", isExact: !callableNames.isEmpty)
    case .choice, .leaf: nil
    }
  }
}
