import Interpreter

/// What the name of a file may become while it is written behind a command.
struct FileCompletion {
  /// Each as it would be written, with what it is.
  let candidates: [(text: String, note: String)]

  private static let mostCandidates = 500

  /// - Parameter written: the beginning of the name, with its quote if it has one.
  init(of written: String) {
    let isQuoted = written.first == "\""
    let path = isQuoted ? FileCompletion.unquoted(written.dropFirst()) : written
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let (folder, beginning) = (String(path[..<slash]), String(path[slash...]))
    if path == "~" {
      candidates = [(isQuoted ? "\"~/" : "~/", "the home folder")]
      return
    }
    let place = FileSystem.expanded(folder.isEmpty ? "." : folder)
    let names = FileSystem.names(in: place).filter { name in
      // What begins with a point is hidden until asked for; what cannot be typed is not offered.
      name.hasPrefix(beginning) && (name.first != "." || beginning.first == ".")
        && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
    candidates = names.sorted().prefix(FileCompletion.mostCandidates).map { name in
      let isFolder = FileSystem.isDirectory("\(place)/\(name)")
      let whole = folder + name + (isFolder ? "/" : "")
      let needsQuotes = isQuoted || whole.contains(" #") || whole.first == "\"" || whole.last == " "
      let note = isFolder ? "a folder" : name.hasSuffix(".nabla") ? "a script" : "a file"
      guard needsQuotes else { return (whole, note) }
      return ("\"" + FileCompletion.quoted(whole) + (isFolder ? "" : "\""), note)
    }
  }

  private static func unquoted(_ text: Substring) -> String {
    var path = ""
    var rest = text
    while let character = rest.popFirst() {
      let isEscape = character == "\\" && (rest.first == "\"" || rest.first == "\\")
      path.append(isEscape ? rest.removeFirst() : character)
    }
    return path
  }

  private static func quoted(_ path: String) -> String {
    path.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
  }
}
