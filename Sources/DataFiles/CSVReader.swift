/// Reads a CSV file of numbers, a piece at a time: only the numbers are kept.
///
/// A first record in which some cell is no number names the columns, unless `header` says otherwise.
/// What is read in another way than it is written is told in `remarks`.
package struct CSVReader {
  package struct Options: Sendable {
    /// What stands for a missing cell; nil where that is a mistake.
    package var missing: Double?
    /// Whether a row with a mistake is left out.
    package var skips = false
    /// The line that the names stand in, 0 where there are none; nil where the file is to tell.
    package var header: Int?
    /// The columns that are wanted; nil for all.
    package var columns: [String]?
    /// The byte between whole and fraction; nil where the file is to tell.
    package var decimal: UInt8?

    package init() {}
  }

  /// What is wrong with a cell or a row.
  package struct Mistake: Sendable, Equatable {
    package let line: Int
    /// The column's name; nil where the whole row is wrong.
    package let column: String?
    package let message: String
  }

  /// What is wrong with the file as a whole.
  package enum Failure: Error, Equatable {
    case noRows
    case repeatedName(String, first: Int, second: Int)
    case noColumn(String, among: [String])
    case openQuote(line: Int)
    case notText
    /// Of so many mistakes the first few, and what can be done.
    case mistakes([Mistake], count: Int, Advice?)
  }

  /// An option that reads a file with mistakes.
  package enum Advice: Sendable, Equatable {
    /// The names stand in another line.
    case header(line: Int)
    case decimal
    case skip(filling: Bool)
    /// What is missing has a number, or leaving its rows out leaves some.
    case fill(orSkip: Bool)
    /// These columns have nothing but numbers, and gaps where they are to be filled.
    case choose([String], filling: Bool, orSkip: Bool)
  }

  /// The rows that were left out.
  package private(set) var skipped = 0
  package var mistakes: [Mistake] { found.first }
  package var mistakeCount: Int { found.count }
  /// What a person should know of how the file was read.
  package var remarks: [String] { header.remarks + remarksOnNumbers }

  private let options: Options
  private var decoder = UTF16Reader()
  private var splitter: CSVSplitter
  private var cells = CSVCell(decimal: nil, separator: 0)
  private var header: CSVHeader
  private var table: NumberTable?
  private var failure: Failure?
  private var found = CSVMistakes()
  /// The first number of which something else was kept, and how many there are.
  private var rounded: (text: String, count: Int)?

  package init(_ options: Options = Options()) {
    self.options = options
    splitter = CSVSplitter(firstTellingLine: max(1, options.header ?? 1))
    header = CSVHeader(line: options.header, wanted: options.columns)
  }

  /// Takes the next bytes; false when the rest is not wanted.
  package mutating func take(_ bytes: [UInt8]) -> Bool {
    read(decoder.decoded(bytes), isLast: false)
    return failure == nil
  }

  package mutating func finish() throws(Failure) -> NumberTable {
    read(decoder.finish(), isLast: true)
    if failure == nil, table == nil, header.isKnown { begin() }
    if let failure { throw failure }
    if let line = splitter.openQuote { throw .openQuote(line: line) }
    let rowCount = table?.rowCount ?? 0
    if found.count > 0, !options.skips || rowCount == 0 {
      let advice = found.advice(
        for: table?.names ?? [], knowsDecimal: options.decimal != nil,
        unnamed: options.header == nil ? header.unnamedLine : nil)
      throw .mistakes(found.first, count: found.count, advice)
    }
    guard let table, rowCount > 0 else { throw .noRows }
    return table
  }

  private mutating func read(_ bytes: [UInt8], isLast: Bool) {
    if table == nil, bytes.contains(0) { failure = failure ?? .notText }
    guard failure == nil else { return }
    var records: [CSVSplitter.Record] = []
    splitter.take(bytes) { records.append($0) }
    if isLast { splitter.finish { records.append($0) } }
    for record in records where failure == nil { add(record) }
  }

  private mutating func add(_ record: CSVSplitter.Record) {
    if table != nil { return addRow(record) }
    if let separator = splitter.dialect?.separator, !header.hasBegun {
      cells = CSVCell(decimal: options.decimal, separator: separator)
    }
    guard header.take(record, isNumber: cells.isNumber) else { return }
    begin()
    if failure == nil { addRow(record) }
  }

  /// Begins the table under the names that are known now.
  private mutating func begin() {
    do throws(Failure) {
      try header.choose()
    } catch {
      failure = error
    }
    table = NumberTable(names: header.names, columns: header.names.map { _ in [] })
  }

  private mutating func addRow(_ record: CSVSplitter.Record) {
    guard let names = table?.names else { return }
    var row = record.cells
    if row.isEmpty {
      guard header.width == 1 else { return }
      row = [[]]
    } else if header.isRemark(record) {
      return
    }
    guard row.count == header.width + header.padding,
      row.suffix(header.padding).allSatisfy(\.isEmpty)
    else {
      let isHeader = row.contains { !cells.isNumber($0) }
      let given = row.count - (row.last?.isEmpty == true ? header.padding : 0)
      found.addRow(of: given, insteadOf: header.width, line: record.line, isHeader: isHeader)
      skipped += 1
      return
    }
    var numbers: [Double] = []
    numbers.reserveCapacity(names.count)
    var isWhole = true
    for (place, source) in header.places.enumerated() {
      let cell = row[source]
      switch cells.read(cell, line: record.line) {
      case .number(let number): numbers.append(number)
      case .rounded(let number):
        numbers.append(number)
        note(rounded: number, cell, "line \(record.line) \(names[place])")
      case .missing:
        if let missing = options.missing {
          numbers.append(missing)
        } else {
          isWhole = false
          found.addGap(cell, line: record.line, column: place, names[place])
        }
      case .mistake(let message, let kind):
        isWhole = false
        found.addWord(message, kind, line: record.line, column: place, names[place])
      }
    }
    guard isWhole else {
      skipped += 1
      return
    }
    found.wholeRows += 1
    for (place, number) in numbers.enumerated() { table?.columns[place].append(number) }
  }

  /// Notes a number of which something else was kept, in the words that the language has for it.
  private mutating func note(rounded number: Double, _ cell: [UInt8], _ place: String) {
    let isZero = number == 0
    let count = (rounded?.count ?? 0) + 1
    let nearest = Int(exactly: number).map(String.init) ?? number.description
    let text =
      "\(place): '\(CSVText.shown(cell))' is "
      + (isZero ? "too small for a double and counts as 0" : "no double; the nearest is \(nearest)")
    rounded = (rounded?.text ?? text, count)
  }

  private var remarksOnNumbers: [String] {
    var remarks: [String] = []
    if let rounded {
      remarks.append(rounded.text + (rounded.count > 1 ? "; and \(rounded.count - 1) more" : ""))
    }
    if let cell = cells.ambiguousCell, !cells.isCertain, let sign = cells.decimal {
      let isComma = sign == UInt8(ascii: ",")
      remarks.append(
        "'\(CSVText.shown(cell))' was read with a decimal \(isComma ? "comma" : "point"); "
          + "decimal=\"\(isComma ? "." : ",")\" makes thousands of it")
    }
    return remarks
  }
}
