#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file or stream that is read in pieces.
struct ByteSource: ~Copyable {
  private let descriptor: Int32
  private let isOwned: Bool

  /// What the system says when something cannot be read.
  struct Failure: Error {
    let reason: String
  }

  init(path: String) throws(Failure) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    isOwned = true
    guard descriptor >= 0 else { throw Failure(reason: String(cString: strerror(errno))) }
  }

  init(standardInput: Void) {
    (descriptor, isOwned) = (STDIN_FILENO, false)
  }

  deinit {
    if isOwned { close(descriptor) }
  }

  /// The bytes of a regular file, which tells its size; nil for anything that flows.
  func readWhole() throws(Failure) -> [UInt8]? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw Failure(reason: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size) + 1)
    while let piece = try read() { bytes.append(contentsOf: piece) }
    return bytes
  }

  /// The next bytes, as many as there are; nil at the end.
  func read() throws(Failure) -> [UInt8]? {
    let capacity = 1 << 20
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
      repeat {
        #if canImport(Glibc)
          count = Glibc.read(descriptor, buffer.baseAddress, capacity)
        #else
          count = Darwin.read(descriptor, buffer.baseAddress, capacity)
        #endif
      } while count < 0 && errno == EINTR
      initialized = max(0, count)
    }
    guard count >= 0 else { throw Failure(reason: String(cString: strerror(errno))) }
    return count == 0 ? nil : bytes
  }

  /// Whether reading would find something at once.
  var isReady: Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, 0) > 0
  }
}
