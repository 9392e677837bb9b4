import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// ^C while a statement runs: noted by the handler, acted on by the machine between two steps.
enum Interruption {
  private static let flag = Atomic<Bool>(false)
  /// How many of the characters `^C` are on the screen already when it arrives.
  private static let echo = Atomic<Int>(0)

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

  /// Lets no ^C end the process from now on, also not one between a line and what it starts.
  static func begin() {
    signal(SIGINT) { _ in
      Interruption.flag.store(true, ordering: .relaxed)
      // What comes next starts below the ^C.
      let shown = Interruption.echo.load(ordering: .relaxed)
      let text: StaticString = "^C\n"
      _ = write(STDERR_FILENO, text.utf8Start + shown, text.utf8CodeUnitCount - shown)
    }
  }
}
