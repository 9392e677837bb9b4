/// The smallest part of a text that means something, as plain data.
///
/// What a kind does not mention is left over from an earlier token.
struct Token: Sendable {
  enum Kind: UInt8, Sendable {
    /// The end of the text.
    case end
    /// A line feed, a carriage return, or both; a `;`.
    case newline, semicolon
    /// `value` is the number.
    case number
    /// `payload` is the `NameID`; the raw value of the `Keyword`.
    case name, keyword
    /// `$3`: `payload` is the number.
    case result
    /// The opening of a text; the lexer stands behind it. `payload` is 1 for a curly quote.
    case quote
    case openParenthesis, closeParenthesis, openBracket, closeBracket, openBrace, closeBrace
    case comma, colon, dot
    /// `'` once or more: `payload` counts them.
    case prime
    /// Raised digits: `value` is the exponent.
    case superscript
    /// `infix` and `prefix` are rows of `Operator.all`.
    case `operator`
    /// `+=` and its like: `infix` is the row of the operator.
    case update
    /// `=` and `:=`.
    case assign, define
    /// `...` with `payload` 0, `..<` with 1.
    case range
    /// Something with no place in the language: `fault` says what.
    case invalid
  }

  /// What the lexer found wrong.
  enum Fault: UInt8, Sendable {
    case none
    /// A number that is too small counts as 0, which is worth a note and no error.
    case underflow
    /// A whole number that no double is equal to, which is worth a note as well.
    case inexact
    case overflow, exponentWithoutDigits, secondPoint, strayUnderscore, missingHexDigits
    case strayInHex, otherBase, missingResultNumber
    case notUTF8, looksLikeUTF16, misplacedByteOrderMark, invisible, control, unknownCharacter
    /// A sign of another language: `payload` is a row of `Misspelling.all`.
    case misspelling
  }

  static let noRow = UInt8.max

  var kind = Kind.end
  var infix = Self.noRow
  var prefix = Self.noRow
  var fault = Fault.none
  var start: UInt32 = 0
  var end: UInt32 = 0
  var payload: UInt32 = 0
  var value = 0.0

  /// Makes the token another one, part by part: it is written once for every few bytes of text.
  @inline(__always)
  mutating func set(_ kind: Kind, from start: Int, to end: Int, payload: UInt32 = 0) {
    self.kind = kind
    self.fault = .none
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    self.payload = payload
  }

  var span: Span { Span(start, end) }

  var keyword: Keyword? {
    kind == .keyword ? Keyword(rawValue: UInt8(truncatingIfNeeded: payload)) : nil
  }
}
