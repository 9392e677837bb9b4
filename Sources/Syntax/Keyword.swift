/// The words that cannot be names.
///
/// They are the first names of every `NameTable`: the raw value of a keyword is its index there.
package enum Keyword: UInt8, CaseIterable, Sendable {
  case param, `if`, then, `else`, `for`, `in`, `repeat`, `while`, `break`, `continue`, `return`
  case print, assert, and, or, not, at

  package var spelling: String { Keyword.spellings[Int(rawValue)] }

  /// Written out, because asking the runtime for the name of a case takes longer than all the rest
  /// of starting up.
  private static let spellings = [
    "param", "if", "then", "else", "for", "in", "repeat", "while", "break", "continue", "return",
    "print", "assert", "and", "or", "not", "at",
  ]

  /// The number of keywords.
  static let count = UInt32(Keyword.at.rawValue) + 1

  /// Whether only a statement can open with this word, so that no expression goes on with it.
  var opensStatement: Bool {
    switch self {
    case .param, .for, .repeat, .while, .break, .continue, .return, .print, .assert: true
    case .if, .then, .else, .in, .and, .or, .not, .at: false
    }
  }
}
