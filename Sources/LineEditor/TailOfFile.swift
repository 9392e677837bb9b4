#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Why there is nothing to read.
enum TailError: Error {
  case missing

  /// A device such as /dev/null, which people name to say that nothing shall be kept.
  case noFile
  case trouble(String)
}

/// The end of a file that holds its last lines, or all of it when it has fewer.
///
/// A file of any size is read in a moment: no more than 16 MB of it are looked at.
func tailOfFile(_ path: String, lines: Int) -> Result<[UInt8], TailError> {
  // A pipe without a writer would keep a blocking `open` for ever.
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { return .failure(errno == ENOENT ? .missing : trouble()) }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0 else { return .failure(trouble()) }
  switch status.st_mode & S_IFMT {
  case S_IFREG: break
  case S_IFCHR: return .failure(.noFile)
  case S_IFDIR: return .failure(.trouble("Is a directory"))
  default: return .failure(.trouble("Not a regular file"))
  }

  let size = Int(status.st_size)
  var wanted = 64 << 10
  while true {
    let start = max(size - wanted, 0)
    guard var bytes = read(descriptor, from: start, count: size - start) else {
      return .failure(trouble())
    }
    let isWhole = start == 0
    let count = bytes.count { $0 == UInt8(ascii: "\n") }
    if isWhole || count > lines || wanted >= 16 << 20 {
      if !isWhole {
        // The first line may have lost its beginning.
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
        bytes.removeFirst(end)
      }
      return .success(bytes)
    }
    wanted *= 4
  }
}

/// The bytes of a file from a place on, fewer if it has become shorter; nil for an error.
private func read(_ descriptor: Int32, from start: Int, count: Int) -> [UInt8]? {
  var bytes = [UInt8](repeating: 0, count: count)
  var filled = 0
  while filled < count {
    let got = bytes.withUnsafeMutableBytes {
      pread(descriptor, $0.baseAddress?.advanced(by: filled), count - filled, off_t(start + filled))
    }
    if got > 0 {
      filled += got
    } else if got == 0 {
      break
    } else if errno != EINTR {
      return nil
    }
  }
  return Array(bytes[..<filled])
}

private func trouble() -> TailError {
  .trouble(String(cString: strerror(errno)))
}
