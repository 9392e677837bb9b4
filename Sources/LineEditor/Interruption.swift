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
      guard isListening != 0 else { return }
      // What comes next starts below the ^C.
      let text: StaticString = "^C\n"
      _ = write(STDERR_FILENO, text.utf8Start + Int(echo), text.utf8CodeUnitCount - Int(echo))
    }
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
