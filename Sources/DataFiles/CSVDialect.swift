/// The separator of a CSV file, as its first lines tell it.
///
/// A tab goes before a semicolon, a comma and a bar. Where the first line has none of them and the
/// lines below are numbers with blanks between them, blanks separate. Lines that begin with `#` are
/// comments and tell nothing, and `sep=;` in the first line, which spreadsheets write, tells all.
struct CSVDialect: Equatable {
  var separator = UInt8(ascii: ",")
  /// Whether any number of blanks is one separator, and those at the ends of a line are none.
  var isBlankSeparated: Bool { separator == UInt8(ascii: " ") }
  /// The bytes before the first record: a line `sep=;`.
  private(set) var skippedBytes = 0

  init(separator: UInt8) { self.separator = separator }

  /// - Parameters:
  ///   - head: the beginning of the file.
  ///   - firstLine: the line, counted from 1, above which nothing tells the separator.
  init(head: ArraySlice<UInt8>, firstLine: Int) {
    var samples: [ArraySlice<UInt8>] = []
    var rest = head
    var line = 1
    if let stated = CSVDialect.statedSeparator(head) {
      (separator, skippedBytes) = stated
      return
    }
    while samples.count < 2, !rest.isEmpty {
      let record = CSVDialect.record(of: rest)
      let isComment = record.first { $0 != 32 && $0 != 9 } == UInt8(ascii: "#")
      let isBlank = record.allSatisfy { $0 == 32 || $0 == 9 }
      if line >= firstLine, !isBlank, !isComment { samples.append(record) }
      line += 1 + record.count { $0 == 10 }
      rest = rest[record.endIndex...]
      let isPair = rest.starts(with: [13, 10])
      rest = rest.dropFirst(isPair ? 2 : 1)
    }
    guard let first = samples.first else { return }
    let found = CSVDialect.bytesOutsideQuotes(first)
    let signs: [Unicode.Scalar] = ["\t", ";", ",", "|"]
    if let sign = signs.first(where: { found.contains(UInt8(ascii: $0)) }) {
      separator = UInt8(ascii: sign)
    } else if CSVDialect.holdsSeveralNumbers(samples[samples.count - 1]) {
      separator = UInt8(ascii: " ")
    }
  }

  /// The separator that the line `sep=;` states, and the length of that line.
  private static func statedSeparator(_ head: ArraySlice<UInt8>) -> (UInt8, Int)? {
    let line = head.prefix { $0 != 10 && $0 != 13 }
    guard line.count == 5, line.starts(with: Array("sep=".utf8)), let sign = line.last else {
      return nil
    }
    let ends = head[line.endIndex...].prefix(2)
    return (sign, line.count + (ends.elementsEqual([13, 10]) ? 2 : min(1, ends.count)))
  }

  /// The bytes up to the end of the line, where a line end in quotes is none.
  private static func record(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var isQuoted = false
    return bytes.prefix { byte in
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      return isQuoted || byte != 10 && byte != 13
    }
  }

  private static func bytesOutsideQuotes(_ record: ArraySlice<UInt8>) -> Set<UInt8> {
    var isQuoted = false
    var found: Set<UInt8> = []
    for byte in record {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted { found.insert(byte) }
    }
    return found
  }

  /// Whether blanks cut a line into several parts of which some are numbers.
  private static func holdsSeveralNumbers(_ record: ArraySlice<UInt8>) -> Bool {
    let parts = record.split { $0 == 32 }
    return parts.count > 1
      && parts.contains { Double(String(decoding: $0, as: UTF8.self)) != nil }
  }
}
