/// A value of JSON, read strictly.
enum JSON: Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case list([JSON])
  case object([String: JSON])

  struct Failure: Error {
    let place: Int
  }

  init(_ text: String) throws {
    var reader = Reader(bytes: Array(text.utf8))
    self = try reader.value()
    reader.skipBlanks()
    guard reader.place == reader.bytes.count else { throw Failure(place: reader.place) }
  }

  subscript(key: String) -> JSON? {
    if case .object(let entries) = self { entries[key] } else { nil }
  }

  subscript(place: Int) -> JSON? {
    if case .list(let items) = self, items.indices.contains(place) { items[place] } else { nil }
  }

  /// The number, also where it is one of the words that stand for what JSON lacks.
  var double: Double? {
    switch self {
    case .number(let value): value
    case .string("nan"): .nan
    case .string("inf"): .infinity
    case .string("-inf"): -.infinity
    default: nil
    }
  }
}

private struct Reader {
  let bytes: [UInt8]
  var place = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func skipBlanks() {
    while let byte = peek, [9, 10, 13, 32].contains(byte) { place += 1 }
  }

  mutating func value() throws -> JSON {
    skipBlanks()
    switch peek {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try list()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take(_ character: Unicode.Scalar) throws {
    guard peek == UInt8(ascii: character) else { throw JSON.Failure(place: place) }
    place += 1
  }

  private mutating func word(_ word: String, _ value: JSON) throws -> JSON {
    for scalar in word.unicodeScalars { try take(scalar) }
    return value
  }

  private mutating func list() throws -> JSON {
    var items: [JSON] = []
    try take("[")
    skipBlanks()
    while peek != UInt8(ascii: "]") {
      if !items.isEmpty { try take(",") }
      items.append(try value())
      skipBlanks()
    }
    try take("]")
    return .list(items)
  }

  private mutating func object() throws -> JSON {
    var entries: [String: JSON] = [:]
    try take("{")
    skipBlanks()
    while peek != UInt8(ascii: "}") {
      if !entries.isEmpty { try take(",") }
      skipBlanks()
      let key = try string()
      skipBlanks()
      try take(":")
      guard entries.updateValue(try value(), forKey: key) == nil else {
        throw JSON.Failure(place: place)
      }
      skipBlanks()
    }
    try take("}")
    return .object(entries)
  }

  private mutating func string() throws -> String {
    try take("\"")
    var text: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw JSON.Failure(place: place) }
      place += 1
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      text += try escaped()
    }
    try take("\"")
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func escaped() throws -> [UInt8] {
    guard let byte = peek else { throw JSON.Failure(place: place) }
    place += 1
    switch byte {
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "u"):
      guard place + 4 <= bytes.count,
        let value = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(value)
      else { throw JSON.Failure(place: place) }
      place += 4
      return Array(String(scalar).utf8)
    default: throw JSON.Failure(place: place)
    }
  }

  private mutating func number() throws -> Double {
    let start = place
    while let byte = peek, "+-.0123456789eE".utf8.contains(byte) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    let digits = text.drop { $0 == "-" }
    guard let first = digits.first, first.isNumber,
      !digits.hasPrefix("0") || digits == "0"
        || digits.hasPrefix("0.") || digits.hasPrefix("0e"), let value = Double(text)
    else { throw JSON.Failure(place: start) }
    return value
  }
}
