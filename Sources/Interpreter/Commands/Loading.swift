import Syntax

/// Files that are run in the midst of another text.
extension Session {
  /// Answers a `load` with what stands in the file; running goes on with that.
  ///
  /// Definitions in it are silent and nothing is remarked on, as in any script.
  ///
  /// - Parameters:
  ///   - bytes: all of the file.
  ///   - name: what messages call it.
  ///   - path: the one path of the file, however it was named.
  package mutating func load(_ bytes: [UInt8], name: String, path: String) {
    outerInputs.append(input)
    isOuterInteractive = isOuterInteractive || options.isInteractive
    options.isInteractive = false
    input = Input(name: name, path: path, bytes: bytes)
  }

  /// Whether what runs was loaded.
  package var isLoading: Bool { !outerInputs.isEmpty }

  /// The files that are being read, outermost first, with their names and their one path.
  package var filesBeingRead: [(name: String, path: String)] {
    (outerInputs + [input]).compactMap { input in input.path.map { (input.name, $0) } }
  }

  /// Takes what has run so far for the beginning, which cannot be undone.
  package mutating func begin() {
    commit()
    undoing = Undoing()
  }

  /// Leaves all files that are being loaded, after a failure in one of them.
  package mutating func abandonLoading() {
    while isLoading { endLoading() }
  }

  /// Goes on with the text that the file was loaded in.
  mutating func endLoading() {
    input = outerInputs.removeLast()
    guard outerInputs.isEmpty else { return }
    options.isInteractive = isOuterInteractive
    isOuterInteractive = false
  }

  /// Asks the outermost layer for a file.
  mutating func fileRequest(_ argument: Argument) throws(Diagnostic) -> FileRequest {
    guard let path = FileName(argument.text)?.path, !path.isEmpty else {
      throw .fileNameExpected(argument.example, at: argument.span)
    }
    let start = input.excerptStart(argument.span)
    return FileRequest(
      path: path, source: input.excerpt(argument.span),
      span: Span(start: Int(argument.span.start) - start, end: Int(argument.span.end) - start))
  }
}

/// The name of a file as it is written behind a command.
struct FileName {
  let path: String

  /// Takes the name out of its quotes; without quotes it goes to the end of the line or a comment.
  ///
  /// Nil where a quote is not closed or something stands behind the name.
  init?(_ text: String) {
    guard text.first == "\"" else {
      let end = text.firstRange(of: " #")?.lowerBound ?? text.endIndex
      path = text.first == "#" ? "" : text[..<end].trimmed
      return
    }
    var path = ""
    var rest = text.dropFirst()
    while let character = rest.popFirst() {
      if character == "\"" {
        guard rest.isAtEndOfName else { return nil }
        self.path = path
        return
      }
      let isEscape = character == "\\" && (rest.first == "\"" || rest.first == "\\")
      path.append(isEscape ? rest.removeFirst() : character)
    }
    return nil
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(reversed().drop { $0 == " " }.reversed())
  }

  /// Whether nothing but a comment stands here.
  fileprivate var isAtEndOfName: Bool {
    let rest = drop { $0 == " " }
    return rest.isEmpty || rest.first == "#"
  }
}
