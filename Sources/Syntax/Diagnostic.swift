/// One thing that is wrong in a text: where, what, and what would help.
package struct Diagnostic: Error, Hashable, Sendable {
  /// Lower case, without a full stop; shows the value that is wrong.
  package var message: String
  /// The characters meant, as byte offsets of the text that was parsed.
  package var span: Span
  package var hint: String?
  package var clue: Clue?

  package init(_ message: String, at span: Span, hint: String? = nil, clue: Clue? = nil) {
    self.message = message
    self.span = span
    self.hint = hint
    self.clue = clue
  }

  /// An argument without parentheses: as a product, as a sum, and with the commas behind it.
  package struct LooseArgument: Hashable, Sendable {
    package let product: String
    package let sum: String
    package let list: String
  }

  /// Words of a text that could not be read, for a better hint by who knows what they mean.
  ///
  /// Indirect, so that what every statement is passed on in stays small.
  package indirect enum Clue: Hashable, Sendable {
    /// Two operands without an operator between them, and whether the first opens the statement.
    case neighbours(first: String, second: LooseArgument, opensStatement: Bool)
    /// A `minimize` or `fit` that does not say what it changes: the statement as far as it goes,
    /// and the names that stand in it.
    case trainees(statement: String, names: [String])
    /// What would help by what a name means: a function, a number, or an array.
    case byMeaning(name: String, function: String, number: String, array: String)
  }
}
