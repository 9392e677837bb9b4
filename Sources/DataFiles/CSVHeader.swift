/// The names of the columns of a CSV file, and which of the columns are wanted.
struct CSVHeader {
  /// All names, in the order of the file, then those of the wanted columns.
  private(set) var names: [String] = []
  /// Where the wanted columns stand in a row.
  private(set) var places: [Int] = []
  /// The cells that a row has, and those behind them that a separator at its end makes.
  private(set) var width = 0
  private(set) var padding = 0
  private(set) var remarks: [String] = []
  /// Whether names have been found, so that only rows can follow.
  private(set) var isKnown = false
  /// The line of the first numbers where no line has names.
  private(set) var unnamedLine: Int?
  /// Whether a record has come.
  private(set) var hasBegun = false

  /// The line of the names, 0 for none, nil where the file is to tell.
  private let line: Int?
  private let wanted: [String]?
  /// The last comment, whose words are the names where nothing else is.
  private var comment: CSVSplitter.Record?

  init(line: Int?, wanted: [String]?) { (self.line, self.wanted) = (line, wanted) }

  /// Takes a record above the numbers; true where it is the first row of numbers itself.
  mutating func take(_ record: CSVSplitter.Record, isNumber: ([UInt8]) -> Bool) -> Bool {
    if let line, !isKnown, record.line < line { return false }
    if !isKnown, record.cells.isEmpty { return false }
    hasBegun = true
    if record.cells.isEmpty { return isKnown && width == 1 }
    if isKnown {
      fit(to: record.cells, isNumber)
      return true
    }
    if record.isComment, line.map({ $0 == 0 || record.line > $0 }) ?? true {
      comment = record
      return false
    }
    let isHeader = line.map { $0 > 0 } ?? record.cells.contains { !isNumber($0) }
    if isHeader {
      setNames(of: record.isComment ? CSVHeader.uncommented(record) : record.cells, record.line)
      return false
    }
    setNamesByPlace(record)
    return true
  }

  /// Whether a row among the numbers is a remark: `#` and a blank, or nothing.
  ///
  /// Spreadsheets write errors such as `#DIV/0!`, which are none; nor is a row with all its cells.
  func isRemark(_ record: CSVSplitter.Record) -> Bool {
    guard record.isComment, let first = record.cells.first else { return false }
    let isMarked = first.count == 1 || first[1] == 32 || first[1] == UInt8(ascii: "#")
    return isMarked && (width == 1 || record.cells.count != width)
  }

  /// Leaves the wanted columns, whose names must be there and must differ.
  mutating func choose() throws(CSVReader.Failure) {
    places = Array(names.indices)
    if let wanted {
      places = []
      for name in wanted {
        guard let place = names.firstIndex(of: name) else {
          throw .noColumn(name, among: names)
        }
        if let other = names.lastIndex(of: name), other > place {
          throw .repeatedName(name, first: place + 1, second: other + 1)
        }
        places.append(place)
      }
      names = places.map { names[$0] }
    }
    var first: [String: Int] = [:]
    for (name, place) in zip(names, places) {
      if let other = first.updateValue(place, forKey: name) {
        throw .repeatedName(name, first: other + 1, second: place + 1)
      }
    }
  }

  private mutating func setNames(of cells: [[UInt8]], _ line: Int) {
    var isUTF8 = true
    names = cells.map { cell in
      let decoded = CSVText.decoded(cell)
      isUTF8 = isUTF8 && decoded.isUTF8
      return decoded.text
    }
    if !isUTF8 {
      remarks.append("line \(line) is not UTF-8: its names were read as those of Windows-1252")
    }
    (width, isKnown) = (names.count, true)
  }

  /// Makes the names fit the first row: a row may begin with a cell that has no name, or end in a
  /// separator.
  private mutating func fit(to row: [[UInt8]], _ isNumber: ([UInt8]) -> Bool) {
    if row.count == width + 1, row.last?.isEmpty == true {
      padding = 1
      remarks.append("every row ends in a separator, behind which nothing was read")
    } else if row.count == width + 1, row.dropFirst().contains(where: isNumber) {
      names.insert("", at: 0)
      width += 1
    } else if row.count == width, width > 1, names.last?.isEmpty == true, row.last?.isEmpty == true
    {
      names.removeLast()
      (width, padding) = (width - 1, 1)
    }
    for place in names.indices where names[place].isEmpty {
      names[place] = "c\(place)"
      remarks.append("column \(place + 1) has no name and is called c\(place)")
    }
  }

  private mutating func setNamesByPlace(_ record: CSVSplitter.Record) {
    (width, isKnown) = (record.cells.count, true)
    if let comment, line == nil {
      let words = CSVHeader.uncommented(comment)
      if words.count == width, words.allSatisfy({ !$0.isEmpty }) {
        setNames(of: words, comment.line)
        return remarks.append(
          "the names of the columns are those of the comment in line \(comment.line)")
      }
    }
    if width > 1, record.cells.last?.isEmpty == true, line == 0 || wanted != nil {
      (width, padding) = (width - 1, 1)
    }
    names = (0..<width).map { "c\($0)" }
    unnamedLine = record.line
    guard line == nil else { return }
    let called =
      switch width {
      case 1: "the column is called c0"
      case 2: "the columns are called c0 and c1"
      default: "the columns are called c0 to c\(width - 1)"
      }
    remarks.append(
      "line \(record.line) has numbers, no names: \(called) (header=0); "
        + "header=\(record.line) makes names of it")
  }

  /// The cells of a comment without its `#`.
  private static func uncommented(_ record: CSVSplitter.Record) -> [[UInt8]] {
    var cells = record.cells
    cells[0] = CSVSplitter.trimmed(Array(cells[0].drop { $0 == UInt8(ascii: "#") }))
    if cells[0].isEmpty { cells.removeFirst() }
    return cells
  }
}
