import Display
import LineEditor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output or error, written with a look at whether the bytes arrived.
struct StandardStream: Sendable {
  let descriptor: Int32

  static let output = StandardStream(descriptor: STDOUT_FILENO)
  static let error = StandardStream(descriptor: STDERR_FILENO)

  @discardableResult
  func write(_ text: String) -> Bool { write(Array(text.utf8)) == nil }

  /// Writes what is wrong outside of any program; nothing in it steers the terminal.
  static func complain(_ message: String) { error.write("nabla: \(message.harmless)\n") }

  private static let chunk = 1 << 16

  /// Writes all bytes, or some where ^C says that the rest of something long is not wanted.
  ///
  /// - Returns: the error number of the system; nil when everything was written.
  func write(_ bytes: [UInt8]) -> Int32? {
    var sent = 0
    while sent < bytes.count {
      if sent > 0, Interruption.isPending { break }
      let most = min(bytes.count - sent, StandardStream.chunk)
      let count = bytes.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(descriptor, buffer.baseAddress?.advanced(by: sent), most)
        #else
          Darwin.write(descriptor, buffer.baseAddress?.advanced(by: sent), most)
        #endif
      }
      guard count >= 0 else {
        if errno == EINTR || errno == EAGAIN { continue }
        return errno
      }
      sent += count
    }
    return nil
  }
}
