import CLibEdit

extension LineEditor {
  private static let pastedPrompts = ["> ", "∇ "]

  /// Takes what the terminal marks as pasted into the line, where it waits for Return.
  func paste() -> UInt8 {
    var pasted = PastedText()
    isEditingLine = false
    defer { isEditingLine = true }
    while case .character(let scalar) = nextCharacter() {
      // ^C gives up even where the mark at the end is missing.
      if scalar == "\u{3}", !isInputWaiting() {
        pushedBack.append(scalar)
        break
      }
      if pasted.append(scalar) { break }
    }
    let text = CombiningMark.composed(
      pasted.cleaned(prompts: Self.pastedPrompts, continuation: Self.continuationPrompt))
    guard !text.isEmpty else { return UInt8(CC_NORM) }
    _ = libedit_insert(editor, text.wideCharacters)
    return UInt8(CC_REFRESH)
  }
}
