#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A format such as `.4f`, `>8.2e` or `+,d`, as Python's language of formats has it:
/// `[[fill]align][sign][z][#][0][width][,][.precision][letter]`.
struct NumberPattern {
  private enum Alignment: Character {
    case left = "<"
    case right = ">"
    case center = "^"
    /// The filling goes between the sign and the digits.
    case behindSign = "="
  }

  private var fill: Character = " "
  private var alignment: Alignment?
  /// What stands before a number that is not negative: nothing, `+` or a blank.
  private var plus = ""
  private var hidesNegativeZero = false
  private var keepsPoint = false
  private var width = 0
  private var grouping: Character?
  private let precision: Int?
  private let letter: Character?

  private static let mostDigits = 1000

  /// Nil where the text is no format.
  init?(_ text: String) {
    var rest = text[...]
    func take(_ characters: String) -> Character? {
      guard let next = rest.first, characters.contains(next) else { return nil }
      return rest.removeFirst()
    }
    func takeCount() -> Int? {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      return Int(digits).flatMap { $0 <= NumberPattern.mostDigits ? $0 : nil }
    }
    var isFillChosen = false
    if let sign = rest.dropFirst().first, let alignment = Alignment(rawValue: sign) {
      (fill, self.alignment, isFillChosen) = (rest.removeFirst(), alignment, true)
      rest.removeFirst()
    } else {
      alignment = take("<>^=").flatMap(Alignment.init)
    }
    if let sign = take("+- "), sign != "-" { plus = String(sign) }
    hidesNegativeZero = take("z") != nil
    keepsPoint = take("#") != nil
    if take("0") != nil {
      if !isFillChosen { fill = "0" }
      alignment = alignment ?? .behindSign
    }
    if rest.first?.isNumber == true {
      guard let width = takeCount() else { return nil }
      self.width = width
    }
    grouping = take(",_")
    if take(".") != nil {
      guard let count = takeCount() else { return nil }
      precision = count
    } else {
      precision = nil
    }
    letter = rest.popFirst()
    guard rest.isEmpty, "efgEFG%d".contains(letter ?? "g") else { return nil }
    if letter == "d", precision != nil || hidesNegativeZero { return nil }
    if letter == "d" { keepsPoint = false }
  }

  /// Whether the format is one of texts as well: where they stand, and in how many columns.
  var isOfTexts: Bool {
    letter == nil && precision == nil && grouping == nil && plus.isEmpty && !hidesNegativeZero
      && !keepsPoint && alignment != .behindSign
  }

  /// Whether it writes whole numbers alone.
  var isOfWholeNumbers: Bool { letter == "d" }

  func text(of text: String) -> String { padded("", text, alignment ?? .left) }

  /// A number in the format, where one without a letter and a precision pads what `plain` writes.
  func text(_ value: Double, plain: (Double) -> String) -> String {
    var body: String
    switch letter {
    case "d": body = formatted(value, "f", 0)
    case "%": body = formatted(value * 100, "f", precision ?? 6)
    case .some(let letter): body = formatted(value, letter, precision ?? 6)
    case nil where precision == nil: body = plain(value.isNaN ? value : value.magnitude)
    case nil: body = formatted(value, "g", precision ?? 6)
    }
    let isZero = !body.contains { ("1"..."9").contains($0) } && value.isFinite
    let isNegative =
      value.sign == .minus && !value.isNaN && !(isZero && (hidesNegativeZero || letter == "d"))
    let sign = isNegative ? "-" : plus
    if letter == "%" { body += "%" }
    if let grouping { body = grouped(body, by: grouping, after: sign) }
    return padded(sign, body, alignment ?? .right)
  }

  /// The size of a number, as the C library writes it.
  private func formatted(_ value: Double, _ letter: Character, _ precision: Int) -> String {
    if value.isNaN { return letter.isUppercase ? "NAN" : "nan" }
    guard !keepsPoint || letter.lowercased() != "g" else {
      // Not all C libraries keep the zeros of 99.9 rounded to 1.0e+02; the standard's rule does.
      let count = max(1, precision)
      let scientific = printed(value, letter == "g" ? "e" : "E", count - 1)
      let exponent = Int(scientific.drop { $0 != "e" && $0 != "E" }.dropFirst()) ?? 0
      return value.isFinite && (-4..<count).contains(exponent)
        ? printed(value, "f", count - 1 - exponent) : scientific
    }
    return printed(value, letter, precision)
  }

  private func printed(_ value: Double, _ letter: Character, _ precision: Int) -> String {
    withVaList([Int32(precision), value.magnitude]) { arguments in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 2400) { buffer in
        guard let start = buffer.baseAddress else { return "" }
        vsnprintf(start, buffer.count, "%\(keepsPoint ? "#" : "").*\(letter)", arguments)
        return String(cString: start)
      }
    }
  }

  /// The digits before the point in groups of three; zeros that fill a width stand in groups, too.
  private func grouped(_ body: String, by sign: Character, after prefix: String) -> String {
    var whole = Array(body.prefix { $0.isNumber })
    let rest = body.dropFirst(whole.count)
    guard !whole.isEmpty else { return body }
    func text() -> String {
      var text = ""
      for (place, digit) in whole.enumerated() {
        if place > 0, (whole.count - place) % 3 == 0 { text.append(sign) }
        text.append(digit)
      }
      return text
    }
    if fill == "0", alignment == .behindSign {
      while prefix.count + text().count + rest.count < width { whole.insert("0", at: 0) }
    }
    return text() + rest
  }

  private func padded(_ sign: String, _ body: String, _ alignment: Alignment) -> String {
    let missing = max(0, width - sign.count - body.count)
    func filling(_ count: Int) -> String { String(repeating: fill, count: count) }
    switch alignment {
    case .left: return sign + body + filling(missing)
    case .right: return filling(missing) + sign + body
    case .center: return filling(missing / 2) + sign + body + filling(missing - missing / 2)
    case .behindSign: return sign + filling(missing) + body
    }
  }
}
