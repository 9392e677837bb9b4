import Interpreter
import Tensors

/// How outcomes are to look.
package struct DisplayOptions: Sendable {
  /// One row a format: the names of `--format`.
  package enum Format: String, CaseIterable, Sendable {
    case table, line, value, json, csv, tsv, markdown

    /// Whether it is made to be read from a screen, and not by a program.
    var isForPeople: Bool {
      switch self {
      case .table, .line: true
      case .value, .json, .csv, .tsv, .markdown: false
      }
    }

    package var sentence: String {
      switch self {
      case .table: "every node with its value and its partial derivative"
      case .line: "the value and the partial derivative of every input"
      case .value: "the number alone, in full precision"
      case .json: "one object a line, with every node, in full precision"
      case .csv: "one record an expression: the value, then the partials; commas between"
      case .tsv: "one record an expression: the value, then the partials; tabs between"
      case .markdown: "the table, for a page"
      }
    }
  }

  package enum Color: String, CaseIterable, Sendable {
    case auto, always, never

    package var sentence: String {
      switch self {
      case .auto: "on a terminal that has them, unless NO_COLOR is set"
      case .always: "in files and pipes too"
      case .never: "no escape sequences at all"
      }
    }
  }

  package var format = Format.table
  package var digits = Digits.significant(6)
  package var color = Color.auto
  /// Whether results are colored: what `color` comes to where they go.
  package var isColored = false
  /// Whether glyphs are written by their ASCII twins.
  package var isASCII = false
  /// Each row as words, for screen readers and terminals that cannot do better.
  package var isPlain = false
  /// The columns of the terminal; nil for a pipe, which takes lines of any length.
  package var width: Int?
  /// The most rows a table shows; nil for all of them.
  package var rowLimit: Int?
  package var isUnfolded = false
  /// Whether a person has just typed what an error is about, and needs no place to find it.
  package var isPrompt = false
  /// Whether nodes of derivatives that only pass on another one are rows of their own.
  package var showsMachinery = false
  /// Whether a table names the inputs that it does not use.
  package var showsUnused = true
  /// Whether numbers as they were typed have a derivative in a table.
  package var showsLiterals = true
  /// Whether notes are left out.
  package var isQuiet = false
  /// Whether `json` lists the nodes.
  package var showsNodes = true

  package init() {}
}

extension DisplayOptions {
  /// What can be chosen about the looks.
  package static let settings: [SettingRow<DisplayOptions>] = [
    SettingRow(
      Setting(
        "format", .choice(Format.allCases.map { .init($0.rawValue, $0.sentence) }),
        standard: Format.table.rawValue, "what a bare expression shows")
    ) { options, value in options.format = Format(rawValue: value) ?? options.format },
    SettingRow(
      Setting(
        "rows", .number(from: 4, to: nil, or: .init("all", "however many there are")),
        standard: "all", "the most rows of a table; the middle of a longer one is hidden")
    ) { options, value in options.rowLimit = Int(value) },
    SettingRow(.toggle("unfold", "whether the nodes inside function calls are shown")) {
      options, value in options.isUnfolded = value == "on"
    },
    SettingRow(.toggle("machinery", "whether a derivative's choices and factors of 1 are shown")) {
      options, value in options.showsMachinery = value == "on"
    },
    SettingRow(
      .toggle("unused", isOn: true, "whether a table names the inputs that it does not use")
    ) { options, value in options.showsUnused = value == "on" },
    SettingRow(
      .toggle("literals", isOn: true, "whether numbers as they were typed have a derivative")
    ) { options, value in options.showsLiterals = value == "on" },
    SettingRow(.toggle("plain", "whether each row is said in words, for screen readers")) {
      options, value in options.isPlain = value == "on"
    },
    SettingRow(.toggle("ascii", "whether only ASCII characters are shown")) {
      options, value in
      options.isASCII = value == "on"
    },
    SettingRow(
      Setting(
        "color", .choice(Color.allCases.map { .init($0.rawValue, $0.sentence) }),
        standard: Color.auto.rawValue, "whether output has colors")
    ) { options, value in options.color = Color(rawValue: value) ?? options.color },
  ]
}
