import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// ^C while a statement runs: noted by the handler, acted on by the machine between two steps.
enum Interruption {
  private static let flag = Atomic<Bool>(false)

  static var isPending: Bool { flag.load(ordering: .relaxed) }

  /// Does something that ^C may stop; at other times the line editor sees to ^C.
  static func listening(_ body: () -> Void) {
    flag.store(false, ordering: .relaxed)
    let before = signal(SIGINT) { _ in
      Interruption.flag.store(true, ordering: .relaxed)
      // What comes next starts below the ^C that the terminal has echoed.
      _ = write(STDERR_FILENO, "\n", 1)
    }
    body()
    signal(SIGINT, before)
  }
}
