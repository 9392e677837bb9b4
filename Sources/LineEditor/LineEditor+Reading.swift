import CLibEdit

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension LineEditor {
  /// One character for libedit, which waits for it.
  func readCharacter(into character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    switch nextCharacter() {
    case .character(var scalar):
      if scalar == "\u{1B}", hasViKeys { scalar = keyAfterEscape() }
      if isEditingLine {
        clearThePath(for: scalar)
        scalar = compose(scalar)
      }
      // A ^D that was typed while the terminal was not yet in our hands arrives as NUL.
      character?.pointee = wchar_t(bitPattern: scalar.value == 0 ? 4 : scalar.value)
      return 1
    case .end: return 0
    case .failure: return -1
    }
  }

  /// The next character that was typed; the window may be resized meanwhile.
  func nextCharacter() -> CharacterReader.Character {
    if let first = pushedBack.popLast() { return .character(first) }
    return characters.next {
      while true {
        // Asked for only when nothing is held back or pushed back.
        if !isByteWaiting() {
          straightenLine()
          refreshPreview()
        }
        let isReadable = Wakeup.waitForInput()
        // As a signal it means what it means as a key.
        if Interruption.take() { return .byte(interruptKey) }
        redrawIfDue()
        guard isReadable else { continue }
        var byte: UInt8 = 0
        switch read(STDIN_FILENO, &byte, 1) {
        case 1: return .byte(byte)
        case 0: return .end
        default: guard errno == EINTR else { return .failure }
        }
      }
    }
  }

  /// Whether more has been typed, or is on its way within a time.
  func isInputWaiting(_ milliseconds: Int32 = 0) -> Bool {
    !pushedBack.isEmpty || characters.isHoldingBack || isByteWaiting(milliseconds)
  }

  private func isByteWaiting(_ milliseconds: Int32 = 0) -> Bool {
    var entry = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  /// The key that ESC is the beginning of.
  ///
  /// In vi's keys ESC is one by itself. What follows it at once is the rest of another key, for which
  /// a single character stands.
  private func keyAfterEscape() -> Unicode.Scalar {
    var sequence = "\u{1B}"
    var read: [Unicode.Scalar] = []
    while KeySequence.all.contains(where: { $0.bytes.hasPrefix(sequence) }), isInputWaiting(25) {
      guard case .character(let next) = nextCharacter() else { break }
      read.append(next)
      sequence.unicodeScalars.append(next)
      if let key = KeySequence.all.first(where: { $0.bytes == sequence }) {
        return key.stand.unicodeScalars.first ?? "\u{1B}"
      }
    }
    pushedBack += read.reversed()
    return "\u{1B}"
  }

  private func redrawIfDue() {
    if TerminalSignals.takeContinue() {
      Terminal.write("\r\u{1B}[J")
      preview.forget()
      _ = libedit_refresh(editor)
    }
    if TerminalSignals.takeResize() {
      libedit_resize(editor)
      // The terminal has wrapped the rows for its new width; the prompt is that far up.
      goToPrompt()
      _ = libedit_refresh(editor)
    }
  }

  /// Puts the cursor where the prompt begins, and wipes out everything from there on.
  func goToPrompt() {
    let up = place(ofLineUpTo: cursor).row
    Terminal.write((up > 0 ? "\u{1B}[\(up)A" : "") + "\r\u{1B}[J")
    preview.forget()
  }

  /// Makes the line another one, with the cursor at a place of it or at its end.
  func replaceLine(by text: String, cursor place: Int? = nil) {
    _ = libedit_move_cursor(editor, Int32.max / 2)
    libedit_delete_before_cursor(editor, Int32(line.count))
    if !text.isEmpty { _ = libedit_insert(editor, text.wideCharacters) }
    if let place { _ = libedit_move_cursor(editor, Int32(place - cursor)) }
  }
}

private let interruptKey: UInt8 = 3
