#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Lines from a terminal that edits by itself, or from no terminal at all.
struct PlainInput {
  /// What was read, and how much of it has been given out.
  private var buffered: [UInt8] = []
  private var start = 0

  /// Reads up to the end of the line; a prompt is for a person, so only a terminal gets one.
  mutating func readLine(prompt: Prompt) -> LineEditor.Input {
    let isTerminal = isatty(STDIN_FILENO) == 1
    if isTerminal { Terminal.write(prompt.plainText) }
    var searched = start
    while true {
      if let end = buffered[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return .line(String(decoding: buffered[start..<end], as: UTF8.self))
      }
      buffered.removeFirst(start)
      start = 0
      searched = buffered.count
      switch readMore() {
      case .more: continue
      case .interrupted:
        buffered = []
        if isTerminal { Terminal.write("\n") }
        return .interrupted
      case .end where buffered.isEmpty:
        if isTerminal { Terminal.write("\n") }
        return .endOfInput
      case .end:
        defer { buffered = [] }
        return .line(String(decoding: buffered, as: UTF8.self))
      }
    }
  }

  private enum Reading {
    case more
    case interrupted
    case end
  }

  private mutating func readMore() -> Reading {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let isReadable = Wakeup.waitForInput()
      if Interruption.take() { return .interrupted }
      guard isReadable else { continue }
      let count = read(STDIN_FILENO, &chunk, chunk.count)
      if count > 0 {
        buffered += chunk[..<count]
        return .more
      }
      guard count < 0, errno == EINTR else { return .end }
    }
  }
}
