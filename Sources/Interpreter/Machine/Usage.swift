import Autodiff
import Syntax

/// How functions are called, in the words of messages.
extension Session {
  func usage(of row: Primitive, calledAs name: String? = nil) -> String {
    row.usage(calledAs: name ?? row.shownName)
  }

  func usage(of function: UserFunction) -> String {
    let parameters = function.parameters.enumerated().map { place, parameter in
      place < function.required ? name(parameter) : "\(name(parameter))=…"
    }
    return "\(name(function.name))(\(parameters.joined(separator: ", ")))"
  }

  func count(_ number: Int, _ word: String) -> String {
    number == 1 ? "1 \(word)" : "\(number) \(word)s"
  }

  func takes(_ rows: [Primitive]) -> String {
    if rows[0].takesMore { return "at least \(count(rows[0].arity, "argument"))" }
    let arities = Set(rows.flatMap { [$0.required, $0.arity] }).sorted()
    guard arities.count > 1, let last = arities.last else { return count(arities[0], "argument") }
    return "\(arities[0]) or \(count(last, "argument"))"
  }
}
