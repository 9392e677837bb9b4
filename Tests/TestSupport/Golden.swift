#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that tests compare with, and the folder they lie in.
package enum Golden {
  /// The folder of the package.
  package static let root = String(#filePath.dropLast("/Tests/TestSupport/Golden.swift".count))

  /// Whether files are to be written anew: `RECORD=1 swift test`, which then fails.
  package static var isRecording: Bool { getenv("RECORD") != nil }

  package static func read(_ path: String) -> String? {
    bytes(path).map { String(decoding: $0, as: UTF8.self) }
  }

  package static func bytes(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }

  package static func write(_ text: String, to path: String) {
    guard let file = fopen(path, "w") else { return }
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    fwrite(bytes, 1, bytes.count, file)
  }

  /// The files below a folder whose names end so, in alphabetical order, as paths from the root.
  package static func files(below folder: String, ending: String) -> [String] {
    var found: [String] = []
    var folders = [folder]
    while let folder = folders.popLast() {
      guard let directory = opendir("\(root)/\(folder)") else { continue }
      defer { closedir(directory) }
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name.hasPrefix(".") { continue }
        if entry.pointee.d_type == 4 {
          folders.append("\(folder)/\(name)")
        } else if name.hasSuffix(ending) {
          found.append("\(folder)/\(name)")
        }
      }
    }
    return found.sorted()
  }

  /// The first line in which two texts differ, for messages.
  package static func difference(_ expected: String, _ actual: String) -> String {
    let (a, b) = (
      expected.split(separator: "\n", omittingEmptySubsequences: false),
      actual.split(separator: "\n", omittingEmptySubsequences: false)
    )
    for place in 0..<max(a.count, b.count) {
      let (one, other) = (
        place < a.count ? a[place] : "(end)", place < b.count ? b[place] : "(end)"
      )
      if one != other { return "line \(place + 1)\n  expected: \(one)\n  actual:   \(other)" }
    }
    return "no difference"
  }
}
