import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// ^C while a statement runs: noted by the handler, acted on by the machine between two steps.
enum Interruption {
  private static let flag = Atomic<Bool>(false)
  /// Whether a statement of a script is running.
  private static let isRunning = Atomic<Bool>(false)
  /// How many of the characters `^C` are on the screen already when it arrives.
  private static let echo = Atomic<Int>(0)

  /// Whether a row of progress is on the screen, which is taken away before anything is said.
  private static let progress = Atomic<Bool>(false)

  static var isOnProgress: Bool {
    get { progress.load(ordering: .relaxed) }
    set { progress.store(newValue, ordering: .relaxed) }
  }

  static var isPending: Bool { flag.load(ordering: .relaxed) }

  /// Does something that ^C may stop; at other times the line editor sees to ^C.
  ///
  /// - Parameters:
  ///   - isEchoed: Whether the terminal shows ^C by itself when it is typed.
  ///   - body: What is done.
  static func listening(isEchoed: Bool, _ body: () -> Void) {
    echo.store(isEchoed ? 2 : 0, ordering: .relaxed)
    body()
    flag.store(false, ordering: .relaxed)
  }

  /// Has ^C stop the statement of a script that is running, so that it can say how far it came; a
  /// second one, and one that no statement listens to, ends the process at once.
  ///
  /// Where the process was started so that ^C does not reach it, that stays.
  static func beginInScript(isTerminal: Bool) {
    // A line that the ^C stands on is ended.
    echo.store(isTerminal ? 2 : 3, ordering: .relaxed)
    let before = signal(SIGINT) { _ in
      guard Interruption.isRunning.load(ordering: .relaxed), !Interruption.isPending else {
        Interruption.endProcess()
      }
      Interruption.note()
      // A statement that does not look at the flag is ended with the process.
      signal(SIGALRM) { _ in Interruption.endProcess() }
      alarm(1)
    }
    if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
      signal(SIGINT, SIG_IGN)
    }
  }

  /// Runs statements of a script, which ^C stops.
  static func running(_ body: () -> Void) {
    isRunning.store(true, ordering: .relaxed)
    body()
    isRunning.store(false, ordering: .relaxed)
  }

  /// Ends the process as ^C does, which tells a shell to go no further either.
  static func endProcess() -> Never {
    signal(SIGINT, SIG_DFL)
    raise(SIGINT)
    exit(128 + SIGINT)
  }

  /// Lets no ^C end the process from now on, also not one between a line and what it starts.
  static func begin() {
    signal(SIGINT) { _ in Interruption.note() }
  }

  private static func note() {
    flag.store(true, ordering: .relaxed)
    if isOnProgress { return }
    // What comes next starts below the ^C.
    let shown = echo.load(ordering: .relaxed)
    let text: StaticString = "^C\n"
    _ = write(STDERR_FILENO, text.utf8Start + shown, text.utf8CodeUnitCount - shown)
  }
}
