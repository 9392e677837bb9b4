import Autodiff
import Syntax
import Tensors

extension Session.Options {
  /// What can be chosen about the meaning of a program and about its numbers in words.
  package static let settings: [SettingRow<Session.Options>] = [
    SettingRow(
      Setting(
        "digits",
        .number(from: 1, to: 17, or: .init("max", "as many as it takes to read the number back")),
        standard: "6", "significant digits of the numbers shown")
    ) { options, value in options.digits = Digits(text: value) ?? options.digits },
    SettingRow(
      Setting(
        "seed", .number(from: 0, to: nil, or: .init("auto", "0, and a note says so")),
        standard: "auto", "where random numbers begin")
    ) { options, value in options.seed = UInt64(value) },
    SettingRow(.toggle("strict", "whether nan and inf are errors")) { options, value in
      options.isStrict = value == "on"
    },
    SettingRow(
      Setting(
        "kink",
        .choice([
          .init("table", "what each function's row says"),
          .init("left", "each function's slope from below in its argument"),
          .init("right", "its slope from above"), .init("middle", "halfway between the two"),
          .init("error", "none: a derivative at a kink or jump is refused"),
        ]),
        standard: "table", "the derivative where a graph has a kink")
    ) { options, value in options.corners = CornerChoice(rawValue: value) ?? options.corners },
    SettingRow(
      Setting(
        "precision",
        .choice([
          .init("double", "64 bits, about 16 digits"), .init("single", "32 bits, about 7 digits"),
        ]), standard: "double", "to how many bits every value and derivative is rounded")
    ) { options, value in options.precision.isSingle = value == "single" },
    SettingRow(
      .toggle("fma", "whether single precision rounds a product and its sum only once")
    ) { options, value in options.precision.isFused = value == "on" },
    SettingRow(.toggle("timing", "whether each statement says how long it took")) {
      options, value in options.isTimed = value == "on"
    },
  ]
}

extension Digits {
  /// Reads `max` or a number of significant digits.
  init?(text: String) {
    if text == "max" {
      self = .shortest
    } else if let count = Int(text), (1...17).contains(count) {
      self = .significant(count)
    } else {
      return nil
    }
  }
}

extension Session {
  /// Takes the settings that the outermost layer has joined, with the values they start with.
  package mutating func adopt(_ settings: Settings) {
    self.settings = settings
    settings.apply(Options.settings, to: &options)
  }

  /// `:set`, `:set NAME` and `:set NAME VALUE`.
  mutating func set(_ argument: Argument) throws(Diagnostic) -> Outcome? {
    var words = argument.words
    // `digits = 10` reads as it does in the file of settings.
    if words.count > 1, words[1].text == "=" { words.remove(at: 1) }
    guard let name = words.first else { return .answer(settingsListing()) }
    guard let row = settings.row(named: name.text) else {
      let problem = settings.unknown(name.text)
      throw .setting(problem.message, at: name.span, hint: problem.hint)
    }
    guard words.count > 1 else {
      guard row.isToggle else { return .answer(facts(about: row)) }
      let change = try choose(name, Word(text: "on", span: name.span))
      outcomes.append(.answer(["\(row.name) is on now; ':set \(row.name) off' takes that back"]))
      return change
    }
    guard words.count == 2 else {
      let isEquality = words[1].text == "=="
      throw .setting(
        "\(row.name) takes one value", at: words[isEquality ? 1 : 2].span,
        hint: isEquality
          ? "write :set \(row.name) \(words[2].text)" : "it takes \(row.range)")
    }
    return try choose(name, words[1])
  }

  mutating func choose(_ name: Word, _ value: Word) throws(Diagnostic) -> Outcome {
    let kept: String
    do throws(Settings.Problem) {
      kept = try settings.choose(name.text, value.text)
    } catch {
      throw .setting(
        error.message, at: error.isAboutValue ? value.span : name.span, hint: error.hint)
    }
    if let row = Options.settings.first(where: { $0.setting.name == name.text }) {
      row.apply(&options, kept)
    }
    return .setting(name: name.text, value: kept)
  }

  /// One line a setting: name, value, what it is.
  private func settingsListing() -> [String] {
    let width = settings.rows.map(\.name.count).max() ?? 0
    let valueWidth = settings.rows.map { settings[$0.name].count }.max() ?? 0
    return settings.rows.map { row in
      let value = settings[row.name]
      return padded(row.name, width) + "  " + padded(value, valueWidth) + "  " + row.sentence
    }
  }

  /// What a setting is now, and what else it could be.
  func facts(about row: Setting) -> [String] {
    var lines = ["\(row.name) = \(settings[row.name]): \(row.sentence)"]
    if row.isToggle { return lines + ["  values      on, off"] }
    guard case .choice = row.values else {
      lines.append("  values      \(row.range)")
      return lines + row.choices.map { "  \(padded($0.word, 10))  \($0.sentence)" }
    }
    return lines + row.choices.map { "  \(padded($0.word, 10))  \($0.sentence)" }
  }
}

/// A text with blanks behind it up to a width in characters.
func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}
