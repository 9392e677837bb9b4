import Interpreter

extension FileAccess {
  /// The files of the system.
  static let system = FileAccess(
    read: { path, take in
      do throws(ByteSource.Failure) {
        let source = try ByteSource(path: path)
        while let piece = try source.read() {
          if !take(piece) { break }
        }
        return nil
      } catch {
        return Failure(reason: error.reason)
      }
    },
    write: { path, bytes in
      do throws(FileSystem.Failure) {
        try FileSystem.replace(path, by: bytes)
        return nil
      } catch {
        return Failure(reason: error.reason)
      }
    })
}
