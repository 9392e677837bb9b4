/// One operator: how it is written, how it binds, and the function it means.
package struct Operator: Sendable {
  package enum Fixity: Sendable {
    case prefix, infix
  }

  package enum Associativity: Sendable {
    case left, right
  }

  package enum Kind: Sendable {
    case arithmetic, comparison, logic
  }

  /// How tightly an operator holds its operands, from loose to tight.
  ///
  /// `substitution` is `e at x = 1` and `conditional` is `if c then a else b`, which are no rows of
  /// the table.
  package enum Precedence: UInt8, Comparable, Sendable {
    case substitution = 1
    case conditional, disjunction, conjunction, negation, comparison, sum, product, sign, power

    package static func < (left: Precedence, right: Precedence) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  package let spelling: String
  /// Further ways to write it; full-width forms of ASCII characters need no mention.
  package let otherSpellings: [String]
  package let fixity: Fixity
  package let precedence: Precedence
  package let associativity: Associativity
  package let kind: Kind
  /// The row of the function table that it means; empty for the unary plus, which means nothing.
  package let function: String
  /// One sentence for help.
  package let summary: String
  /// The way to write what people mean by the sign behind a number, with `#` for the number.
  ///
  /// Nil for a sign that nobody puts there. Behind any other a line does not go on.
  package let behindNumber: String?

  init(
    _ spelling: String, also otherSpellings: [String] = [], _ precedence: Precedence,
    _ fixity: Fixity, _ associativity: Associativity, _ kind: Kind, means function: String,
    _ summary: String, behindNumber: String? = nil
  ) {
    self.spelling = spelling
    self.otherSpellings = otherSpellings
    self.precedence = precedence
    self.fixity = fixity
    self.associativity = associativity
    self.kind = kind
    self.function = function
    self.summary = summary
    self.behindNumber = behindNumber
  }

  /// The spellings that are names wherever no operand stands before them, such as `mod`.
  package var words: [String] {
    otherSpellings.filter { spelling in
      spelling.utf8.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
    }
  }

  /// The rows that are written in a given way, such as both minus signs for `-`.
  package static func rows(spelled spelling: String) -> [Operator] {
    all.filter { $0.spelling == spelling || $0.otherSpellings.contains(spelling) }
  }

  /// Every operator of the language, from loose to tight.
  package static let all: [Operator] = [
    Operator(
      "or", .disjunction, .infix, .left, .logic, means: "or",
      "1 where either side is not 0; the right side is evaluated only when it is needed."),
    Operator(
      "and", .conjunction, .infix, .left, .logic, means: "and",
      "1 where both sides are not 0; the right side is evaluated only when it is needed."),
    Operator("not", .negation, .prefix, .right, .logic, means: "not", "1 where its operand is 0."),
    Operator(
      "<", .comparison, .infix, .left, .comparison, means: "less",
      "1 where the left side is less; comparisons chain, as in 0 < x < 1."),
    Operator(
      "<=", also: ["≤", "⩽"], .comparison, .infix, .left, .comparison, means: "less_equal",
      "1 where the left side is less or equal."),
    Operator(
      ">", .comparison, .infix, .left, .comparison, means: "greater",
      "1 where the left side is greater."),
    Operator(
      ">=", also: ["≥", "⩾"], .comparison, .infix, .left, .comparison, means: "greater_equal",
      "1 where the left side is greater or equal."),
    Operator(
      "==", .comparison, .infix, .left, .comparison, means: "equal",
      "1 where both sides are equal."),
    Operator(
      "!=", also: ["≠"], .comparison, .infix, .left, .comparison, means: "not_equal",
      "1 where the sides differ."),
    Operator("+", .sum, .infix, .left, .arithmetic, means: "add", "The sum."),
    Operator(
      "-", also: ["−", "–"], .sum, .infix, .left, .arithmetic, means: "subtract",
      "The difference."),
    Operator(
      "*", also: ["×", "·", "⋅"], .product, .infix, .left, .arithmetic, means: "multiply",
      "The product, entry by entry; 2x, 2(x+1) and (a+1)(b+1) are products too."),
    Operator(
      "/", also: ["÷", "∕"], .product, .infix, .left, .arithmetic, means: "divide",
      "The quotient."),
    Operator(
      "%", also: ["mod"], .product, .infix, .left, .arithmetic, means: "mod",
      "The remainder of floored division; it has the sign of the divisor.",
      behindNumber: "for percent write #/100"),
    Operator(
      "@", .product, .infix, .left, .arithmetic, means: "matmul", "The matrix product."),
    Operator(
      "-", also: ["−", "–"], .sign, .prefix, .right, .arithmetic, means: "negate",
      "The opposite; it binds looser than a power, so -2^2 is -4."),
    Operator("+", .sign, .prefix, .right, .arithmetic, means: "", "Leaves a value as it is."),
    Operator(
      "^", also: ["**"], .power, .infix, .right, .arithmetic, means: "power",
      "The power, also written x² and x³; from right to left, so 2^3^2 is 512."),
  ]
}
