#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The two ends of a pipe to ourselves; written to by signal handlers.
nonisolated(unsafe) private var pipeEnds: (reading: Int32, writing: Int32) = (-1, -1)

/// A wait for input that signals end.
///
/// A signal that arrives between a look at its flag and the wait would not be noticed before the
/// next key. Its handler therefore leaves a byte in a pipe, and the wait is for both.
enum Wakeup {
  /// Makes the pipe, once.
  static func open() {
    guard pipeEnds.reading < 0 else { return }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    pipeEnds = (ends[0], ends[1])
  }

  /// Ends the wait that goes on, or else the next one; a signal handler may call it.
  static func send() {
    let number = errno
    var byte: UInt8 = 0
    _ = write(pipeEnds.writing, &byte, 1)
    errno = number
  }

  /// Waits until something can be read from standard input, or a signal has arrived.
  ///
  /// - Returns: whether something can be read.
  static func waitForInput() -> Bool {
    var entries = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: pipeEnds.reading, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&entries, nfds_t(entries.count), -1) > 0 else { return false }
    if entries[1].revents != 0 {
      var bytes = [UInt8](repeating: 0, count: 64)
      while read(pipeEnds.reading, &bytes, bytes.count) > 0 {}
    }
    return entries[0].revents != 0
  }
}
