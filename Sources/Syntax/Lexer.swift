/// Cuts a text into tokens, one at a time and from any offset.
struct Lexer: Sendable {
  /// The text while a statement is parsed; it belongs to the caller and is not kept.
  nonisolated(unsafe) var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  var position = 0
  var token = Token()
  let symbols = SymbolTable.standard
  private let classes = ByteClass.table

  /// Reads the token at the position or behind the blanks and comments there.
  mutating func advance(interning names: inout NameTable) {
    var start = position
    while start < text.count {
      switch classes[Int(text[start])] {
      case .blank:
        start &+= 1
      case .letter:
        return readName(from: start, interning: &names)
      case .digit:
        return readNumber(from: start)
      case .openParenthesis:
        return set(.openParenthesis, from: start, to: start &+ 1)
      case .closeParenthesis:
        return set(.closeParenthesis, from: start, to: start &+ 1)
      case .comma:
        return set(.comma, from: start, to: start &+ 1)
      case .sign:
        return readSymbol(from: start)
      case .lineFeed:
        return set(.newline, from: start, to: start &+ 1)
      case .carriageReturn:
        return set(.newline, from: start, to: start + (isByte("\n", at: start + 1) ? 2 : 1))
      case .point:
        return isDigit(at: start + 1) ? readNumber(from: start) : readSymbol(from: start)
      case .comment:
        start = endOfLine(from: start)
      case .quote:
        return set(.quote, from: start, to: start + 1)
      case .prime:
        return readPrimes(from: start)
      case .dollar:
        return readResult(from: start)
      case .unicode:
        guard readUnicode(from: start, interning: &names) else { return }
        start = position
      case .control:
        return set(
          looksLikeUTF16(at: start) ? .looksLikeUTF16 : .control, from: start, to: start + 1)
      }
    }
    set(.end, from: text.count, to: text.count)
  }

  /// Makes a range the token at hand and steps behind it.
  @inline(__always)
  mutating func set(_ kind: Token.Kind, from start: Int, to end: Int, payload: UInt32 = 0) {
    token.set(kind, from: start, to: end, payload: payload)
    position = end
  }

  /// Makes a range a mistake and steps behind it.
  mutating func set(_ fault: Token.Fault, from start: Int, to end: Int) {
    set(.invalid, from: start, to: end)
    token.fault = fault
  }

  @inline(__always)
  mutating func set(_ symbol: SymbolTable.Symbol, from start: Int, to end: Int) {
    set(symbol.kind, from: start, to: end, payload: symbol.payload)
    token.infix = symbol.infix
    token.prefix = symbol.prefix
    if symbol.kind == .invalid { token.fault = .misspelling }
  }

  func isDigit(at index: Int) -> Bool {
    index < text.count && text[index] &- UInt8(ascii: "0") <= 9
  }

  func isByte(_ byte: Unicode.Scalar, at index: Int) -> Bool {
    index < text.count && UInt32(text[index]) == byte.value
  }

  private mutating func readName(from start: Int, interning names: inout NameTable) {
    let name: UInt32
    let word = NameTable.word(in: text, from: start, limit: text.count &- start)
    let length = NameSpelling.length(in: word)
    var end = start &+ length
    if length < 8, end == text.count || text[end] < 0x80 {
      name = names.intern(short: word, length: length)
    } else {
      while end < text.count, NameSpelling.holds(text[end]) { end += 1 }
      if let next = text.scalar(at: end), NameSpelling.continues(next.scalar) {
        return readUnicodeName(from: start, to: end, interning: &names)
      }
      name = names.intern(text[start..<end])
    }
    if name >= Keyword.count { return set(.name, from: start, to: end, payload: name) }
    if let symbol = symbols.operator(keyword: name) { return set(symbol, from: start, to: end) }
    set(.keyword, from: start, to: end, payload: name)
  }

  private func endOfLine(from start: Int) -> Int {
    var end = start
    while end < text.count, !isByte("\n", at: end), !isByte("\r", at: end) { end += 1 }
    return end
  }

  private mutating func readPrimes(from start: Int) {
    var end = start
    while isByte("'", at: end) { end += 1 }
    set(.prime, from: start, to: end, payload: UInt32(clamping: end - start))
  }

  private mutating func readResult(from start: Int) {
    var number: UInt32 = 0
    var end = start + 1
    while isDigit(at: end) {
      let digit = UInt32(text[end] - UInt8(ascii: "0"))
      number = number >= UInt32.max / 10 ? .max : number * 10 + digit
      end += 1
    }
    if end == start + 1 { return set(.missingResultNumber, from: start, to: end) }
    set(.result, from: start, to: end, payload: number)
  }

  private mutating func readSymbol(from start: Int) {
    let next = start &+ 1
    if next < text.count, classes[Int(text[next])] != .sign, classes[Int(text[next])] != .point,
      let symbol = symbols.single(text[start])
    {
      return set(symbol, from: start, to: next)
    }
    guard let symbol = symbols.longest(in: fourBytes(at: start)) else {
      return set(.unknownCharacter, from: start, to: start + 1)
    }
    set(symbol, from: start, to: start &+ Int(symbol.length))
  }

  /// The bytes from an index on as a word, the first one lowest; zeros behind the end.
  @inline(__always)
  func fourBytes(at index: Int) -> UInt32 {
    if index + 4 <= text.count {
      let raw = UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: index, as: UInt32.self)
      return UInt32(littleEndian: raw)
    }
    return text[index...].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Whether a text that begins near this zero byte has zeros in every second place.
  private func looksLikeUTF16(at index: Int) -> Bool {
    index <= 1 && isByte("\0", at: index) && isByte("\0", at: index + 2)
      && !isByte("\0", at: index + 1)
  }
}
