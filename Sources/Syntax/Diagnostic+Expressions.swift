/// What can be wrong with an expression.
extension Diagnostic {
  static func expectedOperand(
    at span: Span, found: Token.Kind = .end, hint special: String? = nil
  ) -> Diagnostic {
    if let special {
      return Diagnostic("expected a number, a name or '('", at: span, hint: special)
    }
    let hint: String? =
      switch found {
      case .openBrace: "a list is written [1, 2]"
      case .prime: "text stands in double quotes"
      default: nil
      }
    return Diagnostic("expected a number, a name or '('", at: span, hint: hint)
  }

  static func signBehindNumber(_ sign: String, _ hint: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "'\(sign)' stands between two values, and none follows", at: span,
      hint: "\(hint); a remainder is written 7 \(sign) 3")
  }

  static func expectedOperator(
    before text: String, at span: Span, hint: String?, clue: Clue? = nil
  ) -> Diagnostic {
    Diagnostic("expected an operator before '\(text)'", at: span, hint: hint, clue: clue)
  }

  static func calledOperator(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "'\(word)' behind a value is an operator, not a function", at: span,
      hint: "a product with the function needs its '*': 2*\(word)(7, 3)")
  }

  static func method(
    _ name: String, of receiver: String, arguments: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "there are no methods, so '.\(name)(' means nothing", at: span,
      hint: ForeignName.hint(onMethod: name, of: receiver, arguments: arguments))
  }

  static func unexpected(_ text: String, at span: Span, hint: String? = nil) -> Diagnostic {
    Diagnostic("unexpected '\(text)'", at: span, hint: hint)
  }

  static func looseOperand(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(word)' behind an operator needs parentheses", at: span)
  }

  static func neverClosed(_ opener: Span, in text: UnsafeBufferPointer<UInt8>) -> Diagnostic {
    Diagnostic("'\(text.excerpt(opener))' is never closed", at: opener)
  }

  static func closesNothing(_ closer: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(closer)' closes nothing", at: span)
  }

  static func mismatch(_ closer: String, _ opener: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(closer)' does not close '\(opener)'", at: span)
  }

  static func expectedWord(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic("expected '\(word)'", at: span, hint: conditionalHint)
  }

  static func trailingIf(_ span: Span) -> Diagnostic {
    Diagnostic("unexpected 'if'", at: span, hint: conditionalHint)
  }

  static let conditionalHint = "an 'if' with a value is written: if c then a else b"

  static func withoutIf(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(word)' without 'if'", at: span)
  }

  static func ambiguousProduct(
    _ whole: String, _ left: String, _ middle: String, _ right: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "'\(whole)' can be read two ways", at: span,
      hint: "write \(left)(\(middle)*\(right)) or \(left)\(middle)*\(right)")
  }

  /// `x^2(a + 1)` or `sin^2(x)`: the power of a product is meant by nobody.
  static func ambiguousPower(
    _ whole: String, _ base: String, _ exponent: String, _ right: String, at span: Span
  ) -> Diagnostic {
    let argument = right.hasPrefix("(") ? right : "(\(right))"
    let (product, call) = ("\(base)^\(exponent)*\(right)", "\(base)\(argument)^\(exponent)")
    return Diagnostic(
      "'\(whole)' can be read two ways", at: span,
      hint: "write \(product), or \(call) for a function",
      clue: .byMeaning(
        name: base, function: "write \(call)", number: "write \(product)",
        array: "write \(product)"))
  }

  static func ambiguousProduct(at span: Span) -> Diagnostic {
    Diagnostic("a product without '*' can be read two ways here", at: span, hint: "write the '*'")
  }

  static func equalsInExpression(_ span: Span, hint: String? = nil) -> Diagnostic {
    Diagnostic("'=' inside an expression", at: span, hint: hint ?? "did you mean '=='?")
  }

  static func bindingInExpression(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic("'\(text)' inside an expression", at: span)
  }

  static func decimalComma(at span: Span, hint: String) -> Diagnostic {
    Diagnostic("a comma in a number", at: span, hint: hint)
  }

  static func strayComma(_ span: Span, hint: String? = nil) -> Diagnostic {
    Diagnostic("unexpected ','", at: span, hint: hint ?? "write a; b for one after the other")
  }

  static func commaInParentheses(_ span: Span, hint: String?) -> Diagnostic {
    Diagnostic("a comma inside parentheses", at: span, hint: hint ?? "a list is written [1, 2]")
  }

  static func semicolonInside(_ opener: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "';' inside '\(opener)'", at: span,
      hint: opener == "[" ? "write the rows as lists: [[1, 2], [3, 4]]" : nil)
  }

  static func strayRange(_ span: Span, hint: String?) -> Diagnostic {
    Diagnostic("a range stands only in 'for i in a...b'", at: span, hint: hint)
  }

  static func thirdColon(_ span: Span) -> Diagnostic {
    Diagnostic("a slice has at most start:stop:step", at: span)
  }

  static func primeWithoutCall(_ span: Span, hint: String, clue: Clue?) -> Diagnostic {
    Diagnostic("a prime stands between a name and its argument", at: span, hint: hint, clue: clue)
  }

  static func tooManyPrimes(_ span: Span) -> Diagnostic {
    Diagnostic("more than 255 primes", at: span)
  }
}

/// What can be wrong with a text in quotes.
extension Diagnostic {
  static func unclosedText(_ opener: Span) -> Diagnostic {
    Diagnostic("the text is not closed on its line", at: opener)
  }

  static func unclosedBrace(_ opener: Span) -> Diagnostic {
    Diagnostic("'{' in a text is never closed", at: opener, hint: "write {{ for a brace")
  }

  static func loneBrace(_ span: Span) -> Diagnostic {
    Diagnostic("'}' in a text closes nothing", at: span, hint: "write }} for a brace")
  }

  static func unknownEscape(_ escape: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "unknown escape '\(escape)' in a text", at: span, hint: #"use \n, \t, \" or \\"#)
  }
}
