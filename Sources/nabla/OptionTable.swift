import Display

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

  static let all = [
    OptionRow("expression", "e", takes: "EXPR", "evaluate EXPR; may be given several times") {
      $0.expressions.append($1)
      return nil
    },
    OptionRow(
      "format", "f", takes: "FORMAT",
      "table (default), line, value, json, csv, tsv or markdown"
    ) { arguments, value in arguments.display.set("format", to: value) },
    OptionRow("digits", "d", takes: "N", "significant digits, 1 to 17 or max (default 6)") {
      arguments, value in arguments.display.set("digits", to: value)
    },
    OptionRow("strict", "s", "make nan and inf errors") { arguments, _ in
      arguments.isStrict = true
      return nil
    },
    OptionRow("keep-going", "k", "go on after a failed statement, count the failures at the end") {
      arguments, _ in
      arguments.keepsGoing = true
      return nil
    },
    OptionRow("quiet", "q", "no banner and no notes") { arguments, _ in
      arguments.isQuiet = true
      return nil
    },
    OptionRow("color", "c", takes: "WHEN", "auto (default), always or never") {
      arguments, value in
      guard let color = Arguments.Color(rawValue: value) else {
        return "color is auto, always or never, not '\(value)'"
      }
      arguments.color = color
      return nil
    },
    OptionRow("plain", "p", "each row in words, for screen readers") { arguments, _ in
      arguments.display.isPlain = true
      return nil
    },
    OptionRow("unfold", "u", "show the nodes inside function calls") { arguments, _ in
      arguments.display.isUnfolded = true
      return nil
    },
    OptionRow("no-nodes", nil, "leave the nodes out of json") { arguments, _ in
      arguments.display.showsNodes = false
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
