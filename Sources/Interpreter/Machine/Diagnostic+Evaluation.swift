import Syntax
import Tensors

/// What can be wrong with a statement that reads well.
extension Diagnostic {
  static func unknownName(_ name: String, at span: Span, hint: String?) -> Diagnostic {
    Diagnostic("unknown name '\(shortened(name))'", at: span, hint: hint)
  }

  static func notAFunction(_ name: String, argument: String, at span: Span) -> Diagnostic {
    let product = "\(name)*(\(argument))"
    let hint =
      argument.isEmpty
      ? "write \(name)"
      : name == "e"
        ? "write exp(\(argument)), or \(product) for a product"
        : "for a product write \(product)"
    return Diagnostic("'\(name)' is a number, not a function", at: span, hint: hint)
  }

  static func functionWithoutArguments(
    _ name: String, _ usage: String, at span: Span, hint: String? = nil
  ) -> Diagnostic {
    Diagnostic("'\(name)' is a function", at: span, hint: hint ?? "call it: \(usage)")
  }

  static func arity(
    _ usage: String, takes: String, given: Int, at span: Span, hint: String? = nil
  ) -> Diagnostic {
    Diagnostic("\(usage) takes \(takes), not \(given)", at: span, hint: hint)
  }

  static func noKeyword(_ keyword: String, _ usage: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "\(usage) has no parameter '\(keyword)'", at: span,
      hint: ForeignName.parameters[keyword].map { "here that is \($0)" })
  }

  static func givenTwice(_ keyword: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(keyword)' is given twice", at: span)
  }

  static func missing(_ parameter: String, _ usage: String, at span: Span) -> Diagnostic {
    Diagnostic("\(usage) needs a value for '\(parameter)'", at: span)
  }

  static func needsNumber(_ kind: String, at span: Span) -> Diagnostic {
    Diagnostic("expected a number, found \(kind)", at: span)
  }

  static func needsOneNumber(_ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "expected a single number, found an array of shape \(shape)", at: span,
      hint: "where(c, a, b) chooses entry by entry")
  }

  static func needsCount(_ shown: String, _ purpose: String, at span: Span) -> Diagnostic {
    Diagnostic("\(purpose) needs a whole number, found \(shown)", at: span)
  }

  static func needsChoice(_ keyword: String, _ words: [String], _ shown: String, at span: Span)
    -> Diagnostic
  {
    let last = words.last ?? ""
    return Diagnostic(
      "\(keyword) is \(words.dropLast().joined(separator: ", ")) or \(last), found \(shown)",
      at: span)
  }

  static func noSuchResult(_ number: Int, count: Int, kept: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "there is no result $\(number)", at: span,
      hint: count == 0
        ? "a bare expression makes one" : "there are $\(max(1, count - kept + 1)) to $\(count)")
  }

  static func shape(_ error: ShapeError, _ operands: [String], at span: Span) -> Diagnostic {
    Diagnostic(error.message(operands), at: span, hint: error.hint)
  }

  static func recursion(_ name: String, limit: Int, at span: Span) -> Diagnostic {
    Diagnostic("recursion deeper than \(limit) in '\(name)'", at: span)
  }

  static func graphTooLarge(_ limit: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "the graph has grown past \(limit) nodes", at: span,
      hint: "a param updated in place keeps no history")
  }

  static func circle(_ names: [String], at span: Span) -> Diagnostic {
    Diagnostic("circle: \(names.joined(separator: " → "))", at: span)
  }

  static func unusedSubstitution(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic("unknown name '\(shortened(name))': the expression does not use it", at: span)
  }

  static func otherSide(_ condition: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "the condition \(condition) goes the other way there, and that side was never computed",
      at: span, hint: "use where(c, a, b), or keep the formula live with \":=\"")
  }

  static func paramWithoutValue(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "'\(name)' has no value yet", at: span, hint: "give the param one: param \(name) = 1")
  }

  static func tooManyAxes(_ limit: Int, at span: Span) -> Diagnostic {
    Diagnostic("an array has at most \(limit) axes", at: span)
  }

  static func loopVariable(at span: Span) -> Diagnostic {
    Diagnostic(
      "what is defined here outlives the loop, and would read its variable", at: span,
      hint: "bind the number to a name first, or use '='")
  }

  static func notInFunction(_ thing: String, at span: Span) -> Diagnostic {
    Diagnostic("\(thing) cannot be defined inside a function", at: span)
  }

  static func noValue(at span: Span) -> Diagnostic {
    Diagnostic(
      "expected a number, found nothing", at: span,
      hint: "a function's value is its last expression or what it returns")
  }

  static func noResultYet(at span: Span) -> Diagnostic {
    Diagnostic("there is no result yet", at: span, hint: "a bare expression makes one")
  }

  static func assertionFailed(_ text: String, _ detail: String, at span: Span) -> Diagnostic {
    Diagnostic("assertion failed: \(text)", at: span, hint: detail.isEmpty ? nil : detail)
  }

  static func notClose(
    _ first: String, _ second: String, difference: String, tolerance: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "\(first) and \(second) differ by \(difference), more than \(tolerance)", at: span)
  }

  static func notFinite(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(text, at: span, hint: "without --strict this is a note")
  }

  static func lengths(_ counts: [Int], at span: Span) -> Diagnostic {
    Diagnostic(
      "zip needs arrays of one length, found \(counts.map(String.init).joined(separator: " and "))",
      at: span)
  }

  static func noSuchAttribute(_ name: String, call: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "unknown attribute '.\(name)'", at: span,
      hint: call.map { "the function stands in front: \($0)" }
        ?? "there are .T, .shape, .size and .grad")
  }

  static func notWhole(_ format: String, _ number: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "the format ':\(format)' needs a whole number, found \(number)", at: span,
      hint: ":.0f rounds to one")
  }

  static func badFormat(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "unknown format ':\(text)'", at: span,
      hint: "formats are those of Python: :.4f, :>8.2e, :+.1%, :,d")
  }

  static func interrupted(turn: Int?, at span: Span) -> Diagnostic {
    let place = turn.map { " in turn \($0)" } ?? ""
    return Diagnostic(
      "stopped\(place)", at: span, hint: "names keep the values they had when it was stopped")
  }
}
