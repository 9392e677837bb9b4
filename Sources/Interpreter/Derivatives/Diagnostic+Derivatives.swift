import Syntax
import Tensors

/// What can be wrong with a question for a derivative.
extension Diagnostic {
  static func notScalar(_ form: String, _ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "\(form) needs a single number to differentiate, found shape \(shape)", at: span,
      hint: "take \(form) of sum(y), or all of them with jacobian(y, x)")
  }

  static func notANode(at span: Span, isNameable: Bool = false) -> Diagnostic {
    Diagnostic(
      "a derivative is taken with respect to a name, or to entries of one", at: span,
      hint: isNameable
        ? "give it a name first, u = …, and build what is differentiated from u" : nil)
  }

  static func entryTwice(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "an entry comes twice in \(name), which has no derivative of its own for each", at: span,
      hint: "name every entry once")
  }

  static func stale(
    _ output: String, _ name: String, was: String, now: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "\(output) was computed with an earlier \(name) (\(was), now \(now))", at: span,
      hint: "compute it again, or keep it live with \":=\"")
  }

  static func constantTarget(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "\(name) is a constant here, and nothing was built from it", at: span,
      hint: "value(\(name)) is an input of its own")
  }

  static func otherValueInside(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "\(name) has another value inside 'at'", at: span,
      hint: "put at behind the derivative: grad(y, \(name)) at \(name) = …")
  }

  static func wrongShape(
    _ factor: String, _ found: Shape, _ name: String, _ wanted: Shape, at span: Span
  ) -> Diagnostic {
    let foundText = found.isScalar ? "a single number" : "shape \(found)"
    let wantedText = wanted.isScalar ? "a single number" : "shape \(wanted)"
    return Diagnostic(
      "\(factor) \(name) needs \(wantedText), found \(foundText)", at: span)
  }

  static func wrongCount(_ form: String, _ found: Int, names: Int, at span: Span) -> Diagnostic {
    Diagnostic("\(form) needs a direction for each of \(names) names, found \(found)", at: span)
  }
}
