/// An operator or an opening bracket that waits for its last operand.
struct Pending: Sendable {
  enum Kind: UInt8, Sendable {
    /// The bottom of one expression.
    case base
    case prefix, infix
    /// A comparison that has another comparison before it.
    case chain
    case and, or
    /// `if` before `then`; before `else`; behind `else`, where it binds as a loose operator.
    case ifCondition, ifThen, ifElse
    case at
    /// `k=` before the value of an argument.
    case keyword
    case parenthesis, call, prime, list, index
    /// A quoted text, and the `{` of an interpolation in it.
    case text, interpolation
  }

  var kind: Kind
  /// How tightly it binds; 0 for what only its closing ends.
  var precedence: UInt8 = 0
  var row: UInt8 = 0
  /// The number of primes; the parts of a slice; whether a text opened with a curly quote.
  var aux: UInt8 = 0
  /// The colons met in an item of an index.
  var colons: UInt8 = 0
  /// Where the construct starts, its left operand included.
  var start: UInt32
  /// The place of the operator; the end of the called name.
  var mark: UInt32 = 0
  /// The arguments, entries, pieces or substitutions so far.
  var count: UInt32 = 0
  /// The called name; the keyword of an argument; where the item of an index starts.
  var payload: UInt32 = 0

  init(_ kind: Kind, start: UInt32) {
    self.kind = kind
    self.start = start
  }

  /// The closing bracket that ends it.
  var closer: Token.Kind? {
    switch kind {
    case .parenthesis, .call, .prime: .closeParenthesis
    case .list, .index: .closeBracket
    case .interpolation: .closeBrace
    case .base, .prefix, .infix, .chain, .and, .or, .ifCondition, .ifThen, .ifElse, .at, .keyword,
      .text:
      nil
    }
  }
}

/// The operand that was just read, with the brackets around it.
struct Operand: Sendable {
  enum Form: UInt8, Sendable {
    /// A number or a closing parenthesis may be followed by an unwritten `*`; a name by arguments.
    case number, name, parenthesised, other
  }

  var form = Form.other
  var start: UInt32 = 0
  var end: UInt32 = 0
}

/// What the parser needs of a row of `Operator.all`, without a string in it.
struct Binding: Sendable {
  var precedence: UInt8
  /// The least precedence of an operator before it that it completes.
  var completes: UInt8
  var kind: Pending.Kind
  /// Whether it holds more than an operand of arithmetic, as `not` does.
  var isLoose: Bool
  /// Whether it means a function; the unary plus does not.
  var leavesNode: Bool
  /// Whether people write its sign behind a number and mean something else by it.
  var standsBehindNumbers: Bool

  init(_ operation: Operator) {
    precedence = operation.precedence.rawValue
    isLoose = operation.precedence < .comparison
    leavesNode = !operation.function.isEmpty
    standsBehindNumbers = operation.behindNumber != nil
    completes = operation.associativity == .left ? precedence : precedence + 1
    kind =
      switch (operation.fixity, operation.precedence) {
      case (.prefix, _): .prefix
      case (.infix, .comparison): .chain
      case (.infix, .conjunction): .and
      case (.infix, .disjunction): .or
      case (.infix, _): .infix
      }
  }

  static let all = Operator.all.map(Binding.init)
  /// The names that are operators behind an operand, with their rows.
  static let words = Operator.all.enumerated().flatMap { row, operation in
    operation.words.map { (spelling: $0, row: UInt8(row)) }
  }

  static let multiply = row(of: "multiply")
  static let power = row(of: "power")

  private static func row(of function: String) -> UInt8 {
    UInt8(Operator.all.firstIndex { $0.function == function } ?? 0)
  }
}
