/// One thing that is wrong in a text: where, what, and what would help.
package struct Diagnostic: Error, Hashable, Sendable {
  /// Lower case, without a full stop; shows the value that is wrong.
  package var message: String
  /// The characters meant, as byte offsets of the text that was parsed.
  package var span: Span
  package var hint: String?

  package init(_ message: String, at span: Span, hint: String? = nil) {
    self.message = message
    self.span = span
    self.hint = hint
  }
}
