/// Every sign of the language, arranged so that the first byte leads to it.
///
/// The signs of operators come from `Operator.all`, so a new row there is read by existing.
struct SymbolTable: Sendable {
  struct Symbol: Sendable {
    /// The bytes of the sign, at most four, the first one lowest.
    let bytes: UInt32
    let length: UInt8
    var kind: Token.Kind
    var infix = Token.noRow
    var prefix = Token.noRow
    var payload: UInt32 = 0

    /// Symbols are in the order of their first bytes, of equal ones the longest first.
    fileprivate var rank: UInt32 { (bytes & 0xFF) * 8 - UInt32(length) }

    fileprivate init?(_ spelling: String, _ kind: Token.Kind) {
      guard (1...4).contains(spelling.utf8.count) else { return nil }
      bytes = spelling.utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
      length = UInt8(spelling.utf8.count)
      self.kind = kind
    }
  }

  private var symbols: [Symbol] = []
  /// For every first byte, where its symbols start in `symbols`, and one entry more.
  private var starts: [UInt8] = []
  /// The sign that a byte is alone.
  private var singles = [Symbol?](repeating: nil, count: 256)
  /// The rows of `and`, `or` and `not`, by keyword.
  private var words: [Symbol?] = []

  /// The table of the language, built once.
  static let standard = SymbolTable()

  private init() {
    for (spelling, kind) in Self.punctuation {
      add(spelling, kind) { $0.payload = spelling == "..<" ? 1 : 0 }
    }
    for (row, operation) in Operator.all.enumerated() { add(operation, at: UInt8(row)) }
    for (row, misspelling) in Misspelling.all.enumerated() {
      // Nothing else is written so: there is none to complete.
      guard var symbol = Symbol(misspelling.spelling, .invalid) else { continue }
      symbol.payload = UInt32(row)
      insert(symbol)
    }
    for (index, symbol) in symbols.enumerated() {
      let first = Int(symbol.bytes & 0xFF)
      while starts.count <= first { starts.append(UInt8(index)) }
      if symbol.length == 1 { singles[first] = symbol }
    }
    while starts.count <= 256 { starts.append(UInt8(symbols.count)) }
    words = Keyword.allCases.map { keyword in
      guard let symbol = Symbol(keyword.spelling, .operator) else { return nil }
      return symbols.first { $0.bytes == symbol.bytes && $0.kind == .operator }
    }
  }

  /// The longest sign that a text goes on with, given its next four bytes.
  @inline(__always)
  func longest(in bytes: UInt32) -> Symbol? {
    let first = Int(bytes & 0xFF)
    for index in Int(starts[first])..<Int(starts[first + 1]) {
      let symbol = symbols[index]
      let mask = UInt32.max &>> (32 - 8 * UInt32(symbol.length))
      if bytes & mask == symbol.bytes { return symbol }
    }
    return nil
  }

  /// The sign that a byte is when no other sign follows it.
  func single(_ byte: UInt8) -> Symbol? {
    singles[Int(byte)]
  }

  /// The operator that a keyword is, if it is one.
  func `operator`(keyword: UInt32) -> Symbol? {
    words[Int(keyword)]
  }

  private mutating func add(_ operation: Operator, at row: UInt8) {
    let words = operation.words
    for spelling in [operation.spelling] + operation.otherSpellings
    where !words.contains(spelling) {
      switch operation.fixity {
      case .prefix: add(spelling, .operator) { $0.prefix = row }
      case .infix: add(spelling, .operator) { $0.infix = row }
      }
      if operation.fixity == .infix, operation.kind == .arithmetic {
        add(spelling + "=", .update) { $0.infix = row }
      }
    }
  }

  /// Adds a sign, or completes the one that is written alike.
  private mutating func add(
    _ spelling: String, _ kind: Token.Kind, complete: (inout Symbol) -> Void
  ) {
    guard var symbol = Symbol(spelling, kind) else { return }
    let known = symbols.firstIndex { $0.bytes == symbol.bytes && $0.kind == kind }
    if let known { symbol = symbols.remove(at: known) }
    complete(&symbol)
    insert(symbol)
  }

  /// Puts a sign in its place, which halving finds: the table is built at every start.
  private mutating func insert(_ symbol: Symbol) {
    var (low, high) = (0, symbols.count)
    while low < high {
      let middle = (low + high) / 2
      if symbols[middle].rank > symbol.rank { high = middle } else { low = middle + 1 }
    }
    symbols.insert(symbol, at: low)
  }

  private static let punctuation: [(String, Token.Kind)] = [
    ("(", .openParenthesis), (")", .closeParenthesis), ("[", .openBracket), ("]", .closeBracket),
    ("{", .openBrace), ("}", .closeBrace), (",", .comma), ("、", .comma), (":", .colon),
    (";", .semicolon), (".", .dot), ("。", .dot), ("=", .assign), (":=", .define),
    ("...", .range), ("…", .range), ("..<", .range),
  ]
}
