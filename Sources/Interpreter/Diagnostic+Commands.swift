import Syntax

/// What can be wrong with a command.
extension Diagnostic {
  static func unknownCommand(_ name: String, at span: Span, hint: String?) -> Diagnostic {
    Diagnostic("unknown command ':\(shortened(name))'", at: span, hint: hint)
  }

  static func noHelp(_ topic: String, at span: Span, hint: String?) -> Diagnostic {
    Diagnostic("there is no help on '\(shortened(topic))'", at: span, hint: hint)
  }

  /// A message that the table of settings has worded.
  static func setting(_ message: String, at span: Span, hint: String?) -> Diagnostic {
    Diagnostic(message, at: span, hint: hint)
  }
}
