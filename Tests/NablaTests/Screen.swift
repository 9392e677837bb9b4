/// What a terminal shows after the bytes that were sent to it: as much of one as the program uses.
struct Screen {
  private(set) var columns: Int
  private(set) var rows: Int
  /// The characters; a wide one is followed by an empty cell.
  private var cells: [[String]]
  private(set) var cursor = (row: 0, column: 0)
  private var saved = (row: 0, column: 0)
  /// Set behind the last column: the next character goes to the next row.
  private var wraps = false
  private var inserts = false
  private var sequence: String?
  /// How often a sequence arrived that is not understood.
  private(set) var strangers: [String] = []

  init(columns: Int, rows: Int) {
    (self.columns, self.rows) = (columns, rows)
    cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  /// The rows up to the last one that is not blank, with `▏` before the place of the cursor.
  var picture: [String] {
    var lines = cells.map { $0.joined() }
    let row = cells[cursor.row]
    lines[cursor.row] = row[..<cursor.column].joined() + "▏" + row[cursor.column...].joined()
    lines = lines.map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  mutating func receive(_ text: some StringProtocol) {
    for scalar in text.unicodeScalars { receive(scalar) }
  }

  /// Becomes wider or narrower as xterm does, which leaves what it shows where it is.
  mutating func resize(columns: Int) {
    cells = cells.map { row in
      Array(row.prefix(columns)) + Array(repeating: " ", count: max(0, columns - row.count))
    }
    self.columns = columns
    cursor.column = min(cursor.column, columns - 1)
    wraps = false
  }

  private mutating func receive(_ scalar: Unicode.Scalar) {
    if let begun = sequence { return goOn(begun + String(scalar)) }
    switch scalar {
    case "\u{1B}": sequence = ""
    case "\r": move(to: (cursor.row, 0))
    case "\n": index()
    case "\u{8}": move(to: (cursor.row, max(0, cursor.column - 1)))
    case "\u{7}": break
    case "\t": move(to: (cursor.row, min(columns - 1, cursor.column / 8 * 8 + 8)))
    default: put(scalar)
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Screen.width(of: scalar)
    guard width > 0 else {
      if scalar.value < 0x20 { strangers.append("U+\(String(scalar.value, radix: 16))") }
      return
    }
    if wraps || cursor.column + width > columns {
      index()
      move(to: (cursor.row, 0))
    }
    let (row, column) = cursor
    if inserts {
      cells[row].insert(contentsOf: Array(repeating: " ", count: width), at: column)
      cells[row].removeLast(width)
    }
    cells[row][column] = String(scalar)
    if width == 2, column + 1 < columns { cells[row][column + 1] = "" }
    if column + width < columns { cursor.column += width } else { wraps = true }
  }

  /// Chinese, Japanese and Korean characters are wide; marks have no width of their own.
  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x20: 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60: 2
    default: scalar.properties.generalCategory == .nonspacingMark ? 0 : 1
    }
  }

  private mutating func move(to place: (row: Int, column: Int)) {
    cursor = (min(max(place.row, 0), rows - 1), min(max(place.column, 0), columns - 1))
    wraps = false
  }

  /// Goes down a row, and scrolls at the bottom.
  private mutating func index() {
    wraps = false
    guard cursor.row == rows - 1 else { return cursor.row += 1 }
    cells.removeFirst()
    cells.append(Array(repeating: " ", count: columns))
  }

  private mutating func goOn(_ text: String) {
    guard let first = text.first, let last = text.unicodeScalars.last else { return }
    let isWhole =
      first == "["
      ? text.count > 1 && (0x40...0x7E).contains(last.value) : first != "]" || last == "\u{7}"
    sequence = isWhole ? nil : text
    guard isWhole else { return }
    switch text {
    case "7": saved = cursor
    case "8": move(to: saved)
    case "D": index()
    case _ where first == "[": control(text.dropFirst().dropLast(), Character(last))
    default: strangers.append(text)
    }
  }

  private mutating func control(_ parameters: Substring, _ last: Character) {
    let numbers = parameters.split(separator: ";").map { Int($0) ?? 0 }
    let count = max(1, numbers.first ?? 1)
    let (row, column) = cursor
    switch last {
    case "A": move(to: (row - count, column))
    case "B": move(to: (row + count, column))
    case "C": move(to: (row, column + count))
    case "D": move(to: (row, column - count))
    case "G": move(to: (row, count - 1))
    case "H": move(to: (count - 1, (numbers.dropFirst().first ?? 1) - 1))
    case "J", "K":
      let kind = numbers.first ?? 0
      let whole = kind == 2
      for place in (whole ? 0 : column)..<columns { cells[row][place] = " " }
      guard last == "J" else { return }
      for other in (whole ? 0 : row + 1)..<max(rows, row + 1) where other < rows {
        cells[other] = Array(repeating: " ", count: columns)
      }
    case "P":
      cells[row].removeSubrange(column..<min(columns, column + count))
      cells[row] += Array(repeating: " ", count: columns - cells[row].count)
    case "@":
      cells[row].insert(contentsOf: Array(repeating: " ", count: count), at: column)
      cells[row].removeLast(count)
    case "h", "l": if parameters == "4" { inserts = last == "h" }
    case "m": break
    default: strangers.append("[\(parameters)\(last)")
    }
  }
}
