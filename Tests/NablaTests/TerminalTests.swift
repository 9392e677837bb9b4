import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A session on a pseudo-terminal, typed as a person types.
@Suite(.serialized) struct TerminalTests {
  /// The program with a terminal of its own.
  private final class Terminal {
    let master: Int32
    private let child: Child
    private var shown = ""
    private var pending: [UInt8] = []
    /// Whether a color or a style was among what was shown.
    private(set) var hasShownColors = false
    private var isAtPrompt = false

    init(_ arguments: [String] = [], environment: [String] = [], columns: UInt16 = 80) throws {
      master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      guard let name = Terminal.name(of: master) else {
        throw Folder.Failure(reason: "no pseudo-terminal")
      }
      var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
      _ = ioctl(master, UInt(TIOCSWINSZ), &size)
      guard
        let child = Child(arguments, terminal: name, environment: environment)
      else { throw Folder.Failure(reason: "the program does not start") }
      self.child = child
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

    func type(_ text: String) {
      isAtPrompt = false
      let bytes = Array(text.utf8)
      _ = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
    }

    /// Waits until a text has been shown since the last call; what was shown up to its end.
    @discardableResult
    func expect(_ text: String, deadline: Double = 20) -> String? {
      let limit = Stopwatch.now + deadline
      while true {
        if let place = shown.firstRange(of: text) {
          let before = String(shown[..<place.upperBound])
          shown = String(shown[place.upperBound...])
          return before
        }
        guard Stopwatch.now < limit, receive() else { return nil }
      }
    }

    /// Takes what is shown within a moment; false when the program has left the terminal.
    private func receive() -> Bool {
      var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, 20) > 0 else { return true }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else { return false }
      pending += buffer[..<count]
      // A character or a sequence that is not whole yet waits for the rest.
      let text = String(decoding: pending, as: UTF8.self)
      guard !text.hasSuffix("\u{FFFD}") else { return true }
      pending = []
      hasShownColors =
        hasShownColors || ["0", "1", "2", "31", "33"].contains { text.contains("\u{1B}[\($0)m") }
      shown += Terminal.plain(text)
      return true
    }

    func interrupt() { type("\u{3}") }

    func end() -> Int32 { child.wait() }

    /// Waits for the prompt and, where there is an editor, until it reads the keys.
    func prompt(hasEditor: Bool = true, deadline: Double = 20) -> Bool {
      let limit = Stopwatch.now + deadline
      while Stopwatch.now < limit {
        var state = termios()
        tcgetattr(master, &state)
        let isRaw = state.c_lflag & tcflag_t(ICANON) == 0
        if isRaw == hasEditor, shown.hasSuffix("> ") {
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

    /// Text without the sequences that move the cursor or change the color.
    private static func plain(_ text: String) -> String {
      var plain = String.UnicodeScalarView()
      var isSequence = false
      for scalar in text.unicodeScalars {
        if scalar == "\u{1B}" {
          isSequence = true
        } else if isSequence {
          isSequence = !scalar.properties.isAlphabetic && scalar != "\u{7}"
        } else if scalar != "\r" {
          plain.append(scalar)
        }
      }
      return String(plain)
    }
  }

  @Test func aSession() throws {
    let terminal = try Terminal()
    try #require(terminal.prompt())
    terminal.type("x1 = 2; x2 = 3\r")
    #expect(terminal.prompt())
    terminal.type("y = x1*x2 + x2*4.3 + 30\r")
    #expect(terminal.expect("y = 48.9   ∂x1 = 3   ∂x2 = 6.3\n") != nil)
    terminal.type("y\r")
    #expect(terminal.expect(" 8  y  = v6 + 30    48.9        1\n") != nil)
    #expect(terminal.leave() == 0)
  }

  @Test func tabCompletes() throws {
    let terminal = try Terminal(["--quiet"])
    try #require(terminal.prompt())
    terminal.type("softp\t0)\r")
    #expect(terminal.expect("0.693147") != nil)
    terminal.type("alphabet = 3\r")
    #expect(terminal.prompt())
    terminal.type("alpha\t*2\r")
    #expect(terminal.expect(" 6 ") != nil)
    #expect(terminal.leave() == 0)
  }

  @Test func aGreekLetterIsTyped() throws {
    let terminal = try Terminal(["--quiet"], environment: ["LC_ALL=C.UTF-8"])
    try #require(terminal.prompt())
    terminal.type("\\beta\t = 3\r")
    #expect(terminal.prompt())
    terminal.type("β*2\r")
    #expect(terminal.expect("ans = β * 2") != nil)
    #expect(terminal.leave() == 0)
  }

  @Test func anInterruptClearsTheLine() throws {
    let terminal = try Terminal(["--quiet"])
    try #require(terminal.prompt())
    terminal.type("1 + nonsense")
    #expect(terminal.expect("nonsense") != nil)
    terminal.interrupt()
    #expect(terminal.prompt())
    terminal.type("1 + 6\r")
    #expect(terminal.expect(" 7 ") != nil)
    #expect(terminal.leave() == 0)
  }

  @Test func anInterruptStopsALoop() throws {
    let terminal = try Terminal(["--quiet"])
    try #require(terminal.prompt())
    terminal.type("n = 7; m = 0\r")
    #expect(terminal.prompt())
    terminal.type("while 1 { print \"turning\"; while 1 { n = 8 } }\r")
    // Behind the echo of the line; what is printed is shown while the loop runs on.
    #expect(terminal.expect("} }\n") != nil)
    #expect(terminal.expect("turning\n") != nil)
    terminal.interrupt()
    #expect(terminal.expect("error: stopped") != nil)
    #expect(terminal.prompt())
    terminal.type("n + 100\r")
    #expect(terminal.expect(" 108 ") != nil)
    #expect(terminal.leave() == 0)
  }

  @Test func aLineGoesOnUntilItIsWhole() throws {
    let terminal = try Terminal(["--quiet"])
    try #require(terminal.prompt())
    terminal.type("for i in 1...2 {\r")
    #expect(terminal.expect(". ") != nil)
    terminal.type("print 10*i }\r")
    #expect(terminal.expect("10\n20\n") != nil)
    #expect(terminal.leave() == 0)
  }

  @Test func aFailureLeavesTheStatusAlone() throws {
    let terminal = try Terminal(["--quiet"])
    try #require(terminal.prompt())
    terminal.type("nosuchname\r")
    #expect(terminal.expect("error: unknown name 'nosuchname'") != nil)
    #expect(terminal.prompt())
    terminal.type(":quit\r")
    #expect(terminal.end() == 0)
  }

  @Test func aFollowerIsReported() throws {
    let terminal = try Terminal(["--quiet"])
    try #require(terminal.prompt())
    terminal.type("x = 2; y := x^2;\r")
    #expect(terminal.prompt())
    terminal.type("x = 3\r")
    #expect(terminal.expect("y: 4 → 9\n") != nil)
    #expect(terminal.leave() == 0)
  }

  @Test func aDumbTerminalGetsWords() throws {
    let terminal = try Terminal(["--quiet"], environment: ["TERM=dumb"])
    try #require(terminal.prompt(hasEditor: false))
    terminal.type("x = 2; x^2\r")
    #expect(terminal.expect("ans = x ^ 2: value 4, derivative 1") != nil)
    #expect(terminal.prompt(hasEditor: false))
    #expect(terminal.leave() == 0)
  }

  @Test(arguments: ["C", "POSIX", "de_DE.ISO-8859-1"])
  func whereThereIsNoUTF8SignsAreASCII(_ locale: String) throws {
    let terminal = try Terminal(["--quiet"], environment: ["LC_ALL=\(locale)", "LANG=en_US.UTF-8"])
    try #require(terminal.prompt())
    terminal.type("ω = 3; y := ω^2;\r")
    #expect(terminal.prompt())
    terminal.type("ω = 2\r")
    #expect(terminal.expect("y: 9 -> 4\n") != nil)
    #expect(terminal.prompt())
    terminal.type("y\r")
    #expect(terminal.expect("value  d/dnode\n") != nil)
    #expect(terminal.expect("y = ω ^ 2") != nil)
    #expect(terminal.leave() == 0)
  }

  @Test func aPipeIsUTF8Everywhere() {
    let run = Run(["-e", "x^2", "x=3", "-f", "line"], input: "", environment: ["LC_ALL=C"])
    #expect(run.output == "9  ∂x = 6\n")
  }

  /// However narrow the terminal, every number is there.
  @Test(arguments: [1, 2, 3, 7, 12, 20] as [UInt16])
  func aNarrowTerminalLosesNothing(_ columns: UInt16) throws {
    let terminal = try Terminal(
      ["--quiet", "-e", "x*y + 4.25 + sine(2)", "-e", "x*y + 4.25", "x=2", "y=3", "-k"],
      columns: columns)
    #expect(terminal.expect("'sine'") != nil)
    #expect(terminal.expect("10.25") != nil)
    #expect(terminal.end() == 1)
  }

  @Test func wordsHaveNoColorsUnlessAskedFor() throws {
    let plain = try Terminal(["--plain", "-e", "abs(x) + nosuchname", "-e", "abs(x)", "x=0", "-k"])
    #expect(plain.expect("kink [-1, 1]") != nil)
    #expect(plain.end() == 1)
    #expect(!plain.hasShownColors)
    let colored = try Terminal(["--plain", "--color", "always", "-e", "nosuchname"])
    #expect(colored.expect("nosuchname") != nil)
    #expect(colored.end() == 1)
    #expect(colored.hasShownColors)
  }

  @Test(arguments: ["NO_COLOR=1", "TERM=dumb"]) func surroundingsTurnColorsOff(_ variable: String)
    throws
  {
    let terminal = try Terminal(
      ["-e", "nosuchname", "-e", "abs(x)", "x=0", "-k"], environment: [variable])
    #expect(terminal.expect("kink [-1, 1]") != nil)
    #expect(terminal.end() == 1)
    #expect(!terminal.hasShownColors)
  }

  @Test func helpFitsTheTerminal() throws {
    let terminal = try Terminal(["--help"], columns: 40)
    let text = try #require(terminal.expect("inside a session"))
    for line in text.split(separator: "\n") { #expect(line.count <= 40, "\(line)") }
    #expect(terminal.end() == 0)
  }

  @Test func theBannerFitsFortyColumns() throws {
    let terminal = try Terminal(columns: 40)
    let text = try #require(terminal.expect("^D ends\n"))
    let lines = text.split(separator: "\n")
    #expect(lines.count <= 3)
    #expect(lines.allSatisfy { $0.count <= 40 })
    // The example on it can be typed as it stands.
    let example = try #require(lines.first { $0.hasPrefix("try  ") })
    #expect(Run(["-f", "value", "-e", String(example.dropFirst(5))]).output == "48.9\n")
    #expect(terminal.leave() == 0)
  }

  @Test func aLongTableIsCutInTheMiddle() throws {
    let terminal = try Terminal(["--quiet"], columns: 60)
    try #require(terminal.prompt())
    terminal.type("x = 1; f(x) = x; for i in 1...50 { x = x + 1 }\r")
    #expect(terminal.prompt())
    terminal.type("x\r")
    #expect(terminal.expect("rows hidden") != nil)
    #expect(terminal.leave() == 0)
  }

  @Test(arguments: [SIGHUP, SIGTERM]) func aSignalEndsIt(_ signal: Int32) throws {
    let terminal = try Terminal(["--quiet"])
    try #require(terminal.prompt())
    terminal.send(signal)
    #expect(terminal.end() == 128 + signal)
  }
}
