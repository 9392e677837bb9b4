import Interpreter

/// One row an option: parsing, help, the manual page and completion walk the table.
struct OptionRow: Sendable {
  let long: String
  let short: Character?
  /// What the option takes, as help says it; nil for a switch.
  let argument: String?
  /// The words that it takes, and what comes of each.
  let choices: [Setting.Choice]
  let sentence: String
  /// Notes the option; gives what is wrong with its argument.
  let apply: @Sendable (inout Arguments, String) -> String?

  init(
    _ long: String, _ short: Character? = nil, takes argument: String? = nil,
    from choices: [Setting.Choice] = [], _ sentence: String,
    apply: @escaping @Sendable (inout Arguments, String) -> String?
  ) {
    (self.long, self.short, self.argument) = (long, short, argument)
    (self.choices, self.sentence, self.apply) = (choices, sentence, apply)
  }

  /// A setting as an option: one that is on or off is turned on.
  init(setting name: String, _ short: Character? = nil, takes argument: String? = nil) {
    let row = Settings.all.row(named: name)
    self.init(
      name, short, takes: argument, from: argument == nil ? [] : row?.choices ?? [],
      row?.optionSentence ?? ""
    ) { arguments, text in
      var settings = Settings.all
      do throws(Settings.Problem) {
        try settings.choose(name, argument == nil ? "on" : text)
      } catch {
        return error.message
      }
      arguments.choices.append((name, argument == nil ? "on" : text))
      return nil
    }
  }

  static let all: [OptionRow] = [
    OptionRow("expression", "e", takes: "EXPR", "evaluate EXPR; may be given several times") {
      $0.expressions.append($1)
      return nil
    },
    OptionRow(setting: "format", "f", takes: "FORMAT"),
    OptionRow(setting: "digits", "d", takes: "N"),
    OptionRow(setting: "strict", "s"),
    OptionRow(setting: "precision", takes: "BITS"),
    OptionRow("keep-going", "k", "go on after a failed statement, count the failures at the end") {
      arguments, _ in
      arguments.keepsGoing = true
      return nil
    },
    OptionRow("quiet", "q", "no banner, no notes and no progress") { arguments, _ in
      arguments.isQuiet = true
      return nil
    },
    OptionRow(setting: "color", "c", takes: "WHEN"),
    OptionRow(setting: "plain", "p"),
    OptionRow(setting: "unfold", "u"),
    OptionRow(setting: "ascii", "a"),
    OptionRow("no-nodes", nil, "leave the nodes out of json") { arguments, _ in
      arguments.showsNodes = false
      return nil
    },
    OptionRow("generate", nil, takes: "WHAT", from: companion.choices, companion.sentence) {
      arguments, value in
      guard let kind = companion.read(value).flatMap(Companion.init) else {
        return companion.complaint(about: value)
      }
      arguments.companion = kind
      return nil
    },
    OptionRow("no-init", nil, "start without the person's settings and first script") {
      arguments, _ in
      arguments.readsConfiguration = false
      return nil
    },
    OptionRow("no-history", nil, "neither read nor write the history of the prompt") {
      arguments, _ in
      arguments.keepsHistory = false
      return nil
    },
    OptionRow("help", "h", "show this help") { arguments, _ in
      arguments.wantsHelp = true
      return nil
    },
    OptionRow("version", "V", "show the version") { arguments, _ in
      arguments.wantsVersion = true
      return nil
    },
  ]

  private static let companion = Setting(
    "generate", .choice(Companion.allCases.map { .init($0.rawValue, $0.sentence) }), standard: "",
    "write the manual page, or the completions of a shell")

  /// `-f` and `--format`.
  var names: [String] { (short.map { ["-\($0)"] } ?? []) + ["--\(long)"] }

  /// Whether it may stand on the command line more than once.
  var isRepeated: Bool { long == "expression" }

  /// What help says of it, with the words that it takes.
  var summary: String {
    // One word among numbers is told with the numbers.
    guard choices.count > 1 else { return sentence }
    return "\(sentence): \(choices.map(\.word).joined(separator: ", "))"
  }
}

extension Setting {
  /// The setting in one line of `--help`.
  fileprivate var optionSentence: String {
    if isToggle { return sentence.hasPrefix("whether ") ? String(sentence.dropFirst(8)) : sentence }
    guard case .choice = values else { return "\(sentence), \(range) (default \(standard))" }
    return "\(sentence) (default \(standard))"
  }
}
