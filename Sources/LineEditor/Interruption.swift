import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

// Atomic, since a signal may arrive in the midst of a look at one of them; a debug build would take
// that for two accesses at once.
/// Whether ^C came as a signal and nobody has seen to it yet; written by the signal handler.
private let hasArrived = Atomic<Bool>(false)
private let isListening = Atomic<Bool>(false)
/// How many of the characters `^C` are on the screen already when it arrives.
private let echo = Atomic<Int>(0)
private let isOnProgressRow = Atomic<Bool>(false)

/// ^C as a signal, through the whole of a session.
///
/// One flag for all: whoever is at work when it is set sees to it, be that a statement or the line
/// being edited, and one that comes between the two is left to what comes next. So none is lost.
package enum Interruption {
  /// Lets no ^C end the process from now on.
  package static func begin() {
    Wakeup.open()
    setUp()
    handle(SIGINT) { _ in
      hasArrived.store(true, ordering: .relaxed)
      Wakeup.send()
      if isListening.load(ordering: .relaxed) { Interruption.endRow() }
    }
  }

  /// What comes next starts below the ^C.
  private static func endRow() {
    guard !isOnProgressRow.load(ordering: .relaxed) else { return }
    let (text, shown): (StaticString, Int) = ("^C\n", echo.load(ordering: .relaxed))
    _ = write(STDERR_FILENO, text.utf8Start + shown, text.utf8CodeUnitCount - shown)
  }

  /// Makes the flags before the handler looks at them, which could not wait for their making.
  private static func setUp() {
    hasArrived.store(false, ordering: .relaxed)
    isListening.store(false, ordering: .relaxed)
    isOnProgressRow.store(false, ordering: .relaxed)
    echo.store(0, ordering: .relaxed)
  }

  /// Whether a row of progress is on the screen, which is taken away before anything is said.
  package static var isOnProgress: Bool {
    get { isOnProgressRow.load(ordering: .relaxed) }
    set { isOnProgressRow.store(newValue, ordering: .relaxed) }
  }

  /// Whether what runs is to stop.
  package static var isPending: Bool { hasArrived.load(ordering: .relaxed) }

  /// Does something that ^C may stop, also one that came just before.
  ///
  /// - Parameters:
  ///   - isEchoed: Whether the terminal shows ^C by itself when it is typed.
  ///   - body: What is done.
  package static func listening(isEchoed: Bool, _ body: () -> Void) {
    echo.store(isEchoed ? 2 : 0, ordering: .relaxed)
    isListening.store(true, ordering: .relaxed)
    body()
    isListening.store(false, ordering: .relaxed)
    hasArrived.store(false, ordering: .relaxed)
  }

  /// Whether ^C has come since the last question.
  static func take() -> Bool {
    hasArrived.exchange(false, ordering: .relaxed)
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
    setUp()
    // Where it is typed, the terminal shows it; nowhere else does a row have to be ended.
    echo.store(isatty(STDERR_FILENO) == 1 ? 2 : 3, ordering: .relaxed)
    let before = signal(SIGINT) { _ in
      guard isListening.load(ordering: .relaxed), !Interruption.isPending else {
        Interruption.endProcess()
      }
      hasArrived.store(true, ordering: .relaxed)
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
    isListening.store(true, ordering: .relaxed)
    body()
    isListening.store(false, ordering: .relaxed)
  }

  /// Ends the process as ^C does, which tells a shell to go no further either.
  package static func endProcess() -> Never {
    signal(SIGINT, SIG_DFL)
    raise(SIGINT)
    exit(128 + SIGINT)
  }
}
