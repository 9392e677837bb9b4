/// A number written with signs between its digits that are no part of a number here.
///
/// Groups of three digits are told apart by `,`, `.`, `'` or blanks; a decimal comma may follow. Two
/// digits may stand in a group before another one, as in 12,34,567.
struct GroupedNumber {
  /// All that belongs to it.
  let span: Span
  /// The digits between the signs.
  let groups: [String]
  /// What to write instead.
  let hint: String

  /// Reads the number around a place between digits where a sign stands that is no part of one.
  init?(around place: Int, in text: UnsafeBufferPointer<UInt8>) {
    var start = place
    while start > 0, Self.isPart(at: start - 1, of: text) { start -= 1 }
    var end = place
    while end < text.count, Self.isPart(at: end, of: text) { end += 1 }
    while end > start, !Self.isDigit(text[end - 1]) { end -= 1 }
    while start < end, !Self.isDigit(text[start]) { start += 1 }
    guard end - start > 2, end - start < 60 else { return nil }
    var groups: [String] = [""]
    var signs: [UInt8] = []
    for byte in text[start..<end] {
      if Self.isDigit(byte) {
        groups[groups.count - 1].unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        signs.append(byte)
        groups.append("")
      }
    }
    guard !signs.isEmpty, !groups.contains("") else { return nil }
    guard let hint = Self.hint(groups, signs) else { return nil }
    self.hint = hint
    self.groups = groups
    span = Span(start: start, end: end)
  }

  private static func hint(_ groups: [String], _ signs: [UInt8]) -> String? {
    let (last, comma, point) = (signs[signs.count - 1], UInt8(ascii: ","), UInt8(ascii: "."))
    let isGrouped = signs.dropLast().allSatisfy { $0 == signs[0] } && groups[0].count <= 3
    let inner = groups.dropFirst().dropLast()
    let areGroups = isGrouped && inner.allSatisfy { $0.count == 3 || $0.count == 2 }
    let end = groups[groups.count - 1]
    if last != signs[0], areGroups, last == comma || last == point {
      return "use \(groups.dropLast().joined()).\(end)"
    }
    guard last == signs[0] else { return nil }
    if signs.count == 1, last == comma {
      // 1,500 is one thing in some countries and another in others.
      let whole = groups[0] != "0" && groups[0].count <= 3 && end.count == 3
      return "use \(groups[0]).\(end)" + (whole ? ", or \(groups.joined()) for thousands" : "")
    }
    guard signs.count > 1 || last != point, areGroups, end.count == 3 else { return nil }
    return "use \(groups.joined()) or \(groups.joined(separator: "_"))"
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }

  /// Whether a byte is a digit, or a sign or blank between two of them.
  private static func isPart(at place: Int, of text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch text[place] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "'"), UInt8(ascii: " "):
      place > 0 && place + 1 < text.count && isDigit(text[place - 1]) && isDigit(text[place + 1])
    default: false
    }
  }
}
