import Interpreter
import Syntax

/// An error as a picture: the place, the line as typed, a caret under what is meant, a hint.
extension Renderer {
  mutating func render(_ fault: Fault) {
    let span = fault.diagnostic.span
    let position = fault.source.position(of: Int(span.start))
    errors.write("\(fault.source.name):\(position.line):\(position.column): ", .emphasis)
    errors.write("error: ", .failure)
    errors.write(fault.diagnostic.message)
    errors.endLine()
    picture(fault.source, span)
    for line in fault.trace {
      errors.write("  \(line)", .faint)
      errors.endLine()
    }
    if let hint = fault.diagnostic.hint {
      errors.write("hint: ", .emphasis)
      errors.write(hint)
      errors.endLine()
    }
    if options.format == .json {
      renderJSON(fault, line: position.line, column: position.column)
    }
  }

  /// The line and the caret; of a long line the part around the caret.
  private mutating func picture(_ source: SourceText, _ span: Span) {
    let range = source.lineRange(containing: Int(span.start))
    let start = min(max(Int(span.start), range.lowerBound), range.upperBound)
    let end = min(max(Int(span.end), start), range.upperBound)
    let before = visible(source.bytes[range.lowerBound..<start])
    let meant = visible(source.bytes[start..<end])
    let after = visible(source.bytes[end..<range.upperBound])
    let room = max(30, (options.width ?? 100) - 4)
    let shownBefore = tail(before, columns: room / 2)
    let shownMeant = head(meant, columns: room - width(shownBefore))
    let shownAfter = head(after, columns: room - width(shownBefore) - width(shownMeant))
    errors.write("  \(shownBefore)\(shownMeant)\(shownAfter)")
    errors.endLine()
    let underline = max(0, width(shownMeant) - 1)
    errors.write(repeating: " ", count: 2 + width(shownBefore))
    errors.write("^" + String(repeating: "~", count: underline), .failure)
    errors.endLine()
  }

  /// Text without anything that could move a terminal's cursor: one column for each such thing.
  private func visible(_ bytes: ArraySlice<UInt8>) -> [Unicode.Scalar] {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case .control: scalar == "\t" ? " " : "\u{FFFD}"
      case .format, .lineSeparator, .paragraphSeparator, .surrogate: "\u{FFFD}"
      default: scalar
      }
    }
  }

  private func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + displayWidth(of: $1) }
  }

  private func head(_ scalars: [Unicode.Scalar], columns: Int) -> String {
    var text = String.UnicodeScalarView()
    var used = 0
    for scalar in scalars {
      used += displayWidth(of: scalar)
      if used > columns { return String(text) + (columns > 0 ? "…" : "") }
      text.append(scalar)
    }
    return String(text)
  }

  private func tail(_ scalars: [Unicode.Scalar], columns: Int) -> String {
    var kept: [Unicode.Scalar] = []
    var used = 0
    for scalar in scalars.reversed() {
      used += displayWidth(of: scalar)
      if used > columns { return "…" + String(String.UnicodeScalarView(kept.reversed())) }
      kept.append(scalar)
    }
    return String(String.UnicodeScalarView(kept.reversed()))
  }
}
