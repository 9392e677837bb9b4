import Interpreter
import Syntax

/// What a person wants of every session: a file of settings, and a script to begin with.
///
/// Only sessions at a prompt read them. What a script prints would otherwise depend on the machine.
struct Configuration {
  /// Settings with their values, as far as they make sense.
  private(set) var choices: [(name: String, value: String)] = []
  private(set) var faults: [Fault] = []
  private(set) var notices: [String] = []
  /// The script to begin with, where there is one.
  private(set) var script: (bytes: [UInt8], path: String)?

  /// The folder: `nabla` under `XDG_CONFIG_HOME`, which is `~/.config` unless set.
  static var folder: String? {
    let surroundings = Surroundings()
    if let parent = surroundings.variable("XDG_CONFIG_HOME"), parent.hasPrefix("/") {
      return "\(parent)/nabla"
    }
    return surroundings.home.map { "\($0)/.config/nabla" }
  }

  /// Reads both files of a folder; one that is not there is not missed.
  init(folder: String) {
    if let bytes = read("\(folder)/config") { take(bytes, from: "\(folder)/config") }
    if let bytes = read("\(folder)/init.nabla") { script = (bytes, "\(folder)/init.nabla") }
  }

  private mutating func read(_ path: String) -> [UInt8]? {
    guard FileSystem.exists(path) else { return nil }
    do throws(FileSystem.Failure) {
      return try FileSystem.read(path)
    } catch {
      notices.append("cannot read '\(path)': \(error.reason)")
      return nil
    }
  }

  /// Reads lines such as `digits = 10`; `#` begins a comment.
  private mutating func take(_ bytes: [UInt8], from path: String) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    for (place, line) in lines.enumerated() where faults.count < Configuration.mostFaults {
      let source = SourceText(name: path, bytes: Array(line), firstLine: place + 1)
      if let diagnostic = take(line: source.bytes) {
        faults.append(Fault(diagnostic: diagnostic, source: source))
      }
    }
  }

  private static let mostFaults = 10

  /// Takes one line; what is wrong with it.
  private mutating func take(line: [UInt8]) -> Diagnostic? {
    let content = line.prefix { $0 != UInt8(ascii: "#") }
    let whole = trimmed(content)
    guard !whole.isEmpty else { return nil }
    guard let sign = content.firstIndex(of: UInt8(ascii: "=")) else {
      return Diagnostic(
        "expected a setting and its value", at: span(whole), hint: "as in 'digits = 10'")
    }
    let (name, value) = (trimmed(content[..<sign]), trimmed(content[(sign + 1)...]))
    var settings = Settings.all
    do throws(Settings.Problem) {
      let word = String(decoding: name, as: UTF8.self)
      let kept = try settings.choose(word, String(decoding: value, as: UTF8.self))
      choices.append((word, kept))
      return nil
    } catch {
      return Diagnostic(
        error.message, at: span(error.isAboutValue && !value.isEmpty ? value : name),
        hint: error.hint)
    }
  }

  private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == 32 || byte == 9 || byte == 13 }
    var bytes = bytes.drop(while: isBlank)
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return bytes
  }

  private func span(_ bytes: ArraySlice<UInt8>) -> Span {
    Span(start: bytes.startIndex, end: bytes.endIndex)
  }
}
