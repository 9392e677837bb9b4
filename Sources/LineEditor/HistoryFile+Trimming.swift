#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How the file is kept from growing without end.
///
/// A file that has become too large is exchanged for one that holds its newest entries. Who exchanges
/// it holds a lock that no one else may share; who appends to it shares one, and makes sure that the
/// file it has opened is still the one that goes by the name. So nothing is written to a file that
/// is about to go.
extension HistoryFile {
  /// Takes the oldest entries out of a file that has become too large.
  ///
  /// Only a file that its owner alone can use is touched, as those are that this type makes: a path
  /// that was given by mistake does no harm. Without success the file stays as it is.
  static func trim(_ path: String, limit: Int, largestSize: Int) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_size > largestSize, status.st_uid == geteuid(),
      status.st_mode & 0o077 == 0, let target = realpath(path, nil)
    else { return }
    defer { free(target) }
    let descriptor = open(target, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, isFile(descriptor, at: path),
      case .success(let bytes) = tailOfFile(path, lines: limit)
    else { return }
    var size = 0
    let newest = entries(bytes).suffix(limit).reversed().map { stored($0) + "\n" }.prefix {
      size += $0.utf8.count
      return size <= largestSize / 2
    }
    let temporary = "\(String(cString: target)).\(getpid())"
    guard create(temporary, holding: Array(newest.reversed().joined().utf8)) else { return }
    if rename(temporary, target) != 0 { unlink(temporary) }
  }

  /// Opens the file to append to it, making it if need be; negative without success.
  static func openToAppend(_ path: String) -> Int32 {
    let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK
    // Not for ever: a process that was stopped while it held the lock would stop all others.
    for _ in 0..<50 {
      let descriptor = open(path, flags, 0o600)
      guard descriptor >= 0 else { return descriptor }
      let isFree = flock(descriptor, LOCK_SH | LOCK_NB) == 0 || errno != EWOULDBLOCK
      if isFree, isFile(descriptor, at: path) { return descriptor }
      close(descriptor)
      usleep(2_000)
    }
    return open(path, flags, 0o600)
  }

  /// Whether an open file still goes by a name.
  private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var (opened, named) = (stat(), stat())
    return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0
      && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
  }

  /// Makes a file that holds all of some bytes, or none.
  private static func create(_ path: String, holding bytes: [UInt8]) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { break }
      rest = rest.dropFirst(written)
    }
    let isWhole = close(descriptor) == 0 && rest.isEmpty
    if !isWhole { unlink(path) }
    return isWhole
  }
}
