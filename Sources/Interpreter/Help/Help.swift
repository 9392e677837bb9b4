import Autodiff
import Optimization
import Syntax
import Tensors

/// Help from the tables.
extension Session {
  func help(_ argument: Argument) throws(Diagnostic) -> [String] {
    let words = argument.words
    guard words.count < 2 else {
      if let topic = Topic.named(argument.text) { return help(on: topic.name) }
      throw .noHelp(argument.text, at: argument.span, hint: "':help' explains one name at a time")
    }
    // What '#' means can be asked as well; otherwise a comment begins there.
    let asked = words.first?.text ?? (argument.text == "#" ? "#" : nil)
    guard let topic = asked else { return overview() }
    let found = explanations(of: topic)
    if !found.isEmpty { return found }
    let known =
      knownNames + Lesson.all.map(\.name) + Training.all.map(\.name) + Command.all.map(\.name)
      + settings.rows.map(\.name)
      + Topic.all.map(\.name) + Topic.all.flatMap(\.aliases) + Keyword.allCases.map(\.spelling)
    let hint = nearest(to: topic, among: known).map { "did you mean '\($0)'?" }
    throw .noHelp(topic, at: argument.span, hint: hint ?? "':help' lists the topics")
  }

  /// What there is to say of a word, by everything that goes by it.
  private func explanations(of word: String) -> [String] {
    var lines: [String] = []
    if let name = parser.names.find(word), name.index < bindings.count, isBound(name) {
      lines.append("\(statement(of: name))   (':deps \(word)' tells more)")
    }
    for row in Primitive.all where row.callableNames.contains(word) { lines += describe(row) }
    for form in Form.all where form.name == word {
      lines += ["\(form.usage): \(form.sentence)"] + example(form.example)
    }
    for lesson in Lesson.all where lesson.name == word {
      lines += ["\(lesson.usage): \(lesson.sentence)", "  example     \(lesson.example)"]
    }
    for training in Training.all where training.name == word {
      lines += ["\(training.usage): \(training.sentence)", "  example     \(training.example)"]
    }
    for optimizer in Optimizer.all where optimizer.name == word { lines += describe(optimizer) }
    for sign in Operator.rows(spelled: word) { lines += describe(sign, writtenAs: word) }
    for constant in Builtin.constants where constant.name == word {
      lines.append("\(constant.name) = \(constant.value): \(constant.sentence)")
    }
    if Builtin.lastResultNames.contains(word) { return help(on: "results") }
    if let command = Command.named(word.first == ":" ? String(word.dropFirst()) : word) {
      lines += ["\(command.usage): \(command.sentence)", "  example     \(command.example)"]
    }
    if let setting = settings.row(named: word) { lines += facts(about: setting) }
    if let topic = Topic.named(word), lines.isEmpty || !topic.aliases.contains(word) {
      lines += help(on: topic.name)
    }
    if lines.isEmpty, let topic = Session.topics[word] { return help(on: topic) }
    return lines
  }

  /// The topics that keywords belong to.
  private static let topics: [String: String] = [
    "if": "loops", "then": "loops", "else": "loops", "for": "loops", "in": "loops",
    "repeat": "loops", "while": "loops", "break": "loops", "continue": "loops",
    "return": "functions", "param": "names", "print": "texts", "assert": "texts",
    "at": "derivatives", "=": "names", ":=": "names", "$": "results", "\"": "texts",
    "[": "arrays", "#": "texts",
  ]

  private func help(on topic: String) -> [String] {
    guard let topic = Topic.all.first(where: { $0.name == topic }) else { return [] }
    var lines = ["\(topic.name): \(topic.sentence)"] + topic.lines.map { "  \($0)" }
    if !topic.examples.isEmpty {
      lines += ["  to try:"] + topic.examples.map { "    \($0)" }
    }
    return lines + (topic.table.map(listing) ?? [])
  }

  private func describe(_ sign: Operator, writtenAs word: String) -> [String] {
    let row = Primitive.named(sign.function)?.row
    // What is a function as well has said the rest already.
    if let row, row.callableNames.contains(word) {
      return ["x \(word) y: the same, also written x \(sign.spelling) y"]
    }
    return ["\(sign.spelling): \(sign.summary)"] + (row.map(describe)?.dropFirst() ?? [])
  }

  /// What to begin with and where to read on, on one screen of 24 rows.
  private func overview() -> [String] {
    let topics = Topic.all.filter(\.isListed)
    let width = topics.map(\.name.count).max() ?? 0
    return [
      "type an expression to see its value and every partial derivative:",
      "  x1 = 2; x2 = 3; x1*x2 + x2*4.3 + 30",
      "bind names:   x = 2   y = x^2 (as it is now)   y := x^2 (follows x)   f(x) = x^2",
      "derivatives:  grad(y, x)   f'(x)   at another point: y at x = 5",
      "topics, each told by its name, as in ':help arrays':",
    ] + topics.map { "  \(padded($0.name, width))  \($0.sentence)" } + [
      "on one word:  :help tanh  :help :save    what goes wrong first:  :help mistakes"
    ]
  }

  /// One line for each row of a table, or the names alone where there are many.
  private func listing(_ table: Topic.Table) -> [String] {
    switch table {
    case .functions:
      return wrapped(Primitive.all.filter(\.isFunction).map(\.name) + Form.all.map(\.name))
    case .statements:
      return aligned(
        Lesson.all.map { ($0.usage, $0.sentence) } + Training.all.map { ($0.usage, $0.sentence) })
    case .commands: return aligned(Command.all.map { ($0.usage, $0.sentence) })
    }
  }

  private func aligned(_ rows: [(usage: String, sentence: String)]) -> [String] {
    let width = rows.map(\.usage.count).filter { $0 <= 24 }.max() ?? 0
    return rows.flatMap { row in
      row.usage.count > width
        ? ["  \(row.usage)", "  \(padded("", width))  \(row.sentence)"]
        : ["  \(padded(row.usage, width))  \(row.sentence)"]
    }
  }

  /// Words one behind the other, as many as fit on a line.
  private func wrapped(_ words: [String]) -> [String] {
    var lines = [" "]
    for word in words {
      if lines[lines.count - 1].count + word.count > 76 { lines.append(" ") }
      lines[lines.count - 1] += " \(word)"
    }
    return lines
  }
}
