/// Cuts the bytes of a CSV file into records and cells, as they come.
///
/// RFC 4180, and what is met beside it: a byte order mark, line ends of any kind, quotes around
/// separators, line ends and doubled quotes, and other separators than commas.
struct CSVSplitter {
  /// The separator; nil until the first record tells it.
  private(set) var separator: UInt8?
  /// Called with the cells of each record and the line it begins in.
  typealias Record = (_ cells: [[UInt8]], _ line: Int) -> Void

  private var head: [UInt8] = []
  private var cell: [UInt8] = []
  private var cells: [[UInt8]] = []
  private var isQuoted = false
  /// Whether the cell had quotes, so that what is left of it is not trimmed.
  private var hadQuotes = false
  private var endsQuote = false
  private var isAfterReturn = false
  private var line = 1
  private var firstLine = 1
  /// The line in which a quote was opened that is still open.
  private(set) var openQuote: Int?

  private static let headSize = 1 << 16
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(separator: UInt8? = nil) { self.separator = separator }

  mutating func take(_ bytes: [UInt8], _ record: Record) {
    guard separator != nil else {
      head += bytes
      if head.count >= CSVSplitter.headSize { begin(record) }
      return
    }
    split(bytes[...], record)
  }

  mutating func finish(_ record: Record) {
    if separator == nil { begin(record) }
    if !cell.isEmpty || !cells.isEmpty || hadQuotes { endRecord(record) }
  }

  /// Finds the separator in the first record: a tab before a semicolon before a comma.
  private mutating func begin(_ record: Record) {
    let bytes = head.starts(with: CSVSplitter.mark) ? head.dropFirst(3) : head[...]
    var isQuoted = false
    var found: Set<UInt8> = []
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 10 || byte == 13 {
        if found.isEmpty { continue }
        break
      }
      found.insert(byte)
    }
    separator =
      [UInt8(ascii: "\t"), UInt8(ascii: ";")].first(where: found.contains)
      ?? UInt8(ascii: ",")
    head = []
    split(bytes, record)
  }

  private mutating func split(_ bytes: ArraySlice<UInt8>, _ record: Record) {
    let quote = UInt8(ascii: "\"")
    for byte in bytes {
      if isQuoted {
        if byte == 10 { line += 1 }
        if byte == quote {
          (isQuoted, endsQuote, openQuote) = (false, true, nil)
        } else {
          cell.append(byte)
        }
        continue
      }
      if endsQuote, byte == quote {
        // A doubled quote is one, and the cell goes on.
        cell.append(quote)
        (isQuoted, endsQuote, openQuote) = (true, false, line)
        continue
      }
      endsQuote = false
      let wasReturn = isAfterReturn
      isAfterReturn = byte == 13
      switch byte {
      case 10, 13:
        if byte == 10, wasReturn { continue }
        line += 1
        endRecord(record)
      case separator: endCell()
      case quote where cell.allSatisfy { $0 == 32 }:
        cell = []
        (isQuoted, hadQuotes, openQuote) = (true, true, line)
      default: cell.append(byte)
      }
    }
  }

  private mutating func endCell() {
    cells.append(hadQuotes ? cell : CSVSplitter.trimmed(cell))
    (cell, hadQuotes) = ([], false)
  }

  private mutating func endRecord(_ record: Record) {
    defer { firstLine = line }
    // An empty line is no record.
    if cells.isEmpty, !hadQuotes, cell.allSatisfy({ $0 == 32 || $0 == 9 }) {
      cell = []
      return
    }
    endCell()
    record(cells, firstLine)
    cells = []
  }

  static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    let isBlank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return Array(bytes[first...last])
  }
}
