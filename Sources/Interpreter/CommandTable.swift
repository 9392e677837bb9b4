import Autodiff
import Syntax

/// A command of the session: one row each; help, completion and the reference walk the table.
package struct Command: Sendable {
  /// What its argument is, for completion.
  package enum Takes: Sendable { case nothing, topic, setting }

  package let name: String
  package let usage: String
  package let sentence: String
  package let example: String
  package let takes: Takes
  let perform: @Sendable (inout Session, Argument) throws(Diagnostic) -> Outcome?

  package static let all = [
    Command(
      name: "help", usage: ":help [name]", sentence: "what a name means, or how to begin",
      example: ":help sin", takes: .topic,
      perform: { session, argument throws(Diagnostic) in .answer(try session.help(argument)) }),
    Command(
      name: "vars", usage: ":vars", sentence: "the names of the session and what they stand for",
      example: ":vars", takes: .nothing,
      perform: { session, _ throws(Diagnostic) in .answer(session.listing()) }),
    Command(
      name: "set", usage: ":set [name [value]]",
      sentence: "lists the settings, shows one, or changes it",
      example: ":set digits 10", takes: .setting,
      perform: { session, argument throws(Diagnostic) in try session.set(argument) }),
    Command(
      name: "reset", usage: ":reset", sentence: "forgets every name and result",
      example: ":reset", takes: .nothing,
      perform: { session, _ throws(Diagnostic) in
        session.forgetEverything()
        return nil
      }),
    Command(
      name: "quit", usage: ":quit", sentence: "ends the session", example: ":quit",
      takes: .nothing,
      perform: { _, _ throws(Diagnostic) in .quit }),
  ]

  /// The row that a word means; `exit` means `quit`.
  static func named(_ word: String) -> Command? {
    let name = word == "exit" ? "quit" : word
    return all.first { $0.name == name }
  }
}

extension Session {
  mutating func command(_ command: (name: String, argument: String), at span: Span)
    throws(Diagnostic)
  {
    guard let row = Command.named(command.name) else {
      let end = min(Int(span.end), Int(span.start) + 1 + command.name.utf8.count)
      let hint = nearest(to: command.name, among: Command.all.map(\.name))
      throw .unknownCommand(
        command.name, at: Span(start: Int(span.start), end: end),
        hint: hint.map { "did you mean ':\($0)'?" } ?? "':help' lists the commands")
    }
    let start = Int(span.end) - command.argument.utf8.count
    let argument = Argument(
      text: command.argument,
      span: command.argument.isEmpty ? span : Span(start: start, end: Int(span.end)), start: start)
    let outcome = try row.perform(&self, argument)
    if let outcome { outcomes.append(outcome) }
  }

  mutating func forgetEverything() {
    for index in bindings.indices {
      if case .none = bindings[index] { continue }
      bind(NameID(index: index), to: .none)
    }
    (results, resultCount, remarks) = ([], 0, Remarks())
  }

  /// One line for each name, in the order they were first read.
  func listing() -> [String] {
    var lines: [String] = []
    for index in bindings.indices {
      let name = name(NameID(index: index))
      switch bindings[index] {
      case .none: continue
      case .value(.node(let id)): lines.append("\(name) = \(valueText(id))")
      case .value(.text(let text)): lines.append("\(name) = \"\(text)\"")
      case .value(let value): lines.append("\(name): \(value.kind)")
      case .parameter(let id): lines.append("param \(name) = \(valueText(id))")
      case .live(let formula): lines.append("\(name) := \(formula.text)")
      case .function(let function): lines.append(function.text)
      }
    }
    return lines.isEmpty ? ["no names yet"] : lines
  }
}
