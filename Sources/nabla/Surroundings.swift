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

  /// The columns of a terminal, between 1 and 500.
  func width(of descriptor: Int32) -> Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return min(500, Int(size.ws_col))
    }
    return min(500, max(1, variable("COLUMNS").flatMap { Int($0) } ?? 80))
  }

  /// Whether the locale has nothing against UTF-8; one that is not set has not.
  ///
  /// By POSIX the first of the three that is not empty decides.
  var showsUTF8: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty }
    guard let locale = locale?.lowercased() else { return true }
    if let point = locale.firstIndex(of: ".") {
      return ["utf-8", "utf8"].contains(locale[point...].dropFirst().prefix { $0 != "@" })
    }
    // Without a name of a charset only these two are sure to be ASCII.
    return locale != "c" && locale != "posix"
  }

  func isColored(_ choice: DisplayOptions.Color, _ descriptor: Int32) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto:
      isTerminal(descriptor) && !isDumb && (variable("NO_COLOR") ?? "").isEmpty
    }
  }

  /// The home folder; nil where the environment names none.
  var home: String? { variable("HOME").flatMap { $0.isEmpty ? nil : $0 } }

  func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
