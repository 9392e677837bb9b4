import Interpreter

extension FileAccess {
  /// The files of the system; `~` is the home folder, as a shell has it.
  static let system = FileAccess(
    read: { path, take in
      do throws(ByteSource.Failure) {
        let source = try ByteSource(path: FileSystem.expanded(path))
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
        try FileSystem.replace(FileSystem.expanded(path), by: bytes)
        return nil
      } catch {
        return Failure(reason: error.reason)
      }
    })
}
