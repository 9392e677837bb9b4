import Syntax

extension String {
  /// The text with the numbers of characters that would steer a terminal or turn the direction of
  /// writing in their places; line ends and tabs stay.
  ///
  /// A program cannot hold such characters, but a name or a cell in a file of data can.
  package var harmless: String {
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x09 }) { return self }
    guard unicodeScalars.contains(where: \.isTreacherous) else { return self }
    return unicodeScalars.map { $0.isTreacherous ? $0.printable : String($0) }.joined()
  }
}

extension Unicode.Scalar {
  fileprivate var isTreacherous: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
