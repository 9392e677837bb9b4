import Autodiff
import Syntax

/// A command of the session: one row each; help, completion and the reference walk the table.
package struct Command: Sendable {
  /// What its argument is, for completion.
  package enum Takes: Sendable { case nothing, count, topic, setting, name, file, statement }

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
      name: "deps", usage: ":deps name",
      sentence: "what a name is built from, and what follows from it",
      example: ":deps y", takes: .name,
      perform: { session, argument throws(Diagnostic) in
        .answer(try session.dependencies(argument))
      }),
    Command(
      name: "undo", usage: ":undo [count]", sentence: "takes back the last line, or several",
      example: ":undo 2", takes: .count,
      perform: { session, argument throws(Diagnostic) in .answer(try session.undo(argument)) }),
    Command(
      name: "redo", usage: ":redo [count]", sentence: "does again what ':undo' took back",
      example: ":redo", takes: .count,
      perform: { session, argument throws(Diagnostic) in .answer(try session.redo(argument)) }),
    Command(
      name: "history", usage: ":history [count]",
      sentence: "the lines of this session, or the last ones",
      example: ":history 20", takes: .count,
      perform: { session, argument throws(Diagnostic) in .answer(try session.history(argument)) }),
    Command(
      name: "load", usage: ":load file", sentence: "runs a script in this session",
      example: ":load train.nabla", takes: .file,
      perform: { session, argument throws(Diagnostic) in
        session.request = .load(try session.fileRequest(argument))
        return nil
      }),
    saving(
      "save", mayReplace: false,
      "writes a script that gives the names of this session their values",
      example: ":save work.nabla"),
    saving(
      "save!", mayReplace: true, "like ':save', and replaces a file that is no script of Nabla's",
      example: ":save! work.txt"),
    Command(
      name: "set", usage: ":set [name [value]]",
      sentence: "lists the settings, shows one, or changes it",
      example: ":set digits 10", takes: .setting,
      perform: { session, argument throws(Diagnostic) in try session.set(argument) }),
    Command(
      name: "time", usage: ":time statement",
      sentence: "runs a statement and says how long it took; on and off do so for all",
      example: ":time exp(1)", takes: .statement,
      perform: { session, argument throws(Diagnostic) in try session.time(argument) }),
    Command(
      name: "reset", usage: ":reset", sentence: "forgets every name and result",
      example: ":reset", takes: .nothing,
      perform: { session, _ throws(Diagnostic) in .note(session.forgetEverything()) }),
    Command(
      name: "quit", usage: ":quit", sentence: "ends the session", example: ":quit",
      takes: .nothing,
      perform: { _, _ throws(Diagnostic) in .quit }),
  ]

  /// A row that writes the session to a file.
  private static func saving(
    _ name: String, mayReplace: Bool, _ sentence: String, example: String
  ) -> Command {
    Command(
      name: name, usage: ":\(name) file", sentence: sentence, example: example, takes: .file,
      perform: { session, argument throws(Diagnostic) in
        session.request = .save(try session.fileRequest(argument), mayReplace: mayReplace)
        return nil
      })
  }

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
    var command = command
    // `:save! file` reads as a command of its own.
    if command.argument.first == "!", Command.named("\(command.name)!") != nil {
      command.name += "!"
      command.argument = String(command.argument.dropFirst().drop { $0 == " " })
    }
    guard let row = Command.named(command.name) else {
      let end = min(Int(span.end), Int(span.start) + 1 + command.name.utf8.count)
      let begun = Command.all.map(\.name).filter { $0.hasPrefix(command.name) }
      let hint =
        nearest(to: command.name, among: Command.all.map(\.name))
        ?? (begun.count == 1 ? begun[0] : nil)
      throw .unknownCommand(
        command.name, at: Span(start: Int(span.start), end: end),
        hint: hint.map { "did you mean ':\($0)'?" } ?? "':help' lists the commands")
    }
    let start = Int(span.end) - command.argument.utf8.count
    let argument = Argument(
      text: command.argument,
      span: command.argument.isEmpty ? span : Span(start: start, end: Int(span.end)), start: start,
      example: row.example)
    switch row.takes {
    case .file, .statement: break
    case .nothing, .count, .topic, .setting, .name:
      guard argument.text.first != "(" else {
        let inner = argument.text.dropFirst().prefix { $0 != ")" }
        let whole =
          inner.isEmpty || row.takes == .nothing ? ":\(row.name)" : ":\(row.name) \(inner)"
        throw .calledCommand(command.name == row.name ? whole : command.name, at: argument.span)
      }
    }
    if row.takes == .nothing, let word = argument.words.first {
      throw .needless(word.text, behind: row.name, at: word.span)
    }
    let outcome = try row.perform(&self, argument)
    if let outcome { outcomes.append(outcome) }
  }

  /// Forgets every name and result, and says how many there were.
  mutating func forgetEverything() -> String {
    var names = 0
    for index in bindings.indices {
      if case .none = bindings[index] { continue }
      bind(NameID(index: index), to: .none)
      names += 1
    }
    let results = resultCount
    if results > 0 { forgottenResults = self.results }
    (self.results, resultCount, remarks) = ([], 0, Remarks())
    if imperative.byteCount > 0 { rememberImperative() }
    imperative = Imperative()
    let parts = [(names, "name"), (results, "result")].filter { $0.0 > 0 }
    guard !parts.isEmpty else { return "there is nothing to forget" }
    let text = parts.map { count($0.0, $0.1) }.joined(separator: " and ")
    return "forgot \(text); ':undo' brings \(names + results == 1 ? "it" : "them") back"
  }

  /// The names that are bound, in the order they were first read.
  var boundNames: [String] {
    bindings.indices.compactMap { index in
      if case .none = bindings[index] { nil } else { name(NameID(index: index)) }
    }
  }

  /// One line for each name, in the order they were first read.
  func listing() -> [String] {
    let lines = bindings.indices.compactMap { index -> String? in
      if case .none = bindings[index] { nil } else { statement(of: NameID(index: index)) }
    }
    return lines.isEmpty ? ["no names yet"] : lines
  }

  /// What a name stands for, as a statement would say it.
  func statement(of id: NameID) -> String {
    let name = name(id)
    switch bindings[id.index] {
    case .none: return name
    case .value(.node(let id)): return "\(name) = \(valueText(id))"
    case .value(.text(let text)): return "\(name) = \(literal(text))"
    case .value(let value): return "\(name): \(value.kind)"
    case .parameter(let id): return "param \(name) = \(valueText(id))"
    case .live(let formula): return "\(name) := \(formula.text)"
    case .function(let function): return function.text
    }
  }
}
