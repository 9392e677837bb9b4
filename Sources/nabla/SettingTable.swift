import Display
import Interpreter

/// What can be chosen about the prompt.
struct PromptOptions: Sendable {
  /// The keys that the line is edited with.
  enum Editor: String, CaseIterable, Sendable {
    case emacs, vi

    var sentence: String {
      switch self {
      case .emacs: "^A, ^E, ^W and the like"
      case .vi: "Escape leads to commands, as in vi"
      }
    }
  }

  var showsPreview = true
  var editor = Editor.emacs

  static let settings: [SettingRow<PromptOptions>] = [
    SettingRow(.toggle("preview", isOn: true, "whether the value is shown while a line is typed")) {
      options, value in options.showsPreview = value == "on"
    },
    SettingRow(
      Setting(
        "editor", .choice(Editor.allCases.map { .init($0.rawValue, $0.sentence) }),
        standard: Editor.emacs.rawValue, "the keys that lines are edited with")
    ) { options, value in options.editor = Editor(rawValue: value) ?? options.editor },
  ]
}

extension Settings {
  /// Every setting of the program, each from the layer it belongs to.
  static let all = Settings(
    Session.Options.settings.map(\.setting) + DisplayOptions.settings.map(\.setting)
      + PromptOptions.settings.map(\.setting))
}
