#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Whether ^C came as a signal and nobody has seen to it yet; written by the signal handler.
nonisolated(unsafe) private var hasArrived: sig_atomic_t = 0
nonisolated(unsafe) private var isListening: sig_atomic_t = 0
/// How many of the characters `^C` are on the screen already when it arrives.
nonisolated(unsafe) private var echo: sig_atomic_t = 0
nonisolated(unsafe) private var isOnProgressRow: sig_atomic_t = 0

/// ^C as a signal, through the whole of a session.
///
/// One flag for all: whoever is at work when it is set sees to it, be that a statement or the line
/// being edited, and one that comes between the two is left to what comes next. So none is lost.
package enum Interruption {
  /// Lets no ^C end the process from now on.
  package static func begin() {
    Wakeup.open()
    handle(SIGINT) { _ in
      hasArrived = 1
      Wakeup.send()
      if isListening != 0 { Interruption.endRow() }
    }
  }

  /// What comes next starts below the ^C.
  private static func endRow() {
    guard isOnProgressRow == 0 else { return }
    let text: StaticString = "^C\n"
    _ = write(STDERR_FILENO, text.utf8Start + Int(echo), text.utf8CodeUnitCount - Int(echo))
  }

  /// Whether a row of progress is on the screen, which is taken away before anything is said.
  package static var isOnProgress: Bool {
    get { isOnProgressRow != 0 }
    set { isOnProgressRow = newValue ? 1 : 0 }
  }

  /// Whether what runs is to stop.
  package static var isPending: Bool { hasArrived != 0 }

  /// Does something that ^C may stop, also one that came just before.
  ///
  /// - Parameters:
  ///   - isEchoed: Whether the terminal shows ^C by itself when it is typed.
  ///   - body: What is done.
  package static func listening(isEchoed: Bool, _ body: () -> Void) {
    echo = isEchoed ? 2 : 0
    isListening = 1
    body()
    isListening = 0
    hasArrived = 0
  }

  /// Whether ^C has come since the last question.
  static func take() -> Bool {
    guard hasArrived != 0 else { return false }
    hasArrived = 0
    return true
  }
}

/// ^C while a script runs.
extension Interruption {
  /// Has the first ^C stop the statement that runs, so that it can say how far it came.
  ///
  /// A second one, and one that nothing listens to, ends the process at once.
  ///
  /// Where the process was started so that ^C does not reach it, that stays.
  package static func beginInScript() {
    // Where it is typed, the terminal shows it; nowhere else does a row have to be ended.
    echo = isatty(STDERR_FILENO) == 1 ? 2 : 3
    let before = signal(SIGINT) { _ in
      guard isListening != 0, hasArrived == 0 else { Interruption.endProcess() }
      hasArrived = 1
      Interruption.endRow()
      // A statement that does not look at the flag is ended with the process.
      signal(SIGALRM) { _ in Interruption.endProcess() }
      alarm(1)
    }
    if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
      signal(SIGINT, SIG_IGN)
    }
  }

  /// Does something that ^C may stop, and keeps in mind that it was stopped.
  package static func listeningInScript(_ body: () -> Void) {
    isListening = 1
    body()
    isListening = 0
  }

  /// Ends the process as ^C does, which tells a shell to go no further either.
  package static func endProcess() -> Never {
    signal(SIGINT, SIG_DFL)
    raise(SIGINT)
    exit(128 + SIGINT)
  }
}
