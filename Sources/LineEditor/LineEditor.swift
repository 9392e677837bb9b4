import CLibEdit

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Reads what a person types, with editing, history and completion; it knows nothing of what the
/// text means.
package final class LineEditor {
  /// What came of asking for a line.
  package enum Input: Equatable, Sendable {
    /// What was typed; it has more than one line when the first was not complete.
    case line(String)

    /// ^C: the line is given up, the session goes on.
    case interrupted

    /// ^D on an empty line, or a terminal that is gone.
    case endOfInput
  }

  /// Offers candidates for the text from `replaceFrom` to the cursor; offsets count bytes.
  package typealias Completions = (_ line: String, _ cursor: Int) -> (
    replaceFrom: Int, candidates: [Candidate]
  )

  private static let continuationPrompt = ". "

  let completions: Completions
  private let isComplete: (String) -> Bool
  private var historyFile: HistoryFile

  /// libedit and its history; nil where a terminal cannot do more than take lines.
  let editor: OpaquePointer?
  private let history: OpaquePointer?
  private var plainInput = PlainInput()

  /// The prompt on screen, in the form that libedit asks for again and again.
  private var promptCharacters = UnsafeMutableBufferPointer<wchar_t>.allocate(capacity: 0)
  private(set) var promptWidth = 0

  var characters = CharacterReader()

  /// Whether ^C was pressed in the line being edited.
  var isInterrupted = false

  /// An editor on the standard streams, which goes on with the lines in the file.
  package init(
    program: String, historyFile: HistoryFile, isComplete: @escaping (String) -> Bool,
    completions: @escaping Completions
  ) {
    self.historyFile = historyFile
    self.isComplete = isComplete
    self.completions = completions
    editor = Terminal.canEdit && Terminal.useUTF8() ? libedit_open(program) : nil
    history = editor == nil ? nil : libedit_history_open()
    guard let editor else { return }
    libedit_set_client_data(editor, Unmanaged.passUnretained(self).toOpaque())
    _ = libedit_set_prompt(
      editor, { LineEditor.of($0)?.promptCharacters.baseAddress }, wchar_t(Prompt.quote.value))
    _ = libedit_set_reader(editor) { LineEditor.of($0)?.readCharacter(into: $1) ?? -1 }
    _ = libedit_set_signals(editor, 1)
    bindKeys()
    loadHistory()
  }

  deinit {
    if let editor { libedit_close(editor) }
    if let history { libedit_history_close(history) }
    promptCharacters.deallocate()
  }

  /// Something to tell the person about the history, the first time that it is asked for.
  package func takeNotice() -> String? {
    historyFile.takeNotice()
  }

  /// Asks for a line, and for further ones while the text is not complete.
  ///
  /// An empty line ends the asking, complete or not: there has to be a way out.
  package func readLine(prompt: String) -> Input {
    var text = ""
    var lines = 0
    while true {
      switch readOneLine(prompt: lines == 0 ? prompt : Self.continuationPrompt) {
      case .line(let line):
        // The lines after the first are indented as a rule; that is no wish to keep them out.
        if lines == 0 || HistoryFile.isRecorded(text) {
          record(lines == 0 ? line : String(line.drop(while: \.isWhitespace)))
        }
        if lines > 0, line.isEmpty { return .line(text) }
        text += lines == 0 ? line : "\n" + line
        lines += 1
        if isComplete(text) { return .line(text) }
      case .interrupted:
        return .interrupted
      case .endOfInput:
        return lines == 0 ? .endOfInput : .line(text)
      }
    }
  }

  /// The editor that a callback of libedit belongs to.
  static func of(_ editor: OpaquePointer?) -> LineEditor? {
    guard let editor, let data = libedit_client_data(editor) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(data).takeUnretainedValue()
  }
}

extension LineEditor {
  private func readOneLine(prompt: String) -> Input {
    let prompt = Prompt(prompt)
    guard let editor else { return plainInput.readLine(prompt: prompt) }
    show(prompt)
    isInterrupted = false
    let signals = TerminalSignals()
    defer { signals.restore() }
    var count: Int32 = 0
    let typed = libedit_read(editor, &count)
    if isInterrupted { return .interrupted }
    guard let typed, count > 0 else {
      Terminal.write("\n")
      return TerminalSignals.isInterrupted ? .interrupted : .endOfInput
    }
    let line = UnsafeBufferPointer(start: typed, count: Int(count))
    return .line(String(wideCharacters: line.last == newline ? line.dropLast() : line[...]))
  }

  private func show(_ prompt: Prompt) {
    promptCharacters.deallocate()
    let characters = prompt.text.wideCharacters
    promptCharacters = .allocate(capacity: characters.count)
    _ = promptCharacters.initialize(from: characters)
    promptWidth = prompt.width
  }

  private func loadHistory() {
    guard let editor, let history else { return }
    let limit = 10_000
    _ = libedit_history_set_size(history, Int32(limit))
    _ = libedit_history_set_unique(history, 1)
    _ = libedit_set_history(editor, history)
    for entry in historyFile.load(limit: limit) {
      _ = libedit_history_enter(history, entry.wideCharacters)
    }
  }

  private func record(_ line: String) {
    guard let history, HistoryFile.isRecorded(line) else { return }
    _ = libedit_history_enter(history, line.wideCharacters)
    historyFile.append(line)
  }
}

private let newline = wchar_t(0x0A)
