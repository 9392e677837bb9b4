#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The few questions about files that commands ask.
enum FileSystem {
  /// What the system says when something cannot be done.
  struct Failure: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }

    static var last: Failure { Failure(String(cString: strerror(errno))) }
  }

  /// A path as the shell would read it: `~` is the home folder, and a relative path starts from the
  /// folder of another file.
  static func expanded(_ path: String, besides file: String? = nil) -> String {
    if path == "~" || path.hasPrefix("~/"), let home = Surroundings().home {
      return home + path.dropFirst()
    }
    guard let file, !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }

  /// The one path that a file has, however it was named; nil where there is no such file.
  static func onePath(of path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// All bytes of a regular file; a pipe or a device could keep the reader waiting for ever.
  static func read(_ path: String) throws(Failure) -> [UInt8] {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .last }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw Failure("it is a directory")
    default: throw Failure("it is not a regular file")
    }
    do throws(ByteSource.Failure) {
      return try ByteSource(path: path).readWhole() ?? []
    } catch {
      throw Failure(error.reason)
    }
  }

  /// The first bytes of a file, as many as were asked for; nil where there is none.
  static func head(of path: String, _ count: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, systemRead(descriptor, buffer.baseAddress, count))
    }
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Replaces a file by another text: whatever happens, there is the old file or the new one.
  ///
  /// The text goes to a temporary file beside it, which then takes its name. A link is followed,
  /// and what the file allowed to whom stays.
  static func replace(_ path: String, by text: String) throws(Failure) {
    try replace(path, by: Array(text.utf8))
  }

  /// Replaces a file by other bytes, as by a text.
  static func replace(_ path: String, by bytes: [UInt8]) throws(Failure) {
    if isDirectory(path) { throw Failure("it is a directory") }
    // A file that may not grow is to be an error like any other.
    signal(SIGXFSZ, SIG_IGN)
    let target = onePath(of: path) ?? path
    var status = stat()
    let isThere = stat(target, &status) == 0
    if isThere, status.st_mode & S_IFMT != S_IFREG { throw Failure("it is not a regular file") }
    if isThere, access(target, W_OK) != 0 { throw .last }
    var name = Array("\(target).XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw .last }
    let temporary = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var failure: Failure?
    if let number = StandardStream(descriptor: descriptor).write(bytes) {
      failure = Failure(String(cString: strerror(number)))
    }
    // mkstemp lets nobody else read; a new file is as readable as any other.
    let mask = umask(0)
    umask(mask)
    if failure == nil, fchmod(descriptor, isThere ? status.st_mode & 0o777 : 0o666 & ~mask) != 0 {
      failure = .last
    }
    // The name must not lead to bytes that a crash of the machine could still lose.
    if failure == nil, fsync(descriptor) != 0 { failure = .last }
    if close(descriptor) != 0, failure == nil { failure = .last }
    if failure == nil, rename(temporary, target) != 0 { failure = .last }
    guard let failure else { return }
    unlink(temporary)
    throw failure
  }

  /// The names in a folder, without `.` and `..`.
  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1024) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int)
  -> Int
{
  read(descriptor, buffer, count)
}
