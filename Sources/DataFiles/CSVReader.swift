/// Columns of numbers under names.
package struct NumberTable: Sendable, Equatable {
  package var names: [String]
  /// As many lists as names, all of one length.
  package var columns: [[Double]]

  package init(names: [String], columns: [[Double]]) {
    (self.names, self.columns) = (names, columns)
  }

  package var rowCount: Int { columns.first?.count ?? 0 }
}

/// Reads a CSV file of numbers, a piece at a time: only the numbers are kept.
///
/// A first record in which some cell is neither a number nor missing names the columns. An empty
/// cell, `NA`, `N/A`, `null` and `none` are missing; `nan`, `inf` and `-inf` are numbers. Where the
/// separator is no comma, a comma is a decimal point.
package struct CSVReader {
  package struct Options: Sendable {
    /// What stands for a missing cell; nil where that is a mistake.
    package var missing: Double?
    /// Whether a row with a mistake is left out.
    package var skips = false

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
    case openQuote(line: Int)
    case notText
    /// Of so many mistakes the first few.
    case mistakes([Mistake], count: Int)
  }

  /// Of the mistakes the first few, and how many there are.
  package private(set) var mistakes: [Mistake] = []
  package private(set) var mistakeCount = 0
  /// The rows that were left out.
  package private(set) var skipped = 0

  private let options: Options
  private var splitter = CSVSplitter()
  private var table: NumberTable?
  private var failure: Failure?

  static let shownMistakes = 5

  package init(_ options: Options = Options()) { self.options = options }

  /// Takes the next bytes; false when the rest is not wanted.
  package mutating func take(_ bytes: [UInt8]) -> Bool {
    if table == nil, bytes.contains(0) { failure = failure ?? .notText }
    guard failure == nil else { return false }
    var records: [([[UInt8]], Int)] = []
    splitter.take(bytes) { records.append(($0, $1)) }
    for (cells, line) in records { add(cells, line) }
    return failure == nil
  }

  package mutating func finish() throws(Failure) -> NumberTable {
    var records: [([[UInt8]], Int)] = []
    if failure == nil { splitter.finish { records.append(($0, $1)) } }
    for (cells, line) in records { add(cells, line) }
    if let failure { throw failure }
    if let line = splitter.openQuote { throw .openQuote(line: line) }
    if mistakeCount > 0, !options.skips { throw .mistakes(mistakes, count: mistakeCount) }
    guard let table, table.rowCount > 0 else {
      if mistakeCount > 0 { throw .mistakes(mistakes, count: mistakeCount) }
      throw .noRows
    }
    return table
  }

  private mutating func add(_ cells: [[UInt8]], _ line: Int) {
    guard failure == nil else { return }
    guard table == nil else { return addRow(cells, line) }
    let isHeader = cells.contains { cell in
      if case .text = read(cell) { true } else { false }
    }
    let names =
      isHeader
      ? cells.map { String(decoding: $0, as: UTF8.self) } : cells.indices.map { "c\($0)" }
    for (place, name) in names.enumerated() {
      guard let first = names.firstIndex(of: name), first < place else { continue }
      failure = .repeatedName(name, first: first + 1, second: place + 1)
      return
    }
    table = NumberTable(names: names, columns: names.map { _ in [] })
    if !isHeader { addRow(cells, line) }
  }

  private mutating func addRow(_ cells: [[UInt8]], _ line: Int) {
    guard let names = table?.names else { return }
    guard cells.count == names.count else {
      note(
        line, nil,
        "\(cells.count) \(cells.count == 1 ? "cell" : "cells"), not \(names.count)")
      skipped += 1
      return
    }
    var numbers: [Double] = []
    var isWhole = true
    for (place, cell) in cells.enumerated() {
      switch read(cell) {
      case .number(let number): numbers.append(number)
      case .missing where options.missing != nil: numbers.append(options.missing ?? .nan)
      case .missing:
        isWhole = false
        note(line, names[place], cell.isEmpty ? "empty" : "'\(shown(cell))'")
      case .text:
        isWhole = false
        note(line, names[place], "'\(shown(cell))'")
      }
    }
    guard isWhole else {
      skipped += 1
      return
    }
    for (place, number) in numbers.enumerated() { table?.columns[place].append(number) }
  }

  private mutating func note(_ line: Int, _ column: String?, _ message: String) {
    mistakeCount += 1
    if mistakes.count < CSVReader.shownMistakes {
      mistakes.append(Mistake(line: line, column: column, message: message))
    }
  }

  private func shown(_ cell: [UInt8]) -> String {
    let text = String(decoding: cell, as: UTF8.self).map { $0.isNewline ? " " : $0 }
    return text.count <= 12 ? String(text) : String(text.prefix(11)) + "…"
  }

  private enum Cell {
    case number(Double)
    case missing
    case text
  }

  private static let missingWords: Set<String> = ["", "na", "n/a", "null", "none"]
  private static let numberWords: [String: Double] = [
    "nan": .nan, "inf": .infinity, "+inf": .infinity, "-inf": -.infinity,
    "infinity": .infinity, "-infinity": -.infinity,
  ]

  private func read(_ cell: [UInt8]) -> Cell {
    var bytes = cell
    if splitter.separator != UInt8(ascii: ",") {
      let commas = bytes.count { $0 == UInt8(ascii: ",") }
      if commas == 1, !bytes.contains(UInt8(ascii: ".")) {
        bytes = bytes.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
      }
    }
    let isPlain = bytes.allSatisfy { byte in
      (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if isPlain, !bytes.isEmpty {
      return Double(text).map(Cell.number) ?? .text
    }
    let word = text.lowercased()
    if CSVReader.missingWords.contains(word) { return .missing }
    return CSVReader.numberWords[word].map(Cell.number) ?? .text
  }
}
