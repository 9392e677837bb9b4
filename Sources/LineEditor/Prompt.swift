/// A prompt in libedit's form: colours and the like between quotes, because they take no columns.
struct Prompt {
  /// The character around what takes no columns; it never stands in a prompt itself.
  static let quote: Unicode.Scalar = "\u{1}"

  /// The quoted text.
  let text: String

  /// The text without escape sequences, for a terminal that knows none.
  let plainText: String

  /// The columns the prompt takes.
  let width: Int

  /// Quotes the escape sequences (`ESC [ … letter`) of a prompt.
  init(_ prompt: String) {
    var visible: [Unicode.Scalar] = []
    var styles: [Int: String] = [:]
    var rest = Substring(prompt).unicodeScalars
    while let scalar = rest.popFirst() {
      guard scalar == "\u{1B}", rest.first == "[" else {
        if scalar != Self.quote { visible.append(scalar) }
        continue
      }
      var sequence = String(scalar)
      while let next = rest.popFirst() {
        sequence.unicodeScalars.append(next)
        if next != "[", (0x40...0x7E).contains(next.value) { break }
      }
      styles[visible.count, default: ""] += sequence
    }
    // libedit hangs a quoted text on the character after it, and leaves it out where there is
    // none: what follows the last character is moved in front of it, which for "> " is no change
    // to be seen.
    if let last = styles.removeValue(forKey: visible.count), !visible.isEmpty {
      styles[visible.count - 1, default: ""] += last
    }
    var text = ""
    for (index, scalar) in visible.enumerated() {
      if let style = styles[index] { text += "\(Self.quote)\(style)\(Self.quote)" }
      text.unicodeScalars.append(scalar)
    }
    self.text = text
    plainText = String(String.UnicodeScalarView(visible))
    width = displayWidth(of: plainText)
  }
}
