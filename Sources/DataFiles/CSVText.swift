/// Texts of CSV files, in whatever characters they come.
enum CSVText {
  /// A text; bytes that are no UTF-8 are taken for those of Windows, which Latin-1 is a part of.
  static func decoded(_ bytes: [UInt8]) -> (text: String, isUTF8: Bool) {
    if let text = String(validating: bytes, as: UTF8.self) { return (text, true) }
    var text = ""
    for byte in bytes { text.unicodeScalars.append(windows(byte)) }
    return (text, false)
  }

  /// What a message shows of a cell.
  static func shown(_ cell: [UInt8]) -> String {
    let text = decoded(cell).text.map { $0.isNewline ? " " : $0 }
    // Of a number every digit may count.
    let limit = cell.allSatisfy { (0x2B...0x39).contains($0) } ? 24 : 12
    return text.count <= limit ? String(text) : String(text.prefix(limit - 1)) + "…"
  }

  /// A number without the blanks that part its thousands and with a plain minus.
  ///
  /// That is `1 234,5` with a blank that breaks no line, and `−2`. Nil where the cell has nothing of
  /// the kind, or elsewhere.
  static func withoutThinBlanks(_ cell: [UInt8]) -> [UInt8]? {
    guard cell.contains(where: { $0 >= 0x80 }), cell.count < 100 else { return nil }
    let scalars = Array(decoded(cell).text.unicodeScalars)
    var plain: [UInt8] = []
    for (place, scalar) in scalars.enumerated() {
      switch scalar {
      case "\u{A0}", "\u{202F}", "\u{2009}":
        let group = scalars[(place + 1)...].prefix { ("0"..."9").contains($0) }
        guard group.count == 3, let last = plain.last, last &- UInt8(ascii: "0") <= 9 else {
          return nil
        }
      case "\u{2212}" where place == 0: plain.append(UInt8(ascii: "-"))
      case "0"..."9", ".", ",", "-", "+", "e", "E": plain.append(UInt8(ascii: scalar))
      default: return nil
      }
    }
    return plain
  }

  /// The character that a byte stands for in Windows-1252.
  private static func windows(_ byte: UInt8) -> Unicode.Scalar {
    let special = Array(
      "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
    return (0x80...0x9F).contains(byte) ? special[Int(byte) - 0x80] : Unicode.Scalar(byte)
  }
}

/// Makes UTF-8 of UTF-16, as the bytes come; a byte order mark at the start tells that it is needed.
struct UTF16Reader {
  private var isBig = false
  private var isUTF16: Bool?
  private var rest: [UInt8] = []
  private var highHalf: UInt16?

  mutating func decoded(_ bytes: [UInt8]) -> [UInt8] {
    if isUTF16 == false { return bytes }
    rest += bytes
    if isUTF16 == nil {
      guard rest.count >= 2 else { return [] }
      isBig = rest.starts(with: [0xFE, 0xFF])
      isUTF16 = isBig || rest.starts(with: [0xFF, 0xFE])
      if isUTF16 == true { rest.removeFirst(2) }
    }
    guard isUTF16 == true else { return takeRest() }
    var units: [UInt16] = highHalf.map { [$0] } ?? []
    for place in stride(from: 0, to: rest.count - 1, by: 2) {
      let (first, second) = (UInt16(rest[place]), UInt16(rest[place + 1]))
      units.append(isBig ? first << 8 | second : second << 8 | first)
    }
    rest = rest.count % 2 == 1 ? [rest[rest.count - 1]] : []
    highHalf = nil
    if let last = units.last, UTF16.isLeadSurrogate(last) { highHalf = units.removeLast() }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// What was held back of a file that is too short to tell.
  mutating func finish() -> [UInt8] { isUTF16 == true ? [] : takeRest() }

  private mutating func takeRest() -> [UInt8] {
    defer { rest = [] }
    return rest
  }
}
