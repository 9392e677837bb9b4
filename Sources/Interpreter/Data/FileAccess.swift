import DataFiles
import Tensors

/// How a session reaches files: the outermost layer puts these in, where it lets it.
package struct FileAccess: Sendable {
  /// What the system says when a file cannot be used.
  package struct Failure: Error {
    package let reason: String

    package init(reason: String) { self.reason = reason }
  }

  /// Gives the bytes of a file piece by piece, until there are no more or false comes back.
  package let read: @Sendable (String, (_ piece: [UInt8]) -> Bool) -> Failure?
  /// Makes a file hold these bytes: all of them, or what it held before.
  package let write: @Sendable (String, [UInt8]) -> Failure?

  package init(
    read: @escaping @Sendable (String, (_ piece: [UInt8]) -> Bool) -> Failure?,
    write: @escaping @Sendable (String, [UInt8]) -> Failure?
  ) {
    (self.read, self.write) = (read, write)
  }
}

extension FileAccess {
  /// The files that examples in help and the reference read; what they write goes nowhere.
  package static let samples = FileAccess(
    read: { path, take in
      let array = Tensor(shape: Shape([2]), elements: [1, 2])
      let table = Array("x,y\n0,1\n1,3\n".utf8)
      _ = take(path.hasSuffix(".csv") ? table : NumPyFile.bytes(of: array))
      return nil
    },
    write: { _, _ in nil })
}
