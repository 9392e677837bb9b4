import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The tests on pseudo-terminals, one after the other.
@Suite(.serialized) enum TerminalSuite {}

/// The program with a terminal of its own, typed to as a person types.
///
/// Nothing here waits for a fixed time: what is expected is waited for, and how long is only a limit.
final class Terminal {
  let master: Int32
  private let child: Child
  /// Everything that was sent to the terminal.
  private(set) var bytes: [UInt8] = []
  private var screen: Screen
  private var shown = ""
  private var pending: [UInt8] = []
  private var isAtPrompt = false
  private static let patience = 20.0

  init(
    _ arguments: [String] = [], program: String = Child.program, environment: [String] = [],
    columns: UInt16 = 80, rows: UInt16 = 24
  ) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard let name = Terminal.name(of: master) else {
      throw Folder.Failure(reason: "no pseudo-terminal")
    }
    screen = Screen(columns: Int(columns), rows: Int(rows))
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    guard
      let child = Child(
        arguments, program: program, terminal: name, environment: environment)
    else { throw Folder.Failure(reason: "the program does not start") }
    self.child = child
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
  }

  /// A session that waits for its first line.
  static func atPrompt(
    _ arguments: [String] = [], environment: [String] = [], columns: UInt16 = 80, rows: UInt16 = 24
  ) throws -> Terminal {
    let terminal = try Terminal(
      arguments, environment: environment, columns: columns, rows: rows)
    guard terminal.prompt() else { throw Folder.Failure(reason: "no prompt") }
    return terminal
  }

  /// The path of the side that the program opens.
  private static func name(of master: Int32) -> String? {
    #if canImport(Glibc)
      // TIOCSPTLCK unlocks it, TIOCGPTN tells its number; grantpt and ptsname do no more.
      var (lock, number): (Int32, UInt32) = (0, 0)
      guard ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0
      else { return nil }
      return "/dev/pts/\(number)"
    #else
      guard grantpt(master) == 0, unlockpt(master) == 0 else { return nil }
      return ptsname(master).map { String(cString: $0) }
    #endif
  }

  deinit {
    kill(child.process, SIGKILL)
    close(master)
  }

  /// Types a text, however long, reading what is shown meanwhile.
  func type(_ text: String) {
    isAtPrompt = false
    var rest = Array(text.utf8)[...]
    let limit = Stopwatch.now + Terminal.patience
    while !rest.isEmpty, Stopwatch.now < limit {
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count > 0 { rest.removeFirst(count) } else if !receive() { return }
    }
  }

  /// Waits until a text has been shown since the last call; what was shown up to its end.
  @discardableResult
  func expect(_ text: String) -> String? {
    let limit = Stopwatch.now + Terminal.patience
    while true {
      if let place = shown.firstRange(of: text) {
        let before = String(shown[..<place.upperBound])
        shown = String(shown[place.upperBound...])
        return before
      }
      guard Stopwatch.now < limit, receive() else { return nil }
    }
  }

  /// Waits until the last rows of the screen are these, the cursor written as `▏`; what they are
  /// then, or when patience is at an end.
  func picture(_ expected: String) -> String {
    let count = expected.split(separator: "\n", omittingEmptySubsequences: false).count
    let limit = Stopwatch.now + Terminal.patience
    while true {
      let picture = screen.picture.suffix(count).joined(separator: "\n")
      guard picture != expected, Stopwatch.now < limit, receive() else { return picture }
    }
  }

  /// Types keys and waits for what the screen shows then; a mismatch ends the test.
  func check(_ keys: String, _ picture: String, at place: SourceLocation = #_sourceLocation) throws
  {
    type(keys)
    let shown = self.picture(picture)
    #expect(shown == picture, "after \(keys.debugDescription)", sourceLocation: place)
    #expect(screen.strangers == [], sourceLocation: place)
    guard shown == picture else { throw Folder.Failure(reason: "the screen shows something else") }
  }

  /// Whether a color or a style was among what was shown.
  var hasShownColors: Bool {
    String(decoding: bytes, as: UTF8.self).split(separator: "\u{1B}[").dropFirst()
      .contains { $0.drop { $0.isNumber || $0 == ";" }.hasPrefix("m") }
  }

  /// Takes what is shown within a moment; false when the program has left the terminal.
  private func receive() -> Bool {
    var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, 20) > 0 else { return true }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else { return count < 0 && errno == EAGAIN }
    bytes += buffer[..<count]
    pending += buffer[..<count]
    // A character that is not whole yet waits for the rest.
    let text = String(decoding: pending, as: UTF8.self)
    guard !text.hasSuffix("\u{FFFD}") else { return true }
    pending = []
    screen.receive(text)
    shown += Terminal.plain(text)
    return true
  }

  /// Types ^C, once the terminal makes a signal of it: before that it would be a key.
  func interrupt() {
    let limit = Stopwatch.now + Terminal.patience
    while Stopwatch.now < limit {
      var state = termios()
      tcgetattr(master, &state)
      if state.c_lflag & tcflag_t(ISIG) != 0 { break }
      usleep(1_000)
    }
    type("\u{3}")
  }

  func end() -> Int32 {
    // What it still has to say may keep the program from ending.
    let limit = Stopwatch.now + Terminal.patience
    while Stopwatch.now < limit, receive() {}
    return child.wait()
  }

  /// Waits for the prompt and, where there is an editor, until it reads the keys.
  func prompt(hasEditor: Bool = true) -> Bool {
    let limit = Stopwatch.now + Terminal.patience
    while Stopwatch.now < limit {
      if settings.isRaw == hasEditor, shown.hasSuffix("> ") {
        shown = ""
        isAtPrompt = true
        return true
      }
      guard receive() else { return false }
    }
    return false
  }

  /// Types ^D at the next prompt; the status of the program.
  func leave() -> Int32 {
    guard isAtPrompt || prompt() else { return -1 }
    type("\u{4}")
    return end()
  }

  func send(_ signal: Int32) { kill(child.process, signal) }

  func resize(columns: UInt16) {
    screen.resize(columns: Int(columns))
    var size = winsize(ws_row: UInt16(screen.rows), ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// How the terminal is set: whether keys arrive one by one, and whether they are echoed.
  var settings: (isRaw: Bool, isEchoing: Bool) {
    var state = termios()
    tcgetattr(master, &state)
    return (state.c_lflag & tcflag_t(ICANON) == 0, state.c_lflag & tcflag_t(ECHO) != 0)
  }

  /// Text without the sequences that move the cursor or change the color.
  private static func plain(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    var isSequence = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{1B}" {
        isSequence = true
      } else if isSequence {
        isSequence = !scalar.properties.isAlphabetic && !"78\u{7}".unicodeScalars.contains(scalar)
      } else if scalar != "\r" {
        plain.append(scalar)
      }
    }
    return String(plain)
  }
}
