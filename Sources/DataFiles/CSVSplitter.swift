/// Cuts the bytes of a CSV file into records and cells, as they come.
///
/// RFC 4180, and what is met beside it: a byte order mark, line ends of any kind, quotes around
/// separators, line ends and doubled quotes, and other separators than commas.
struct CSVSplitter {
  /// The cells of a line; an empty line has none.
  struct Record {
    var cells: [[UInt8]] = []
    /// The line it begins in.
    var line = 1
    /// Whether it begins with a `#` that stands in no quotes.
    var isComment = false
  }

  /// What is known of the separator; nil until the first record tells it.
  private(set) var dialect: CSVDialect?
  /// The line above which nothing tells the separator.
  private let firstTellingLine: Int

  private var head: [UInt8] = []
  private var cell: [UInt8] = []
  private var record = Record()
  private var isQuoted = false
  /// Whether the cell had quotes, so that what is left of it is not trimmed.
  private var hadQuotes = false
  private var endsQuote = false
  private var isAfterReturn = false
  private var line = 1
  /// The line in which a quote was opened that is still open.
  private(set) var openQuote: Int?

  private static let headSize = 1 << 16
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Makes a splitter that finds the separator out, in the lines from a given one on.
  init(firstTellingLine: Int = 1) { self.firstTellingLine = firstTellingLine }

  init(separator: UInt8) {
    dialect = CSVDialect(separator: separator)
    firstTellingLine = 1
  }

  mutating func take(_ bytes: [UInt8], _ take: (Record) -> Void) {
    guard let dialect else {
      head += bytes
      if head.count >= CSVSplitter.headSize { begin(take) }
      return
    }
    split(bytes[...], dialect, take)
  }

  mutating func finish(_ take: (Record) -> Void) {
    if dialect == nil { begin(take) }
    if !cell.isEmpty || !record.cells.isEmpty || hadQuotes { endRecord(take) }
  }

  private mutating func begin(_ take: (Record) -> Void) {
    let bytes = head.starts(with: CSVSplitter.mark) ? head.dropFirst(3) : head[...]
    let dialect = CSVDialect(head: bytes, firstLine: firstTellingLine)
    self.dialect = dialect
    if dialect.skippedBytes > 0 { (line, record.line) = (2, 2) }
    head = []
    split(bytes.dropFirst(dialect.skippedBytes), dialect, take)
  }

  private mutating func split(
    _ bytes: ArraySlice<UInt8>, _ dialect: CSVDialect, _ take: (Record) -> Void
  ) {
    let quote = UInt8(ascii: "\"")
    let (separator, isBlankSeparated) = (dialect.separator, dialect.isBlankSeparated)
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
        endRecord(take)
      case separator where !isBlankSeparated: endCell()
      case separator: if !cell.isEmpty || hadQuotes { endCell() }
      case quote where cell.allSatisfy { $0 == 32 }:
        cell = []
        (isQuoted, hadQuotes, openQuote) = (true, true, line)
      default: cell.append(byte)
      }
    }
  }

  private mutating func endCell() {
    if record.cells.isEmpty, !hadQuotes {
      record.isComment = cell.first { $0 != 32 && $0 != 9 } == UInt8(ascii: "#")
    }
    record.cells.append(hadQuotes ? cell : CSVSplitter.trimmed(cell))
    cell.removeAll(keepingCapacity: true)
    hadQuotes = false
  }

  private mutating func endRecord(_ take: (Record) -> Void) {
    let isEmpty = record.cells.isEmpty && !hadQuotes && cell.allSatisfy { $0 == 32 || $0 == 9 }
    let endsInBlanks =
      dialect?.isBlankSeparated == true && cell.allSatisfy { $0 == 9 } && !hadQuotes
    if isEmpty || endsInBlanks { cell = [] } else { endCell() }
    take(record)
    record = Record(line: line)
  }

  static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    let isBlank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
    guard let first = bytes.first, let last = bytes.last, isBlank(first) || isBlank(last) else {
      return bytes
    }
    guard let start = bytes.firstIndex(where: { !isBlank($0) }),
      let end = bytes.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return Array(bytes[start...end])
  }
}
