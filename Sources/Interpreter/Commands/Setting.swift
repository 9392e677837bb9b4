/// Something a person may choose: its name, the values it takes, and what they mean.
package struct Setting: Sendable {
  /// One word that a setting takes, and what it brings about.
  package struct Choice: Sendable {
    package let word: String
    package let sentence: String

    package init(_ word: String, _ sentence: String) {
      (self.word, self.sentence) = (word, sentence)
    }
  }

  package enum Values: Sendable {
    case choice([Choice])
    /// A whole number, or one word instead; without a last number there is no upper end.
    case number(from: Int, to: Int?, or: Choice)
  }

  package let name: String
  package let sentence: String
  package let values: Values
  /// The value as long as nobody chooses another.
  package let standard: String

  package init(_ name: String, _ values: Values, standard: String, _ sentence: String) {
    (self.name, self.values, self.standard, self.sentence) = (name, values, standard, sentence)
  }

  /// A setting that is on or off.
  package static func toggle(_ name: String, isOn: Bool = false, _ sentence: String) -> Setting {
    Setting(
      name, .choice([Choice("on", "yes"), Choice("off", "no")]), standard: isOn ? "on" : "off",
      sentence)
  }

  package var isToggle: Bool { words == ["on", "off"] }

  /// The words it takes; a number is none of them.
  package var words: [String] { choices.map(\.word) }

  package var choices: [Choice] {
    switch values {
    case .choice(let choices): choices
    case .number(_, _, let other): [other]
    }
  }

  /// The values it takes, for people: `1 to 17, or max`.
  package var range: String {
    switch values {
    case .choice: words.joined(separator: ", ")
    case .number(let first, let last, let other):
      "\(first) \(last.map { "to \($0)" } ?? "or more"), or \(other.word)"
    }
  }

  /// Reads a value as it was typed.
  ///
  /// - Returns: the value in the one way it is kept, nil for what the setting does not take.
  package func read(_ text: String) -> String? {
    switch values {
    case .choice(let choices):
      return choices.contains { $0.word == text } ? text : nil
    case .number(let first, let last, let other):
      if text == other.word { return text }
      guard let number = Int(text), number >= first, number <= last ?? .max else { return nil }
      return String(number)
    }
  }

  /// What is wrong with a value that `read` did not take.
  package func complaint(about text: String) -> String {
    switch values {
    case .choice:
      let last = words.last ?? ""
      let others = words.dropLast().joined(separator: ", ")
      return "\(name) is \(others) or \(last), not '\(text)'"
    case .number(let first, let last, let other):
      let numbers = last.map { "from \(first) to \($0)" } ?? "from \(first) on"
      return "\(name) is a number \(numbers) or \(other.word), not '\(text)'"
    }
  }
}

/// A setting with what it changes: each layer has rows for what is its own.
package struct SettingRow<Holder>: Sendable {
  package let setting: Setting
  /// Carries out a value that the setting has read.
  package let apply: @Sendable (inout Holder, String) -> Void

  package init(_ setting: Setting, apply: @escaping @Sendable (inout Holder, String) -> Void) {
    (self.setting, self.apply) = (setting, apply)
  }
}

/// The settings of a session with their values as they are now.
package struct Settings: Sendable {
  package let rows: [Setting]
  private var values: [String]

  package init(_ rows: [Setting]) {
    self.rows = rows
    values = rows.map(\.standard)
  }

  package func row(named name: String) -> Setting? { rows.first { $0.name == name } }

  /// The value of a setting; empty where there is no such setting.
  package subscript(name: String) -> String {
    place(of: name).map { values[$0] } ?? ""
  }

  /// What is wrong with the name or the value of a setting.
  package struct Problem: Error {
    package let message: String
    package let hint: String?
    /// Whether the value is wrong, not the name.
    package let isAboutValue: Bool
  }

  /// Gives a setting a value.
  ///
  /// - Returns: the value in the one way it is kept.
  @discardableResult
  package mutating func choose(_ name: String, _ text: String) throws(Problem) -> String {
    guard let place = place(of: name) else { throw unknown(name) }
    guard let value = rows[place].read(text) else {
      let nearest = nearest(to: text, among: rows[place].words)
      throw Problem(
        message: rows[place].complaint(about: shortened(text)),
        hint: nearest.map { "did you mean '\($0)'?" }, isAboutValue: true)
    }
    values[place] = value
    return value
  }

  package func unknown(_ name: String) -> Problem {
    let nearest = nearest(to: name, among: rows.map(\.name))
    return Problem(
      message: "there is no setting '\(shortened(name))'",
      hint: nearest.map { "did you mean '\($0)'?" } ?? "':set' lists them", isAboutValue: false)
  }

  /// Carries out every row of a layer with the values as they are.
  package func apply<Holder>(_ rows: [SettingRow<Holder>], to holder: inout Holder) {
    for row in rows { row.apply(&holder, self[row.setting.name]) }
  }

  private func place(of name: String) -> Int? { rows.firstIndex { $0.name == name } }
}

/// A word that somebody typed, however long, fit for a message.
func shortened(_ word: String) -> String {
  word.utf8.count <= 60 ? word : word.prefix(59) + "…"
}
