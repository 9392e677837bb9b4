import Interpreter

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Runner {
  /// How long a preview may be worked on, in seconds; a key that is typed ends it as well.
  private static let mostTime = 0.01

  /// What a text that is being typed would give, on one row.
  mutating func preview(of text: String) -> String? {
    let end = Stopwatch.now + Runner.mostTime
    return renderer.preview(of: text, in: &session) {
      Stopwatch.now > end || Runner.isKeyWaiting
    }
  }

  private static var isKeyWaiting: Bool {
    var entry = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, 0) > 0
  }
}
