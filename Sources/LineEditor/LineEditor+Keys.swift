import CLibEdit

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What libedit does by name at keys that it leaves free or that terminals disagree about.
private let bindings: [(key: String, function: String)] = [
  ("^R", "em-inc-search-prev"), ("^S", "em-inc-search-next"),
  ("\\e[A", "ed-prev-history"), ("\\eOA", "ed-prev-history"),
  ("\\e[B", "ed-next-history"), ("\\eOB", "ed-next-history"),
  ("\\e[H", "ed-move-to-beg"), ("\\eOH", "ed-move-to-beg"), ("\\e[1~", "ed-move-to-beg"),
  ("\\e[F", "ed-move-to-end"), ("\\eOF", "ed-move-to-end"), ("\\e[4~", "ed-move-to-end"),
  ("\\e[3~", "ed-delete-next-char"),
  ("\\e[1;5C", "em-next-word"), ("\\e[1;3C", "em-next-word"),
  ("\\e[1;5D", "ed-prev-word"), ("\\e[1;3D", "ed-prev-word"),
  // The marks around pasted text, from a terminal that was told to send them by someone else.
  ("\\e[200~", ignoreFunction), ("\\e[201~", ignoreFunction),
]

/// Keys of ours that no choice of keys in the person's own settings shall take away.
private let ownBindings = [
  ("^C", interruptFunction), ("^Z", suspendFunction), ("^I", completeFunction),
]

private let interruptFunction = "line-interrupt"
private let suspendFunction = "line-suspend"
private let completeFunction = "line-complete"
private let ignoreFunction = "line-ignore"

extension LineEditor {
  /// Sets the keys up: emacs, then what is missing there, then what the person's file says.
  func bindKeys() {
    guard let editor else { return }
    _ = libedit_add_function(editor, interruptFunction, "Give up the line") { editor, _ in
      LineEditor.of(editor)?.interrupt() ?? UInt8(CC_ERROR)
    }
    _ = libedit_add_function(editor, suspendFunction, "Stop the program") { editor, _ in
      LineEditor.of(editor)?.suspend() ?? UInt8(CC_ERROR)
    }
    _ = libedit_add_function(editor, completeFunction, "Complete the word") { editor, _ in
      LineEditor.of(editor)?.complete() ?? UInt8(CC_ERROR)
    }
    _ = libedit_add_function(editor, ignoreFunction, "Do nothing") { _, _ in UInt8(CC_NORM) }
    _ = libedit_set_editor(editor, "emacs")
    for (key, function) in bindings { _ = libedit_bind(editor, key, function) }
    // ^C and ^Z come as keys: a signal would find libedit in the middle of something, and could
    // not tell a search given up from the end of the input.
    _ = libedit_set_editing_terminal(editor, "-isig")
    // By name, because libedit on Linux finds the file by itself only in some builds.
    let home = environmentVariable("HOME").map { $0 + "/.editrc" }
    if let path = environmentVariable("EDITRC") ?? home { _ = libedit_source(editor, path) }
    for (key, function) in ownBindings {
      _ = libedit_bind(editor, key, function)
      if key != "^I" { _ = libedit_bind_in_command_mode(editor, key, function) }
    }
  }

  /// ^C: the line stays on screen with ^C at its end, and is accepted as one to be thrown away.
  ///
  /// To accept it is how libedit gets the cursor below a line of several rows.
  private func interrupt() -> UInt8 {
    isInterrupted = true
    _ = libedit_move_cursor(editor, Int32.max / 2)
    _ = libedit_insert(editor, "^C".wideCharacters)
    libedit_push(editor, "\n".wideCharacters)
    return UInt8(CC_REFRESH)
  }

  /// ^Z: the terminal is given back as it was, and the line drawn anew when the program goes on.
  private func suspend() -> UInt8 {
    leaveLine()
    _ = libedit_prepare_terminal(editor, 0)
    // All of the group, as the terminal would: a script that waits for us has to stop as well.
    kill(0, SIGTSTP)
    _ = libedit_prepare_terminal(editor, 1)
    _ = TerminalSignals.takeContinue()
    libedit_resize(editor)
    _ = libedit_refresh(editor)
    return UInt8(CC_NORM)
  }
}

extension LineEditor {
  /// One character for libedit, which waits for it; the window may be resized meanwhile.
  func readCharacter(into character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    let next = characters.next {
      while true {
        var byte: UInt8 = 0
        switch read(STDIN_FILENO, &byte, 1) {
        case 1: return .byte(byte)
        case 0: return .end
        default:
          guard errno == EINTR, !TerminalSignals.isInterrupted else { return .failure }
          redrawIfDue()
        }
      }
    }
    switch next {
    case .character(let scalar):
      // A ^D that was typed while the terminal was not yet in our hands arrives as NUL.
      character?.pointee = wchar_t(bitPattern: scalar.value == 0 ? 4 : scalar.value)
      return 1
    case .end: return 0
    case .failure: return -1
    }
  }

  private func redrawIfDue() {
    if TerminalSignals.takeContinue() {
      _ = libedit_prepare_terminal(editor, 1)
      Terminal.write("\r\u{1B}[J")
      _ = libedit_refresh(editor)
    }
    if TerminalSignals.takeResize() {
      libedit_resize(editor)
      // The terminal has wrapped the rows for its new width; the prompt is that far up.
      let up = row(ofLineUpTo: cursor)
      Terminal.write((up > 0 ? "\u{1B}[\(up)A" : "") + "\r\u{1B}[J")
      _ = libedit_refresh(editor)
    }
  }
}
