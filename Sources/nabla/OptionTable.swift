import Interpreter

/// One row an option: parsing, help and completion walk the table.
struct OptionRow: Sendable {
  let long: String
  let short: Character?
  /// What the option takes, as help says it; nil for a switch.
  let argument: String?
  let sentence: String
  /// Notes the option; gives what is wrong with its argument.
  let apply: @Sendable (inout Arguments, String) -> String?

  init(
    _ long: String, _ short: Character? = nil, takes argument: String? = nil, _ sentence: String,
    apply: @escaping @Sendable (inout Arguments, String) -> String?
  ) {
    (self.long, self.short, self.argument) = (long, short, argument)
    (self.sentence, self.apply) = (sentence, apply)
  }

  /// A setting as an option: one that is on or off is turned on.
  init(setting name: String, _ short: Character? = nil, takes argument: String? = nil) {
    self.init(
      name, short, takes: argument, Settings.all.row(named: name)?.optionSentence ?? ""
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
    OptionRow("keep-going", "k", "go on after a failed statement, count the failures at the end") {
      arguments, _ in
      arguments.keepsGoing = true
      return nil
    },
    OptionRow("quiet", "q", "no banner and no notes") { arguments, _ in
      arguments.isQuiet = true
      return nil
    },
    OptionRow(setting: "color", "c", takes: "WHEN"),
    OptionRow(setting: "plain", "p"),
    OptionRow(setting: "unfold", "u"),
    OptionRow(setting: "ascii"),
    OptionRow("no-nodes", nil, "leave the nodes out of json") { arguments, _ in
      arguments.showsNodes = false
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
}

extension Setting {
  /// The setting in one line of `--help`.
  fileprivate var optionSentence: String {
    if isToggle { return sentence.hasPrefix("whether ") ? String(sentence.dropFirst(8)) : sentence }
    guard case .choice = values else { return "\(sentence), \(range) (default \(standard))" }
    return words.map { $0 == standard ? "\($0) (default)" : $0 }.joined(separator: ", ")
  }
}
