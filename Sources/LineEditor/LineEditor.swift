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
    /// What was typed; it has more than one line when the first was not complete, and when several
    /// were pasted.
    case line(String)

    /// ^C: the line is given up, the session goes on.
    case interrupted

    /// ^D on an empty line, or a terminal that is gone.
    case endOfInput
  }

  /// The keys that a line is edited with.
  package enum Keys: String, Sendable { case emacs, vi }

  /// Offers candidates for the text from `replaceFrom` to the cursor; offsets count bytes.
  package typealias Completions = (_ line: String, _ cursor: Int) -> (
    replaceFrom: Int, candidates: [Candidate]
  )

  static let continuationPrompt = ". "
  private static let mostEntries = 10_000

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
  /// Characters that are read before any others: what ended a search is a key of its own.
  var pushedBack: [Unicode.Scalar] = []

  /// Whether ^C was pressed in the line being edited.
  var isInterrupted = false

  /// Whether the row below the line is free for a preview: not while a search or a paste goes on.
  var isEditingLine = false
  var preview: LivePreview
  var keyWatch = KeyWatch()

  /// The lines before the one being edited, each with its end, of an entry that goes on.
  private(set) var entry = ""

  /// What was entered before, the newest last.
  private(set) var entries: [String] = []
  /// The way through them that the arrows have gone, until the line is changed.
  var walk: HistoryWalk?

  /// An editor on the standard streams, which goes on with the entries of the file.
  ///
  /// - Parameters:
  ///   - program: What libedit calls the program in a person's `.editrc`.
  ///   - historyFile: Where entries are read from and added to.
  ///   - isComplete: Whether a text may end where it does; otherwise a further line is asked for.
  ///   - completions: What the word before the cursor may become.
  ///   - preview: What a text that is still being typed comes to, shown below it.
  package init(
    program: String, historyFile: HistoryFile, isComplete: @escaping (String) -> Bool,
    completions: @escaping Completions, preview: @escaping (String) -> String? = { _ in nil }
  ) {
    self.historyFile = historyFile
    self.isComplete = isComplete
    self.completions = completions
    self.preview = LivePreview(text: preview)
    let canEdit = Terminal.canEdit && Terminal.useUTF8()
    if canEdit { TerminalState.remember() }
    editor = canEdit ? libedit_open(program) : nil
    history = editor == nil ? nil : libedit_history_open()
    guard let editor else { return }
    libedit_set_client_data(editor, Unmanaged.passUnretained(self).toOpaque())
    _ = libedit_set_prompt(
      editor, { LineEditor.of($0)?.promptCharacters.baseAddress }, wchar_t(Prompt.quote.value))
    _ = libedit_set_reader(editor) { LineEditor.of($0)?.readCharacter(into: $1) ?? -1 }
    quietTerminal()
    addFunctions()
    bindKeys()
    loadHistory()
  }

  deinit {
    if let editor { libedit_close(editor) }
    if let history { libedit_history_close(history) }
    TerminalState.restore()
    promptCharacters.deallocate()
  }

  /// Whether lines are edited here rather than by the terminal.
  package var isEditing: Bool { editor != nil }

  /// Whether the terminal shows plain text at most.
  package var isTerminalDumb: Bool { editor == nil && Terminal.isDumb }

  /// Whether a preview is shown while a line is typed.
  package var isPreviewing: Bool {
    get { preview.isWanted }
    set { preview.isWanted = newValue }
  }

  /// Whether the preview is written faintly, which takes a terminal with styles.
  package var dimsPreview: Bool {
    get { preview.isDim }
    set { preview.isDim = newValue }
  }

  /// The keys that lines are edited with; those of the person's `.editrc` to begin with.
  package var keys: Keys {
    get { hasViKeys ? .vi : .emacs }
    set { if newValue != keys { change(keys: newValue) } }
  }

  /// Something to tell the person about the history, the first time that it is asked for.
  package func takeNotice() -> String? {
    historyFile.takeNotice()
  }

  /// Asks for a line, and for further ones while the text is not complete.
  ///
  /// An empty line ends the asking, complete or not: there has to be a way out.
  package func readLine(prompt: String) -> Input {
    entry = ""
    while true {
      switch readOneLine(prompt: entry.isEmpty ? prompt : Self.continuationPrompt) {
      case .line(let line):
        let text = entry + line
        if isComplete(text) || (line.isEmpty && !entry.isEmpty) {
          let whole = line.isEmpty ? String(text.dropLast()) : text
          record(whole)
          return .line(whole)
        }
        entry = text + "\n"
      case .interrupted:
        return .interrupted
      case .endOfInput:
        return entry.isEmpty ? .endOfInput : .line(entry)
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
    (isInterrupted, isEditingLine, walk) = (false, true, nil)
    preview.begin()
    let signals = TerminalSignals()
    TerminalState.beginLine()
    defer {
      TerminalState.endLine()
      signals.restore()
      isEditingLine = false
    }
    // The window may have become another one while nobody listened.
    libedit_resize(editor)
    // Before the prompt shows: whoever sees it may press ^C, and means a key.
    _ = libedit_prepare_terminal(editor, 1)
    var count: Int32 = 0
    let typed = libedit_read(editor, &count)
    if isInterrupted { return .interrupted }
    guard let typed, count > 0 else {
      Terminal.write("\n")
      return .endOfInput
    }
    let line = UnsafeBufferPointer(start: typed, count: Int(count))
    return .line(String(wideCharacters: line.last == newline ? line.dropLast() : line[...]))
  }

  /// Makes a prompt the one that libedit draws.
  func show(_ prompt: Prompt) {
    promptCharacters.deallocate()
    let characters = prompt.text.wideCharacters
    promptCharacters = .allocate(capacity: characters.count)
    _ = promptCharacters.initialize(from: characters)
    promptWidth = prompt.width
  }

  /// The prompt of the line being edited, in the form that `show` takes.
  var promptOnScreen: String { String(wideCharacters: promptCharacters.dropLast()) }

  private func loadHistory() {
    guard let editor, let history else { return }
    _ = libedit_history_set_size(history, Int32(Self.mostEntries))
    _ = libedit_history_set_unique(history, 1)
    _ = libedit_set_history(editor, history)
    entries = historyFile.load(limit: Self.mostEntries)
    for entry in entries { _ = libedit_history_enter(history, entry.wideCharacters) }
  }

  private func record(_ entry: String) {
    guard let history, HistoryFile.isRecorded(entry) else { return }
    _ = libedit_history_enter(history, entry.wideCharacters)
    if entries.last != entry { entries.append(entry) }
    historyFile.append(entry)
  }
}

private let newline = wchar_t(0x0A)
