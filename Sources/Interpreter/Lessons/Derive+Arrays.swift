import Algebra
import Autodiff
import Syntax
import Tensors

/// `derive x@A@x, x`: derivatives by whole arrays, read off the gradient that backprop writes.
extension Session {
  /// The formula of the derivative of a number with respect to an array; for each entry alike.
  ///
  /// - Parameters:
  ///   - output: a number.
  ///   - text: the words that were typed for it.
  ///   - target: what it is differentiated by.
  ///   - span: the place of the words.
  ///   - report: gets the formula.
  /// - Throws: a `Diagnostic` where the derivative has no short words.
  mutating func deriveByArray(
    _ output: NodeID, text: String, by target: FormulaTarget, at span: Span,
    _ report: inout Report
  ) throws(Diagnostic) {
    let title = DerivedFormula.isOneWord(text) ? text : "(\(text))"
    let count = graph.count
    defer { graph.truncate(to: count) }
    var builder = GradientBuilder()
    builder.usesMasks = false
    let found = try? builder.gradient(of: output, withRespectTo: [target.node], in: &graph)[0]
    guard let found else {
      report.say("∂\(title)/∂\(target.name) = 0")
      report.say("  \(text) does not depend on \(target.name)")
      return
    }
    var names: [NodeID: String] = [:]
    for input in namedInputs(of: found) where !isFormer(input) { names[input] = shown(input) }
    for entry in entries(in: found) { names[entry.node] = entry.name }
    var entries = EntryFormulas()
    do throws(Unreadable) {
      try entries.read(found, in: graph) { names[$0] }
    } catch {
      throw .formulaOfArrays(text, target.name, at: span)
    }
    guard let root = entries.formulas[found] else { return }
    let slope = entries.terms.shortest(root)
    let terms = entries.terms
    guard
      let formula = ClosedFormula(
        slope, in: terms, isOfArrays: true, isFree: { isFree($0) && !terms.names.contains($0) })
    else { throw .formulaOfArrays(text, target.name, at: span) }
    report.say("∂\(title)/∂\(target.name) = \(formula.text)")
    for definition in formula.definitions {
      report.say("  where \(definition.name) = \(definition.text)")
    }
    if !formula.conditions.isEmpty {
      report.say("  for \(formula.conditions.joined(separator: " and "))")
    }
    for line in formula.exceptions { report.say("  \(line)") }
  }
}

extension Diagnostic {
  fileprivate static func formulaOfArrays(_ text: String, _ name: String, at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      "the derivative by \(name) has no short formula", at: span,
      hint: "grad(\(text), \(name)) is its value")
  }
}
