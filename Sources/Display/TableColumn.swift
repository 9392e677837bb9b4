import Syntax

/// A column of a table in one store, so that a million rows need no million strings.
struct TableColumn {
  /// The columns of the terminal that the widest cell takes.
  private(set) var widest = 0
  /// The same of the cells that cannot be shortened: numbers and shapes, but no arrays.
  private(set) var widestNumber = 0
  private let isASCII: Bool
  /// The text of all cells, to which that of the next is appended before `endCell`.
  ///
  /// A closure that writes it would take the session along, which is copied then.
  var bytes: [UInt8] = []
  private var ends: [Int] = []

  init(isASCII: Bool) { self.isASCII = isASCII }

  /// Ends the cell of the next row.
  mutating func endCell() {
    let start = ends.last ?? 0
    if isASCII, !bytes[start...].allSatisfy({ $0 < 0x80 }) {
      let text = Glyph.ascii(String(decoding: bytes[start...], as: UTF8.self))
      bytes.replaceSubrange(start..., with: text.utf8)
    }
    ends.append(bytes.count)
    let width = displayWidth(ofUTF8: bytes[start...])
    widest = max(widest, width)
    if start == bytes.count || bytes[start] != UInt8(ascii: "[") {
      widestNumber = max(widestNumber, width)
    }
  }

  var count: Int { ends.count }

  subscript(row: Int) -> ArraySlice<UInt8> {
    bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]]
  }

  func width(_ row: Int) -> Int { displayWidth(ofUTF8: self[row]) }

  func text(_ row: Int) -> String { String(decoding: self[row], as: UTF8.self) }
}

/// The columns that UTF-8 text takes on a terminal.
func displayWidth(ofUTF8 bytes: ArraySlice<UInt8>) -> Int {
  if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.count }
  return displayWidth(of: String(decoding: bytes, as: UTF8.self))
}
