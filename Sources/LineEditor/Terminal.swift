import CLibEdit

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The terminal at the standard streams, apart from the line that is edited on it.
enum Terminal {
  /// Whether a person can edit on it: a terminal on both sides that can move its cursor.
  static var canEdit: Bool {
    isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && !isDumb
  }

  /// Whether it is of a kind that shows text and nothing else, or of one that nobody knows.
  static var isDumb: Bool {
    guard let name = environmentVariable("TERM"), !name.isEmpty, name != "dumb" else { return true }
    return libedit_can_move_cursor(name) == 0
  }

  /// Columns and rows, with the customary numbers for a terminal that does not tell.
  static var size: (columns: Int, rows: Int) {
    var window = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 else { return (80, 24) }
    // libedit works with 80 columns, too, when it is told of fewer than two.
    return (
      window.ws_col < 2 ? 80 : Int(window.ws_col), window.ws_row < 1 ? 24 : Int(window.ws_row)
    )
  }

  /// Writes everything, past short writes and interruptions.
  static func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { unistdWrite(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if written > 0 {
        rest.removeFirst(written)
      } else if errno != EINTR {
        return
      }
    }
  }

  /// Has characters read and shown as UTF-8, whatever the language; false if that cannot be had.
  ///
  /// Only the kind of characters is taken from the environment: numbers are written alike
  /// everywhere. Where the environment asks for plain ASCII, or for a locale that is not
  /// installed, a terminal of today shows UTF-8 all the same.
  static func useUTF8() -> Bool {
    for name in ["", "C.UTF-8", "en_US.UTF-8", "UTF-8"] where setlocale(LC_CTYPE, name) != nil {
      if let codeset = nl_langinfo(nl_item(CODESET)), String(cString: codeset) == "UTF-8" {
        return true
      }
    }
    return false
  }
}

/// A variable of the environment, nil where it is not set.
func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}

/// The system call, by a name that the methods called `write` do not hide.
private func unistdWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
