import CLibEdit

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A function of ours that keys can be bound to; people may name it in their `.editrc`.
private struct Function {
  let name: String
  let help: String
  let perform: @convention(c) (OpaquePointer?, Int32) -> UInt8

  static let interrupt = Function(name: "line-interrupt", help: "Give up the line") { editor, _ in
    LineEditor.of(editor)?.interrupt() ?? UInt8(CC_ERROR)
  }
  static let suspend = Function(name: "line-suspend", help: "Stop the program") { editor, _ in
    LineEditor.of(editor)?.suspend() ?? UInt8(CC_ERROR)
  }
  static let complete = Function(name: "line-complete", help: "Complete the word") { editor, _ in
    LineEditor.of(editor)?.complete() ?? UInt8(CC_ERROR)
  }
  static let paste = Function(name: "line-paste", help: "Insert what is pasted") { editor, _ in
    LineEditor.of(editor)?.paste() ?? UInt8(CC_ERROR)
  }
  static let older = Function(name: "line-older", help: "The last entry like it") { editor, _ in
    LineEditor.of(editor)?.goUp() ?? UInt8(CC_ERROR)
  }
  static let newer = Function(name: "line-newer", help: "The next entry like it") { editor, _ in
    LineEditor.of(editor)?.goDown() ?? UInt8(CC_ERROR)
  }
  static let searchOlder = Function(name: "line-search", help: "Search backwards") { editor, _ in
    LineEditor.of(editor)?.search(.older) ?? UInt8(CC_ERROR)
  }
  static let searchNewer = Function(name: "line-search-on", help: "Search forwards") { editor, _ in
    LineEditor.of(editor)?.search(.newer) ?? UInt8(CC_ERROR)
  }

  static let all = [
    interrupt, suspend, complete, paste, older, newer, searchOlder, searchNewer,
  ]
}

/// What keys do that libedit leaves free or that terminals disagree about.
private let bindings: [(key: String, function: String)] = [
  ("^R", Function.searchOlder.name), ("^S", Function.searchNewer.name),
  ("^P", Function.older.name), ("^N", Function.newer.name),
  ("\\e[A", Function.older.name), ("\\eOA", Function.older.name),
  ("\\e[B", Function.newer.name), ("\\eOB", Function.newer.name),
  ("\\e[H", "ed-move-to-beg"), ("\\eOH", "ed-move-to-beg"), ("\\e[1~", "ed-move-to-beg"),
  ("\\e[F", "ed-move-to-end"), ("\\eOF", "ed-move-to-end"), ("\\e[4~", "ed-move-to-end"),
  ("\\e[3~", "ed-delete-next-char"),
  ("\\e[1;5C", "em-next-word"), ("\\e[1;3C", "em-next-word"),
  ("\\e[1;5D", "ed-prev-word"), ("\\e[1;3D", "ed-prev-word"),
  ("\\e[200~", Function.paste.name),
]

/// The same in vi's keys, where ESC is a key of its own: `KeySequence` stands for what follows it.
private let viBindings: [(key: String, function: String)] =
  [("^R", Function.searchOlder.name)] + KeySequence.all.map { ($0.stand, $0.function) }

private let viCommandBindings: [(key: String, function: String)] =
  [("k", Function.older.name), ("j", Function.newer.name)]
  + KeySequence.all.map { ($0.stand, $0.function) }

/// Keys of ours that no choice of keys in the person's own settings shall take away.
private let ownBindings = [
  ("^C", Function.interrupt.name), ("^Z", Function.suspend.name), ("^I", Function.complete.name),
]

/// A sequence of bytes for one key, and the single character that stands for it in vi's keys.
struct KeySequence {
  let bytes: String
  let stand: String
  let function: String

  /// The characters U+0080 to U+009F are typed by nobody, and libedit can bind each of them.
  static let all: [KeySequence] =
    bindings.filter { $0.key.hasPrefix("\\e") }
    .enumerated().map { place, binding in
      KeySequence(
        bytes: "\u{1B}" + binding.key.dropFirst(2),
        stand: String(Unicode.Scalar(UInt8(0x80 + place))), function: binding.function)
    }
    + [
      KeySequence(bytes: "\u{1B}[C", stand: "\u{9C}", function: "ed-next-char"),
      KeySequence(bytes: "\u{1B}OC", stand: "\u{9D}", function: "ed-next-char"),
      KeySequence(bytes: "\u{1B}[D", stand: "\u{9E}", function: "ed-prev-char"),
      KeySequence(bytes: "\u{1B}OD", stand: "\u{9F}", function: "ed-prev-char"),
    ]
}

extension LineEditor {
  /// Between lines the terminal keeps quiet; while one is edited, ^C and ^Z come as keys: a signal
  /// would find libedit in the middle of something, and could not tell a search given up from the
  /// end of the input.
  func quietTerminal() {
    // ^S is a key as well.
    for setting in ["-isig", "-ixon"] { _ = libedit_set_editing_terminal(editor, setting) }
    for setting in ["-icanon", "-echo"] { _ = libedit_set_running_terminal(editor, setting) }
  }

  /// Makes our functions known by their names.
  func addFunctions() {
    for function in Function.all {
      _ = libedit_add_function(editor, function.name, function.help, function.perform)
    }
  }

  /// Sets the keys up: emacs, then what is missing there, then what the person's file says.
  func bindKeys() {
    guard let editor else { return }
    _ = libedit_set_editor(editor, Keys.emacs.rawValue)
    for (key, function) in bindings { _ = libedit_bind(editor, key, function) }
    // By name, because libedit on Linux finds the file by itself only in some builds.
    let home = environmentVariable("HOME").map { $0 + "/.editrc" }
    if let path = environmentVariable("EDITRC") ?? home { _ = libedit_source(editor, path) }
    if hasViKeys { bindViKeys() }
    bindOwnKeys()
  }

  var hasViKeys: Bool {
    guard let editor else { return false }
    return String(cString: libedit_editor(editor)) == Keys.vi.rawValue
  }

  /// Changes to other keys; what the person's file binds belongs to those it asks for.
  func change(keys: Keys) {
    guard let editor else { return }
    _ = libedit_set_editor(editor, keys.rawValue)
    if keys == .vi {
      bindViKeys()
    } else {
      for (key, function) in bindings { _ = libedit_bind(editor, key, function) }
    }
    bindOwnKeys()
  }

  private func bindViKeys() {
    for (key, function) in viBindings { _ = libedit_bind(editor, key, function) }
    for (key, function) in viCommandBindings {
      _ = libedit_bind_in_command_mode(editor, key, function)
    }
  }

  private func bindOwnKeys() {
    for (key, function) in ownBindings {
      _ = libedit_bind(editor, key, function)
      if hasViKeys, key != "^I" { _ = libedit_bind_in_command_mode(editor, key, function) }
    }
  }

  /// ^C: the line stays on screen with ^C at its end, and is accepted as one to be thrown away.
  ///
  /// To accept it is how libedit gets the cursor below a line of several rows.
  fileprivate func interrupt() -> UInt8 {
    isInterrupted = true
    _ = libedit_move_cursor(editor, Int32.max / 2)
    _ = libedit_insert(editor, "^C".wideCharacters)
    libedit_push(editor, "\n".wideCharacters)
    return UInt8(CC_REFRESH)
  }

  /// ^Z: the terminal is given back as it was, and the line drawn anew when the program goes on.
  fileprivate func suspend() -> UInt8 {
    leaveLine()
    // All of the group, as the terminal would: a script that waits for us has to stop as well.
    kill(0, SIGTSTP)
    _ = TerminalSignals.takeContinue()
    libedit_resize(editor)
    _ = libedit_refresh(editor)
    return UInt8(CC_NORM)
  }
}
