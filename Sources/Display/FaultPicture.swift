import Interpreter
import Syntax

/// An error as a picture: the place, the line as typed, a caret under what is meant, a hint.
extension Renderer {
  mutating func render(_ fault: Fault) {
    let span = fault.diagnostic.span
    let position = fault.source.position(of: Int(span.start))
    let isInSight = options.isPrompt && fault.source.name == "-"
    let place =
      isInSight ? "" : "\(fault.source.name.harmless):\(position.line):\(position.column): "
    errors.write(place, .emphasis)
    errors.write("error: ", .failure)
    errors.writeLines(
      fault.diagnostic.message.harmless, from: displayWidth(of: place) + 7, indent: 2)
    picture(fault.source, span)
    for line in fault.trace { errors.writeLines("  \(line.harmless)", indent: 4, .faint) }
    if let hint = fault.diagnostic.hint {
      errors.write("hint: ", .emphasis)
      errors.writeLines(hint.harmless, from: 6, indent: 6)
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
    let mark = errors.spelled(Glyph.ellipsis)
    let room = max(8, (errors.width ?? 100) - 2 - 2 * displayWidth(of: mark))
    let before = visible(source.bytes[range.lowerBound..<start])
    let meant = visible(source.bytes[start..<end])
    let after = visible(source.bytes[end..<range.upperBound])
    // Half of the room is for what comes before, and all that the rest leaves of it.
    let left = room - columns(meant, atMost: room) - columns(after, atMost: room)
    let shownBefore = tail(before, columns: max(room / 2, left), mark)
    let free = room + displayWidth(of: mark) - displayWidth(of: shownBefore)
    let shownMeant = head(meant, columns: free, mark)
    let rest = free - displayWidth(of: shownMeant)
    errors.write("  ")
    errors.write(verbatim: (shownBefore + shownMeant + head(after, columns: rest, mark)).utf8)
    errors.endLine()
    let underline = max(0, displayWidth(of: shownMeant) - 1)
    errors.write(repeating: " ", count: 2 + displayWidth(of: shownBefore))
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

  private func columns(_ scalars: [Unicode.Scalar], atMost limit: Int) -> Int {
    var columns = 0
    for scalar in scalars where columns < limit { columns += displayWidth(of: scalar) }
    return columns
  }

  private func head(_ scalars: [Unicode.Scalar], columns: Int, _ mark: String) -> String {
    var text = String.UnicodeScalarView()
    var used = 0
    for scalar in scalars {
      used += displayWidth(of: scalar)
      if used > columns { return String(text) + (columns > 0 ? mark : "") }
      text.append(scalar)
    }
    return String(text)
  }

  private func tail(_ scalars: [Unicode.Scalar], columns: Int, _ mark: String) -> String {
    var kept: [Unicode.Scalar] = []
    var used = 0
    for scalar in scalars.reversed() {
      used += displayWidth(of: scalar)
      if used > columns { return mark + String(String.UnicodeScalarView(kept.reversed())) }
      kept.append(scalar)
    }
    return String(String.UnicodeScalarView(kept.reversed()))
  }
}
