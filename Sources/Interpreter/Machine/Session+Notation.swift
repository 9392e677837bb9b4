import Syntax

extension Session {
  /// The hint on a derivative as it is written on paper, where a mistake is in or right behind one.
  func hintOnNotation(at span: Span, hasHint: Bool) -> String? {
    let line = text(lineBefore: span)
    // Where there is a hint already, only what opens the statement is looked at.
    let notation =
      DerivativeNotation(line.whole) ?? (hasHint ? nil : DerivativeNotation(line.fromMistake))
    guard let notation else { return nil }
    let unknown = notation.names.filter { name in !(parser.names.find(name).map(isKnown) ?? false) }
    let values = unknown.map { "\($0) = 1; " }.joined()
    return values.isEmpty ? notation.hint : "write \(values)\(notation.hint.dropFirst(6))"
  }

  /// The statement on the line of a span, and the part of it from the span on.
  private func text(lineBefore span: Span) -> (whole: String, fromMistake: String) {
    let code = frames.last?.code
    let bytes = code?.source?.bytes ?? input.bytes
    let base = code?.source == nil ? 0 : Int(code?.base ?? 0)
    let place = min(max(Int(span.start) - base, 0), bytes.count)
    let isEnd = { (byte: UInt8) in byte == 10 || byte == 13 || byte == UInt8(ascii: ";") }
    let start = bytes[..<place].lastIndex(where: isEnd).map { $0 + 1 } ?? 0
    let end = bytes[place...].firstIndex(where: isEnd) ?? bytes.count
    return (
      String(decoding: bytes[start..<end], as: UTF8.self),
      String(decoding: bytes[place..<end], as: UTF8.self)
    )
  }
}
