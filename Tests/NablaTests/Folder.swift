#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder for the files of one test, removed with what is in it at the end.
final class Folder {
  let path: String
  private var files: [String] = []
  private var folders: [String] = []

  struct Failure: Error {
    let reason: String
  }

  init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/nabla-tests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(reason: String(cString: strerror(errno))) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for file in files { unlink(file) }
    for folder in folders { rmdir(folder) }
    rmdir(path)
  }

  /// What a file holds; empty when there is none.
  func contents(_ name: String) -> String {
    guard let stream = fopen("\(path)/\(name)", "r") else { return "" }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    while case let byte = getc(stream), byte >= 0 { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Makes a folder in this one.
  func makeFolder(_ name: String) throws {
    guard mkdir("\(path)/\(name)", 0o755) == 0 else {
      throw Failure(reason: String(cString: strerror(errno)))
    }
    folders.append("\(path)/\(name)")
  }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ name: String, _ text: String, mode: mode_t = 0o644) throws -> String {
    try write(name, bytes: Array(text.utf8), mode: mode)
  }

  @discardableResult
  func write(_ name: String, bytes: [UInt8], mode: mode_t = 0o644) throws -> String {
    let file = "\(path)/\(name)"
    guard let stream = fopen(file, "w") else {
      throw Failure(reason: String(cString: strerror(errno)))
    }
    fwrite(bytes, 1, bytes.count, stream)
    fclose(stream)
    chmod(file, mode)
    files.append(file)
    return file
  }
}
