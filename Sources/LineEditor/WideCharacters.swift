#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension String {
  /// The characters as C's wide string, closed by a zero.
  var wideCharacters: [wchar_t] {
    unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
  }

  /// The text of C's wide characters.
  init(wideCharacters: some Sequence<wchar_t>) {
    self.init()
    for character in wideCharacters {
      unicodeScalars.append(Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}")
    }
  }
}
