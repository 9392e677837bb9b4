import TestSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Commands as the documents show them, run in the folder of the package with the built program.
enum Shell {
  private static let folder = "\(Golden.root)/.build/debug"

  /// Whether there is a program to run.
  static var isReady: Bool { access("\(folder)/nabla", X_OK) == 0 }

  /// What a command prints, on both streams.
  static func answer(_ command: String) -> String {
    let line = "cd '\(Golden.root)' && PATH='\(folder)':$PATH && { \(command)\n} </dev/null 2>&1"
    guard let pipe = popen(line, "r") else { return "" }
    defer { pclose(pipe) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, pipe)
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
