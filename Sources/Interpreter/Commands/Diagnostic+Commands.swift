import Syntax

/// What can be wrong with a command.
extension Diagnostic {
  static func unknownCommand(_ name: String, at span: Span, hint: String?) -> Diagnostic {
    Diagnostic("unknown command ':\(shortened(name))'", at: span, hint: hint)
  }

  static func needless(_ word: String, behind command: String, at span: Span) -> Diagnostic {
    Diagnostic("':\(command)' takes nothing behind it, found '\(shortened(word))'", at: span)
  }

  static func calledCommand(_ usage: String, at span: Span) -> Diagnostic {
    Diagnostic("a command takes no parentheses", at: span, hint: "write '\(usage)'")
  }

  static func noHelp(_ topic: String, at span: Span, hint: String?) -> Diagnostic {
    Diagnostic("there is no help on '\(shortened(topic))'", at: span, hint: hint)
  }

  /// A message that the table of settings has worded.
  static func setting(_ message: String, at span: Span, hint: String?) -> Diagnostic {
    Diagnostic(message, at: span, hint: hint)
  }

  static func notACount(_ text: String, of things: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "expected a number of \(things), found '\(shortened(text))'", at: span,
      hint: "a whole number, 1 or more")
  }

  static func nothingToTime(at span: Span) -> Diagnostic {
    Diagnostic(
      "':time' needs a statement, 'on' or 'off'", at: span, hint: "as in ':time sum(1...9)'")
  }

  static func fileNameExpected(_ example: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "expected the name of a file", at: span,
      hint: "as in '\(example)'; quotes around the name are closed at its end")
  }

  static func nameExpected(_ text: String, _ example: String, at span: Span) -> Diagnostic {
    let found = text.isEmpty ? "" : ", found '\(shortened(text))'"
    return Diagnostic("expected a name\(found)", at: span, hint: "as in '\(example)'")
  }
}
