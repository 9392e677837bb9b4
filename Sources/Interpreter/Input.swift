import Syntax

/// The text that has been fed and not yet run.
struct Input: Sendable {
  var name = "-"
  /// The one path of the file that is read, however it was named.
  var path: String?
  var bytes: [UInt8] = []
  /// Where the next statement is looked for.
  var offset = 0
  /// The line that `lineOffset` stands in.
  var line = 1
  var lineOffset = 0
  /// Whether the end of the bytes is the end of the text.
  var isFinal = true
  /// What is missing at the end of the bytes, when the last statement is unfinished.
  var incomplete: Diagnostic?

  /// The line in which an offset stands; offsets are asked for in rising order.
  mutating func line(at target: Int) -> Int {
    guard target > lineOffset else { return line }
    bytes.withUnsafeBufferPointer { bytes in
      for place in lineOffset..<min(target, bytes.count) where bytes[place] == 10 { line += 1 }
    }
    lineOffset = target
    return line
  }

  /// The line ends between the statement's first line and an offset in it.
  func lineEnds(before offset: Int) -> Int {
    guard offset > lineOffset else { return 0 }
    return bytes[lineOffset..<min(offset, bytes.count)].count { $0 == 10 }
  }

  /// The whole lines that a span touches, as a text of its own.
  func excerpt(_ span: Span) -> SourceText {
    let start = bytes[..<min(Int(span.start), bytes.count)].lastIndex(of: 10).map { $0 + 1 } ?? 0
    let end = bytes[min(Int(span.end), bytes.count)...].firstIndex(of: 10) ?? bytes.count
    let before = bytes[min(start, lineOffset)..<max(start, lineOffset)].count { $0 == 10 }
    let first = start < lineOffset ? line - before : line + before
    return SourceText(name: name, bytes: Array(bytes[start..<end]), firstLine: first)
  }

  /// Where the excerpt of a span begins.
  func excerptStart(_ span: Span) -> Int {
    bytes[..<min(Int(span.start), bytes.count)].lastIndex(of: 10).map { $0 + 1 } ?? 0
  }

  func text(_ span: Span) -> String {
    String(decoding: bytes[Int(span.start)..<min(Int(span.end), bytes.count)], as: UTF8.self)
  }
}

extension Session {
  /// Gives the session more text to run.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8; further calls with the same name continue the text.
  ///   - name: what messages call it, such as a file's path.
  ///   - path: the one path of the file, where the text is all of one.
  ///   - isFinal: whether the text ends here; an unfinished statement is then an error.
  package mutating func feed(
    _ bytes: [UInt8], name: String, path: String? = nil, isFinal: Bool = true
  ) {
    endLine()
    if input.offset >= input.bytes.count || name != input.name {
      let line = name == input.name ? input.line(at: input.bytes.count) : 1
      input = Input(name: name, path: path, bytes: bytes, line: line)
    } else {
      // What has been run is dropped, so that an endless stream takes no more room than a line.
      _ = input.line(at: input.offset)
      input.bytes.removeFirst(input.offset)
      (input.offset, input.lineOffset) = (0, 0)
      input.bytes.append(contentsOf: bytes)
    }
    input.isFinal = isFinal
    input.incomplete = nil
  }

  /// Ends the text that was fed; the next one starts with line 1 whatever it is called.
  package mutating func beginText() { input = Input(name: "") }

  /// Whether the text that was fed ends within a statement.
  package var isUnfinished: Bool { input.incomplete != nil }

  /// How many bytes wait for the rest of their statement.
  package var unreadCount: Int { input.bytes.count - input.offset }

  /// The words of the statement that a derivation came from.
  package func text(of derivation: Derivation) -> String { input.text(derivation.span) }

  package func name(_ id: NameID) -> String { parser.names.text(of: id) }
}
