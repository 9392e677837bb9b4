import Display
import Interpreter
import LineEditor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs texts through one session and sends what comes of them on its way.
struct Runner {
  var session: Session
  var renderer: Renderer
  let arguments: Arguments
  /// What the prompt is to be like.
  private(set) var prompt = PromptOptions()
  private let isInteractive: Bool
  /// Whether somebody looks at the output, who wants each line when it comes.
  private let isWatched: Bool
  /// Shows how far long computations are; nil where nobody would see it.
  private let meter: ProgressMeter?
  /// Whether what a person begins every session with is running.
  var isBeginning = false
  private(set) var hasQuit = false
  /// Set when output could not be written; nothing more is worth running then.
  private(set) var trouble: ExitStatus?

  static let mostFailures = 100
  private static let flushSize = 1 << 16

  init(_ arguments: Arguments, isInteractive: Bool = false) {
    self.arguments = arguments
    self.isInteractive = isInteractive
    isWatched = Surroundings().isTerminal(STDOUT_FILENO)
    var options = Session.Options()
    options.files = .system
    options.isInteractive = isInteractive
    options.isInterrupted = { Interruption.isPending }
    let terminal = Surroundings()
    let showsProgress = terminal.isTerminal(STDERR_FILENO) && !arguments.isQuiet
    let meter = showsProgress ? ProgressMeter(isASCII: !terminal.showsUTF8) : nil
    if let meter { options.progress = { meter.report($0) } }
    self.meter = meter
    session = Session(options: options)
    var display = DisplayOptions()
    display.isQuiet = arguments.isQuiet
    display.isPrompt = isInteractive
    display.showsNodes = arguments.showsNodes
    if isWatched { display.width = terminal.width(of: STDOUT_FILENO) }
    var errors = Output()
    if terminal.isTerminal(STDERR_FILENO) {
      errors.width = terminal.width(of: STDERR_FILENO)
      errors.isASCII = !isWatched && !terminal.showsUTF8
    }
    renderer = Renderer(options: display, errors: errors)
    adopt(startingSettings())
  }

  /// The settings as the terminal wants them, then as the command line does.
  private func startingSettings(_ found: [(String, String)] = []) -> Settings {
    var settings = Settings.all
    var choices = found + arguments.choices
    if isWatched {
      choices.insert(("rows", "40"), at: 0)
      if Surroundings().isDumb { choices.insert(("plain", "on"), at: 0) }
      if !Surroundings().showsUTF8 { choices.insert(("ascii", "on"), at: 0) }
    }
    // What the command line says has been read once.
    for (name, value) in choices { _ = try? settings.choose(name, value) }
    return settings
  }

  /// Starts from what the editor of lines has found out about the terminal and the person's keys.
  ///
  /// - Parameters:
  ///   - isTerminalDumb: whether the terminal cannot move its cursor.
  ///   - editor: the keys of the person's other programs.
  ///   - chosen: what the person wants of every session.
  mutating func adopt(
    isTerminalDumb: Bool, editor: PromptOptions.Editor, chosen: [(name: String, value: String)]
  ) {
    var found = [("editor", editor.rawValue)]
    if isTerminalDumb { found.append(("plain", "on")) }
    adopt(startingSettings(found + chosen))
  }

  private mutating func adopt(_ settings: Settings) {
    session.adopt(settings)
    renderer.adopt(session)
    prompt = PromptOptions()
    settings.apply(PromptOptions.settings, to: &prompt)
    color()
  }

  private mutating func color() {
    let terminal = Surroundings()
    // Who has rows in words has no use for colors, unless they are asked for.
    let isPlain = renderer.options.isPlain && renderer.options.color == .auto
    let color = isPlain ? .never : renderer.options.color
    renderer.color(
      output: terminal.isColored(color, STDOUT_FILENO),
      errors: terminal.isColored(color, STDERR_FILENO))
  }

  /// Carries out a setting that is about the process.
  private mutating func change(_ name: String, _ value: String) {
    PromptOptions.settings.first { $0.setting.name == name }?.apply(&prompt, value)
    color()
  }

  /// Runs the bindings, then the expressions, the files, or standard input when there are none.
  mutating func run() -> ExitStatus {
    runBindings()
    for expression in arguments.expressions { feed(expression, name: "-e") }
    let files = arguments.files.isEmpty && arguments.expressions.isEmpty ? ["-"] : arguments.files
    for file in files where canGoOn {
      if let failure = run(file: file) { return failure }
    }
    return finish()
  }

  mutating func runBindings() {
    for binding in arguments.bindings { feed(binding, name: "argument '\(binding)'") }
  }

  /// Runs a line typed at the prompt.
  mutating func take(_ line: String) {
    feed(line, name: "-")
    flush()
  }

  /// Looks again how wide the terminal is.
  mutating func refreshWidth() {
    renderer.options.width = Surroundings().width(of: STDOUT_FILENO)
  }

  private var canGoOn: Bool {
    !hasQuit && trouble == nil
      && (isInteractive || renderer.failureCount == 0
        || arguments.keepsGoing && renderer.failureCount < Runner.mostFailures)
  }

  private mutating func feed(_ text: String, name: String) {
    guard canGoOn else { return }
    session.feed(Array("\(text)\n".utf8), name: name)
    drain()
  }

  private mutating func run(file: String) -> ExitStatus? {
    do throws(ByteSource.Failure) {
      session.beginText()
      let source = try file == "-" ? ByteSource(standardInput: ()) : ByteSource(path: file)
      if let bytes = try source.readWhole() {
        session.feed(bytes, name: file, path: FileSystem.onePath(of: file))
        drain()
      } else {
        try stream(source, name: file)
      }
      return nil
    } catch {
      flush()
      let shown = file == "-" ? "standard input" : "'\(file)'"
      StandardStream.complain("cannot read \(shown): \(error.reason)")
      return .fileTrouble
    }
  }

  /// Runs whole lines as they come.
  ///
  /// While more is waiting, an unfinished statement is looked at again only when twice as much of it
  /// is there, so that reading it takes time in proportion to its length.
  private mutating func stream(_ source: borrowing ByteSource, name: String) throws(ByteSource
    .Failure)
  {
    var held: [UInt8] = []
    var lineEnd: Int?
    var wanted = 1 << 20
    while canGoOn, let piece = try source.read() {
      if let place = piece.lastIndex(of: 10) { lineEnd = held.count + place }
      held.append(contentsOf: piece)
      if source.isReady, held.count < wanted { continue }
      guard let end = lineEnd else { continue }
      session.feed(Array(held[...end]), name: name, isFinal: false)
      held.removeFirst(end + 1)
      lineEnd = nil
      drain()
      flush()
      wanted = max(1 << 20, session.isUnfinished ? session.unreadCount : 0)
    }
    guard canGoOn else { return }
    session.feed(held, name: name, isFinal: true)
    drain()
  }

  /// Takes every outcome there is.
  mutating func drain() {
    if isInteractive { drainOutcomes() } else { Interruption.listeningInScript { drainOutcomes() } }
    meter?.clear()
    if !isInteractive, Interruption.isPending { hasQuit = true }
  }

  private mutating func drainOutcomes() {
    while canGoOn, let outcome = session.next() {
      if case .quit = outcome {
        hasQuit = true
        break
      }
      take(outcome)
      let isDue = isWatched || renderer.output.bytes.count > Runner.flushSize
      if isDue || !renderer.errors.bytes.isEmpty { flush() }
      if trouble != nil { return }
    }
  }

  private mutating func take(_ outcome: Outcome) {
    switch outcome {
    case .load(let request): load(request)
    case .save(let request, let mayReplace): save(request, mayReplace: mayReplace)
    default: renderer.render(outcome, of: &session)
    }
    if case .setting(let name, let value) = outcome { change(name, value) }
    if case .failure = outcome {
      abandonLoadingAfterFailure()
      if !isInteractive, Interruption.isPending { hasQuit = true }
    }
  }

  /// Sends what has been rendered; results before the errors that came after them.
  mutating func flush() {
    if !(renderer.output.bytes.isEmpty && renderer.errors.bytes.isEmpty) { meter?.clear() }
    if !renderer.output.bytes.isEmpty {
      if let number = StandardStream.output.write(renderer.output.bytes) { noteTrouble(number) }
      renderer.output.bytes.removeAll(keepingCapacity: true)
    }
    if !renderer.errors.bytes.isEmpty {
      _ = StandardStream.error.write(renderer.errors.bytes)
      renderer.errors.bytes.removeAll(keepingCapacity: true)
    }
  }

  private mutating func noteTrouble(_ number: Int32) {
    guard trouble == nil else { return }
    guard number != EPIPE else {
      trouble = .brokenPipe
      return
    }
    trouble = .fileTrouble
    StandardStream.complain("cannot write: \(String(cString: strerror(number)))")
  }

  private mutating func finish() -> ExitStatus {
    flush()
    if Interruption.isPending { Interruption.endProcess() }
    if let trouble { return trouble }
    let count = renderer.failureCount
    guard count > 0 else { return .success }
    if arguments.keepsGoing {
      let end = count >= Runner.mostFailures ? "; stopped" : ""
      StandardStream.error.write("\(count) \(count == 1 ? "error" : "errors")\(end)\n")
    }
    return .failedStatement
  }
}
