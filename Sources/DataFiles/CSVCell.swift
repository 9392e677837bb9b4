/// Reads cells as numbers, and keeps what the cells so far have told of how numbers are written.
///
/// Words that every program writes are numbers: `nan`, `inf`, and `true` and `false` for 1 and 0. An
/// empty cell, `NA`, `#N/A`, `N/A`, `null` and `none` are missing.
struct CSVCell {
  enum Reading: Equatable {
    case number(Double)
    /// A number other than the one written: too small for a double, or with more digits.
    case rounded(Double)
    case missing
    case mistake(String, Mistake)
  }

  enum Mistake {
    /// Nothing about it is like a number.
    case word
    /// A number with another decimal sign than those before it.
    case sign
    case tooLarge
  }

  /// The sign between whole and fraction: given, or of the first cell that tells it.
  private(set) var decimal: UInt8?
  private let isGiven: Bool
  /// The line of the cell that told it.
  private var tellingLine = 0
  /// Whether the file has a sign that may just as well part thousands, as in `1.234`, and no cell
  /// that tells; the first such cell.
  private(set) var ambiguousCell: [UInt8]?
  /// Whether some cell has told the sign beyond doubt.
  private(set) var isCertain = false
  private let separator: UInt8

  private static let comma = UInt8(ascii: ",")
  private static let point = UInt8(ascii: ".")

  init(decimal: UInt8?, separator: UInt8) {
    isGiven = decimal != nil
    self.separator = separator
    self.decimal = decimal ?? (separator == CSVCell.comma ? CSVCell.point : nil)
    isCertain = self.decimal != nil
  }

  mutating func read(_ cell: [UInt8], line: Int) -> Reading {
    var signs = 0
    var hasComma = false
    for byte in cell {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        break
      case CSVCell.point: signs += 1
      case CSVCell.comma:
        signs += 1
        hasComma = true
      default: return readWord(cell, line: line)
      }
    }
    if cell.isEmpty { return .missing }
    if signs == 0 { return number(cell, cell) }
    if !hasComma, signs == 1, decimal == CSVCell.point, isCertain { return number(cell, cell) }
    return readSigned(cell, line: line)
  }

  /// Whether a cell holds a number in some way of writing it, so that it names no column.
  func isNumber(_ cell: [UInt8]) -> Bool {
    var copy = self
    switch copy.read(cell, line: 0) {
    case .number, .rounded, .missing: return true
    case .mistake(_, let kind): return kind != .word
    }
  }

  /// A number with points and commas.
  private mutating func readSigned(_ cell: [UInt8], line: Int) -> Reading {
    let points = cell.count { $0 == CSVCell.point }
    let commas = cell.count { $0 == CSVCell.comma }
    var sign: UInt8?
    if points > 0, commas > 0 {
      sign = cell.last { $0 == CSVCell.point || $0 == CSVCell.comma }
    } else if points > 1 || commas > 1 {
      sign = points > 1 ? CSVCell.comma : CSVCell.point
    }
    // A single sign is the one that the file has, or tells which that is.
    let isTelling = sign != nil
    let only = points > 0 ? CSVCell.point : CSVCell.comma
    let grouping = sign.map { $0 == CSVCell.point ? CSVCell.comma : CSVCell.point }
    let isGrouped = CSVCell.isGrouped(cell, by: grouping ?? only)
    if sign == nil {
      if isGiven, only != decimal {
        sign = decimal
      } else {
        sign = only
        let mayBeGrouped = isGrouped && cell.first != UInt8(ascii: "0")
        if mayBeGrouped, !isCertain { ambiguousCell = ambiguousCell ?? cell }
        if !mayBeGrouped { isCertain = true }
      }
    }
    guard let sign else { return mistake(cell, .word) }
    let other = sign == CSVCell.point ? CSVCell.comma : CSVCell.point
    if cell.contains(other), !CSVCell.isGrouped(cell, by: other) { return mistake(cell, .word) }
    let plain = cell.compactMap { $0 == other ? nil : $0 == sign ? CSVCell.point : $0 }
    let reading = number(plain, cell)
    if case .mistake = reading { return reading }
    if let decimal, decimal != sign {
      guard !isGiven, tellingLine > 0 else { return mistake(cell, .sign) }
      let word = decimal == CSVCell.comma ? "comma" : "point"
      let message = "'\(CSVText.shown(cell))', and line \(tellingLine) has a decimal \(word)"
      return .mistake(message, .sign)
    }
    if isTelling { isCertain = true }
    if decimal == nil { (decimal, tellingLine) = (sign, line) }
    return reading
  }

  /// Whether a sign parts the digits before the fraction into groups of three.
  private static func isGrouped(_ cell: [UInt8], by sign: UInt8) -> Bool {
    let isDigit: (UInt8) -> Bool = { $0 &- UInt8(ascii: "0") <= 9 }
    let other = sign == point ? comma : point
    let unsigned = cell.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    let whole = unsigned.prefix { isDigit($0) || $0 == sign }
    let rest = unsigned[whole.endIndex...]
    guard rest.isEmpty || rest.first == other || rest.first.map({ $0 | 0x20 }) == UInt8(ascii: "e")
    else { return false }
    let groups = whole.split(separator: sign, omittingEmptySubsequences: false)
    return groups.count > 1 && (1...3).contains(groups[0].count)
      && groups.dropFirst().allSatisfy { $0.count == 3 }
  }

  private func mistake(_ cell: [UInt8], _ kind: Mistake) -> Reading {
    .mistake("'\(CSVText.shown(cell))'", kind)
  }

  private func number(_ bytes: [UInt8], _ cell: [UInt8]) -> Reading {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let value = Double(text) else { return mistake(cell, .word) }
    if value.isInfinite {
      return .mistake("'\(CSVText.shown(cell))' is too large for a double", .tooLarge)
    }
    if value == 0 {
      let digits = bytes.prefix { $0 | 0x20 != UInt8(ascii: "e") }
      return digits.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
        ? .rounded(value) : .number(value)
    }
    guard value.magnitude >= 0x1p53, bytes.count < 40, let whole = Int128(text),
      Int128(exactly: value) != whole
    else { return .number(value) }
    return .rounded(value)
  }

  private static let missingWords: Set<String> = [
    "na", "n/a", "#n/a", "null", "none", "<na>", "nat",
  ]
  private static let numberWords: [String: Double] = [
    "nan": .nan, "-nan": .nan, "+nan": .nan, "inf": .infinity, "+inf": .infinity,
    "-inf": -.infinity, "infinity": .infinity, "+infinity": .infinity, "-infinity": -.infinity,
    "true": 1, "false": 0,
  ]

  private mutating func readWord(_ cell: [UInt8], line: Int) -> Reading {
    if let plain = CSVText.withoutThinBlanks(cell) { return read(plain, line: line) }
    guard cell.count <= 9 else { return mistake(cell, .word) }
    let word = String(decoding: cell, as: UTF8.self).lowercased()
    if CSVCell.missingWords.contains(word) { return .missing }
    return CSVCell.numberWords[word].map(Reading.number) ?? mistake(cell, .word)
  }
}
