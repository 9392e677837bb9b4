#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The entries of earlier sessions: UTF-8 text, one entry a line, the newest last.
///
/// In an entry of several lines a backslash stands at the end of each but the last.
///
/// An entry is appended with one write, so that sessions side by side lose nothing to each other,
/// and a file that has become too large loses its oldest entries when it is read. A file that could
/// not be read is not written to either. Trouble becomes one notice; after it the session goes on
/// without the file.
package struct HistoryFile {
  /// The path, nil when no file is kept.
  package private(set) var path: String?

  private var notice: String?

  /// The entry written or read last: it is not written a second time in a row.
  private var newest: String?

  /// Whether the file was left in the middle of a line, by a full disk for example.
  private var endsMidLine = false
  private var endsInBackslash = false

  /// A history in the given file; without a path, none.
  package init(path: String?) {
    self.path = path
  }

  /// The history of a program, where its environment wants it.
  ///
  /// `NAME_HISTORY` is the path; set to nothing, it turns the history off. Without it the file is
  /// `name/history` under `XDG_STATE_HOME`, which is `~/.local/state` unless set.
  package init(program: String, variable: (String) -> String?) {
    if let path = variable(program.uppercased() + "_HISTORY") {
      self.init(path: path.isEmpty ? nil : path)
    } else if let state = variable("XDG_STATE_HOME"), state.hasPrefix("/") {
      self.init(path: "\(state)/\(program)/history")
    } else if let home = variable("HOME"), !home.isEmpty {
      self.init(path: "\(home)/.local/state/\(program)/history")
    } else {
      self.init(path: nil)
      notice = "no history is kept: HOME is not set"
    }
  }

  /// The history of a program, where the environment of this process wants it.
  package init(program: String) {
    self.init(program: program, variable: environmentVariable)
  }

  /// What to tell the person, once.
  package mutating func takeNotice() -> String? {
    defer { notice = nil }
    return notice
  }

  /// The newest entries, oldest first, without lines that are no text.
  ///
  /// A file of more bytes than `largestSize` is cut to these entries.
  package mutating func load(limit: Int = 10_000, largestSize: Int = 8 << 20) -> [String] {
    guard let path else { return [] }
    var bytes: [UInt8]
    switch tailOfFile(path, lines: limit) {
    case .success(let read): bytes = read
    case .failure(.missing): return []
    case .failure(.noFile): return giveUp(nil)
    case .failure(.trouble(let reason)): return giveUp("cannot read history '\(path)': \(reason)")
    }
    endsMidLine = bytes.last.map { $0 != UInt8(ascii: "\n") } ?? false
    endsInBackslash = bytes.last == UInt8(ascii: "\\")
    let entries = Array(Self.entries(bytes).suffix(limit))
    newest = entries.last
    Self.trim(path, limit: limit, largestSize: largestSize)
    return entries
  }

  /// Adds an entry to the file, making file and folders if need be, for the owner's eyes only.
  ///
  /// Left out are blank entries, those that start with a blank, and repetitions of the last one.
  package mutating func append(_ entry: String) {
    guard let path, Self.isRecorded(entry), entry != newest else { return }
    makeFolders(of: path)
    let descriptor = Self.openToAppend(path)
    guard descriptor >= 0 else { return couldNotWrite(path) }
    defer { close(descriptor) }
    // After a backslash one end of a line would go on with the entry that was cut short.
    let closing = endsMidLine ? endsInBackslash ? "\n\n" : "\n" : ""
    let line = Array((closing + Self.stored(entry) + "\n").utf8)
    var written = write(descriptor, line, line.count)
    while written < 0, errno == EINTR { written = write(descriptor, line, line.count) }
    endsMidLine = written > 0 ? written < line.count : endsMidLine
    guard written == line.count else { return couldNotWrite(path) }
    newest = entry
  }

  /// Whether a line belongs into the history: one that starts with a blank is kept out of it.
  static func isRecorded(_ line: String) -> Bool {
    line.first.map { !$0.isWhitespace } ?? false
  }

  /// An entry as the file holds it.
  ///
  /// A blank keeps a backslash that ends a line from being taken for a sign.
  static func stored(_ entry: String) -> String {
    entry.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasSuffix("\\") ? "\($0) " : String($0) }
      .joined(separator: "\\\n")
  }

  /// The entries of a file, without those that are no text.
  static func entries(_ bytes: [UInt8]) -> [String] {
    var entries: [String] = []
    var entry: [UInt8] = []
    func close() {
      // The line after the last backslash is missing, or empty to close what was cut short.
      if entry.last == UInt8(ascii: "\n") { entry.removeLast() }
      if !entry.isEmpty, !entry.contains(0), let text = String(validating: entry, as: UTF8.self) {
        entries.append(text)
      }
      entry.removeAll()
    }
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      entry += line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if line.last == UInt8(ascii: "\\") {
        entry[entry.count - 1] = UInt8(ascii: "\n")
      } else {
        close()
      }
    }
    close()
    return entries
  }

  private mutating func giveUp(_ notice: String?) -> [String] {
    path = nil
    self.notice = notice
    return []
  }

  private mutating func couldNotWrite(_ path: String) {
    _ = giveUp("cannot write history '\(path)': \(String(cString: strerror(errno)))")
  }
}

/// Makes the folders above a path; what fails here shows when the file is opened.
private func makeFolders(of path: String) {
  for end in path.indices.dropFirst() where path[end] == "/" {
    mkdir(String(path[..<end]), 0o700)
  }
}
