/// Bytes on their way to a stream, with the few styles that carry meaning.
package struct Output: Sendable {
  package enum Style: Sendable {
    case plain, faint, emphasis, warning, failure
  }

  package var bytes: [UInt8] = []
  package internal(set) var isColored: Bool

  package init(isColored: Bool = false) { self.isColored = isColored }

  package mutating func write(_ text: String, _ style: Style = .plain) {
    guard isColored, style != .plain else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(contentsOf: code(of: style).utf8)
    bytes.append(contentsOf: text.utf8)
    bytes.append(contentsOf: "\u{1B}[0m".utf8)
  }

  mutating func write(_ bytes: ArraySlice<UInt8>) { self.bytes.append(contentsOf: bytes) }

  mutating func write(repeating character: Character, count: Int) {
    guard count > 0, let byte = character.asciiValue else { return }
    bytes.append(contentsOf: repeatElement(byte, count: count))
  }

  mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

  private func code(of style: Style) -> String {
    switch style {
    case .plain: ""
    case .faint: "\u{1B}[2m"
    case .emphasis: "\u{1B}[1m"
    case .warning: "\u{1B}[33m"
    case .failure: "\u{1B}[31m"
    }
  }
}
