#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A folder for one test, removed with everything in it when the test has ended.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/line-editor-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("no temporary folder") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    removeAll(path)
  }

  func file(_ name: String, holding bytes: some Sequence<UInt8>) -> String {
    let file = "\(path)/\(name)"
    let bytes = Array(bytes)
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard write(descriptor, bytes, bytes.count) == bytes.count else { fatalError("disk full") }
    close(descriptor)
    return file
  }
}

/// Removes a file, or a folder with what is in it.
private func removeAll(_ path: String) {
  guard remove(path) != 0, let folder = opendir(path) else { return }
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { removeAll("\(path)/\(name)") }
  }
  closedir(folder)
  rmdir(path)
}

/// The whole text of a file, nil when there is none.
func contents(_ path: String) -> String? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  while case let byte = getc(file), byte != EOF { bytes.append(UInt8(byte)) }
  return String(decoding: bytes, as: UTF8.self)
}

/// The permissions of a file as they are written, 0o600 for the owner alone.
func permissions(_ path: String) -> UInt32 {
  var status = stat()
  return stat(path, &status) == 0 ? UInt32(status.st_mode & 0o777) : 0
}
