import Autodiff
import Syntax

/// Calls such as `sum(1, 2, 3)`, where an array was meant by several numbers.
extension Session {
  /// Applies a row; where that fails, says how several numbers are given to it.
  mutating func applyAdvised(
    _ rows: [Builtin.Overload], _ site: CallSite, primes: Int, at span: Span
  ) throws(Diagnostic) {
    // What is on the stack is taken from it by the attempt.
    let isListed =
      site.positional > 1 && site.keywords.isEmpty && areNumbers(site.positional)
      && (rows.count == 1 || !rows.contains { $0.id.row.arguments.count == site.positional })
    do throws(Diagnostic) {
      try apply(rows, site, primes: primes, at: span)
    } catch {
      guard error.hint == nil, error.span == span else { throw error }
      let name = name(site.name)
      if let hint = ForeignName.calls["\(name)/\(site.count)"] {
        throw Diagnostic(error.message, at: span, hint: hint)
      }
      if isListed, name == "solve" {
        throw Diagnostic(error.message, at: span, hint: ForeignName.words["newton"])
      }
      guard isListed, let hint = hintOnList(rows[0].id.row, name, at: span) else { throw error }
      let usage = usage(of: rows[0].id.row, calledAs: name)
      throw Diagnostic(
        "\(usage) takes one argument, not \(site.count) numbers", at: span, hint: hint)
    }
  }

  private func areNumbers(_ count: Int) -> Bool {
    stack.suffix(count).allSatisfy { value in
      if case .node(let id) = value { graph.isScalar(id) } else { false }
    }
  }

  private func hintOnList(_ row: Primitive, _ name: String, at span: Span) -> String? {
    let text = argumentText(ofCall: span)
    guard row.arity == 1, !row.isVariadic, case .operand? = row.arguments.first,
      row.options.allSatisfy({ !$0.isRequired && !$0.takesRest })
    else { return nil }
    let parts = text.split(separator: ",").map { $0.drop { $0 == " " } }
    let areDigits = parts.count == 2 && parts.allSatisfy { $0.allSatisfy(\.isNumber) }
    let decimal = areDigits && !row.takesArrays ? "\(name)(\(parts[0]).\(parts[1])), or " : ""
    return "write \(decimal)\(name)([\(text)])"
  }
}
