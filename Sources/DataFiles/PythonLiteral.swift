/// A value as Python writes it, such as the header of a file of NumPy's.
indirect enum PythonLiteral: Equatable {
  case text(String)
  case number(Int)
  case truth(Bool)
  /// A list or a tuple.
  case list([PythonLiteral])
  case dictionary([String: PythonLiteral])

  /// Reads a whole text; nil where it is no value, or one that is nested deeper than any header.
  init?(_ text: String) {
    var reader = Reader(rest: text.unicodeScalars[...])
    guard let value = reader.value(depth: 0) else { return nil }
    reader.skipBlanks()
    guard reader.rest.isEmpty else { return nil }
    self = value
  }

  private struct Reader {
    var rest: Substring.UnicodeScalarView

    private static let deepest = 16

    mutating func skipBlanks() {
      while let next = rest.first, next == " " || next == "\n" || next == "\t" {
        rest.removeFirst()
      }
    }

    mutating func value(depth: Int) -> PythonLiteral? {
      skipBlanks()
      guard depth < Reader.deepest, let first = rest.first else { return nil }
      switch first {
      case "'", "\"": return quoted(by: first).map(PythonLiteral.text)
      case "(": return items(closedBy: ")", depth).map(PythonLiteral.list)
      case "[": return items(closedBy: "]", depth).map(PythonLiteral.list)
      case "{": return dictionary(depth)
      default: return word()
      }
    }

    private mutating func word() -> PythonLiteral? {
      let word = String(
        rest.prefix { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" })
      rest.removeFirst(word.unicodeScalars.count)
      switch word {
      case "True": return .truth(true)
      case "False": return .truth(false)
      // An L stood behind numbers in Python 2.
      default:
        return Int(word.hasSuffix("L") ? word.dropLast() : word[...]).map(PythonLiteral.number)
      }
    }

    private mutating func quoted(by quote: Unicode.Scalar) -> String? {
      rest.removeFirst()
      var text = ""
      while let next = rest.popFirst() {
        if next == quote { return text }
        guard next == "\\" else {
          text.unicodeScalars.append(next)
          continue
        }
        guard let escaped = rest.popFirst() else { return nil }
        switch escaped {
        case "\\", "'", "\"": text.unicodeScalars.append(escaped)
        case "n": text += "\n"
        case "t": text += "\t"
        case "x", "u", "U":
          let length = escaped == "x" ? 2 : escaped == "u" ? 4 : 8
          let digits = String(rest.prefix(length))
          guard digits.count == length, let code = UInt32(digits, radix: 16),
            let scalar = Unicode.Scalar(code)
          else { return nil }
          text.unicodeScalars.append(scalar)
          rest.removeFirst(length)
        default: return nil
        }
      }
      return nil
    }

    private mutating func items(closedBy closer: Unicode.Scalar, _ depth: Int) -> [PythonLiteral]? {
      rest.removeFirst()
      var items: [PythonLiteral] = []
      while true {
        if close(closer) { return items }
        guard let item = value(depth: depth + 1) else { return nil }
        items.append(item)
        guard separate(or: closer) else { return nil }
      }
    }

    private mutating func dictionary(_ depth: Int) -> PythonLiteral? {
      rest.removeFirst()
      var entries: [String: PythonLiteral] = [:]
      while true {
        if close("}") { return .dictionary(entries) }
        guard case .text(let key)? = value(depth: depth + 1), close(":"),
          let value = value(depth: depth + 1)
        else { return nil }
        entries[key] = value
        guard separate(or: "}") else { return nil }
      }
    }

    /// Takes a sign if it is the next one.
    private mutating func close(_ sign: Unicode.Scalar) -> Bool {
      skipBlanks()
      guard rest.first == sign else { return false }
      rest.removeFirst()
      return true
    }

    /// Takes a comma; true before a closing bracket as well.
    private mutating func separate(or closer: Unicode.Scalar) -> Bool {
      if close(",") { return true }
      skipBlanks()
      return rest.first == closer
    }
  }
}
