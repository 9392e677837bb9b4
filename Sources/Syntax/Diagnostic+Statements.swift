/// What can be wrong with a statement.
extension Diagnostic {
  static func assignment(to thing: String, at span: Span, hint: String? = nil) -> Diagnostic {
    Diagnostic("cannot assign to \(thing)", at: span, hint: hint)
  }

  static func assignmentToKeyword(_ word: String, at span: Span) -> Diagnostic {
    assignment(to: "the keyword '\(word)'", at: span)
  }

  static func functionWithoutEquals(_ sign: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "a function is defined with '=', not '\(sign)'", at: span,
      hint: "write '=', which follows its names as well")
  }

  static func repeatedName(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic("the name '\(name)' stands here twice", at: span)
  }

  static func parameterWithoutValue(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(name)' without a value follows a parameter with one", at: span)
  }

  static func blocksTooDeep(_ span: Span) -> Diagnostic {
    Diagnostic("blocks nested deeper than 200", at: span)
  }

  static func outside(_ word: String, of place: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(word)' outside a \(place)", at: span)
  }

  static func severalNames(_ span: Span) -> Diagnostic {
    Diagnostic("several names take their values from zip", at: span, hint: "write zip(xs, ys)")
  }

  static func zipCount(names: Int, items: Int, at span: Span) -> Diagnostic {
    Diagnostic("\(names) names, but zip has \(items)", at: span)
  }

  static func commandInBlock(_ span: Span) -> Diagnostic {
    Diagnostic("a command stands on a line of its own", at: span)
  }
}
