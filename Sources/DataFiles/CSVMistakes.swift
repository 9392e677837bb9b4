/// What is wrong with a file, as it comes to light, and what can be done about it.
struct CSVMistakes {
  /// Of the mistakes the first few.
  private(set) var first: [CSVReader.Mistake] = []
  private(set) var count = 0
  /// The rows that have none.
  var wholeRows = 0

  /// The columns with a cell that is no number, and those where one is missing.
  private var wrongColumns: Set<Int> = []
  private var openColumns: Set<Int> = []
  private var hasOtherCounts = false
  /// Whether some number has a decimal sign that the others have not.
  private var hasOtherSigns = false
  /// A row with another number of cells than the names: its line, how many, and whether it could
  /// hold names itself; nil where such rows are of several lengths.
  private var longRow: (line: Int, count: Int, isHeader: Bool)?
  private var hasSeveralLengths = false

  private static let shown = 5

  private mutating func add(_ mistake: CSVReader.Mistake) {
    count += 1
    if first.count < CSVMistakes.shown { first.append(mistake) }
  }

  mutating func addGap(_ cell: [UInt8], line: Int, column: Int, _ name: String) {
    openColumns.insert(column)
    let message = cell.isEmpty ? "empty" : "'\(CSVText.shown(cell))'"
    add(CSVReader.Mistake(line: line, column: name, message: message))
  }

  mutating func addWord(
    _ message: String, _ kind: CSVCell.Mistake, line: Int, column: Int, _ name: String
  ) {
    wrongColumns.insert(column)
    hasOtherSigns = hasOtherSigns || kind == .sign
    add(CSVReader.Mistake(line: line, column: name, message: message))
  }

  mutating func addRow(of cells: Int, insteadOf names: Int, line: Int, isHeader: Bool) {
    hasOtherCounts = true
    if let longRow {
      hasSeveralLengths = hasSeveralLengths || longRow.count != cells
    } else {
      longRow = (line, cells, isHeader)
    }
    let message = "\(cells) \(cells == 1 ? "cell" : "cells"), not \(names)"
    add(CSVReader.Mistake(line: line, column: nil, message: message))
  }

  /// What can be done about it, in a file of columns with these names.
  ///
  /// A line of numbers with a gap, where names could stand, is perhaps one of names: years, say.
  func advice(for names: [String], knowsDecimal: Bool, unnamed line: Int?) -> CSVReader.Advice? {
    if let line, first.first?.line == line, wrongColumns.isEmpty { return .header(line: line) }
    let isSkipping = wholeRows > 0
    if !isSkipping, !hasSeveralLengths, let longRow, longRow.isHeader {
      return .header(line: longRow.line)
    }
    if hasOtherSigns, !knowsDecimal { return .decimal }
    let skip = CSVReader.Advice.skip(filling: !openColumns.isEmpty)
    guard !hasOtherCounts else { return isSkipping ? skip : nil }
    if wrongColumns.isEmpty { return .fill(orSkip: isSkipping) }
    let good = names.indices.filter { !wrongColumns.contains($0) }
    if good.isEmpty { return isSkipping ? skip : nil }
    let isFilling = good.contains(where: openColumns.contains)
    return .choose(good.map { names[$0] }, filling: isFilling, orSkip: isSkipping)
  }
}
