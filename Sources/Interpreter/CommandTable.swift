import Autodiff
import Syntax

/// A command of the session: one row each; help and completion walk the table.
package struct Command: Sendable {
  package let name: String
  package let usage: String
  package let sentence: String
  let perform: @Sendable (inout Session, String, Span) throws(Diagnostic) -> Outcome?

  package static let all = [
    Command(
      name: "help", usage: ":help [name]", sentence: "what a name means, or how to begin",
      perform: { session, argument, span throws(Diagnostic) in
        .answer(try session.help(argument, at: span))
      }),
    Command(
      name: "vars", usage: ":vars", sentence: "the names of the session and what they stand for",
      perform: { session, _, _ throws(Diagnostic) in .answer(session.listing()) }),
    Command(
      name: "set", usage: ":set NAME VALUE",
      sentence: "changes a setting: digits, format, rows, unfold, plain",
      perform: { session, argument, span throws(Diagnostic) in
        let words = argument.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2 else {
          throw Diagnostic(":set needs a name and a value", at: span, hint: "as in :set digits 10")
        }
        return .setting(session.setting(words[0], words[1], at: span))
      }),
    Command(
      name: "reset", usage: ":reset", sentence: "forgets every name and result",
      perform: { session, _, _ throws(Diagnostic) in
        session.forgetEverything()
        return nil
      }),
    Command(
      name: "quit", usage: ":quit", sentence: "ends the session",
      perform: { _, _, _ throws(Diagnostic) in .quit }),
  ]
}

extension Session {
  mutating func command(_ command: (name: String, argument: String), at span: Span)
    throws(Diagnostic)
  {
    let name = command.name == "exit" ? "quit" : command.name
    guard let row = Command.all.first(where: { $0.name == name }) else {
      let hint = nearest(to: name, among: Command.all.map(\.name)).map { "did you mean ':\($0)'?" }
      throw .unknownCommand(command.name, at: span, hint: hint ?? ":help lists the commands")
    }
    if let outcome = try row.perform(&self, command.argument, span) { outcomes.append(outcome) }
  }

  func setting(_ name: String, _ value: String, at span: Span) -> Setting {
    let start = input.excerptStart(span)
    return Setting(
      name: name, value: value, source: input.excerpt(span),
      span: Span(start: Int(span.start) - start, end: Int(span.end) - start))
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
