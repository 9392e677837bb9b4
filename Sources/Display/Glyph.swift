/// The characters beyond ASCII in what the program says of its own accord, and their twins.
///
/// None of them can be a part of a name, so a text is respelled without touching the names in it.
/// What a person has typed or prints is not respelled.
package enum Glyph {
  /// One row a character: what stands for it where a terminal shows nothing but ASCII.
  package static let twins: [Unicode.Scalar: String] = [
    "∂": "d", "→": "->", "…": "...", "½": "1/2", "·": "*", "±": "+-",
    "█": "#", "░": ".", "×": "x",
  ]

  static let ellipsis = "…"

  /// A text with the twins of its glyphs.
  ///
  /// A character alone between quotes is spoken of and stays: `unexpected character '→'`.
  package static func ascii(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var respelled = String.UnicodeScalarView()
    let scalars = Array(text.unicodeScalars)
    for (place, scalar) in scalars.enumerated() {
      let isQuoted =
        place > 0 && place + 1 < scalars.count && scalars[place - 1] == "'"
        && scalars[place + 1] == "'"
      if !isQuoted, let twin = twins[scalar] {
        respelled.append(contentsOf: twin.unicodeScalars)
      } else {
        respelled.append(scalar)
      }
    }
    return String(respelled)
  }
}
