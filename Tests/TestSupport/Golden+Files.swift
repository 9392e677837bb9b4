import Interpreter

extension Golden {
  /// The files of `Tests/Data`; what is written goes nowhere.
  static let files = FileAccess(
    read: { path, take in
      guard let bytes = Golden.bytes("\(root)/Tests/Data/\(path)") else {
        return FileAccess.Failure(reason: "No such file or directory")
      }
      _ = take(bytes)
      return nil
    },
    write: { path, _ in
      path.hasPrefix("nowhere/") ? FileAccess.Failure(reason: "No such file or directory") : nil
    })
}
