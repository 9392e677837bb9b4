import Display

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the process can tell of the terminal it runs in.
struct Surroundings {
  func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  var isDumb: Bool {
    let term = variable("TERM")
    return term == nil || term == "" || term == "dumb"
  }

  /// The columns of the terminal, between 20 and 500.
  var width: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return min(500, max(20, Int(size.ws_col)))
    }
    return min(500, max(20, variable("COLUMNS").flatMap { Int($0) } ?? 80))
  }

  func isColored(_ choice: DisplayOptions.Color, _ descriptor: Int32) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto:
      isTerminal(descriptor) && !isDumb && (variable("NO_COLOR") ?? "").isEmpty
    }
  }

  private func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
