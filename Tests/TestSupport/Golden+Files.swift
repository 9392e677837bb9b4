import Interpreter

extension Golden {
  /// The files of `Tests/Data` and those that examples bring along; what is written goes nowhere.
  package static let files = FileAccess(
    read: { path, take in
      let places = ["Tests/Data", "docs/examples", "."]
      guard let bytes = places.lazy.compactMap({ bytes("\(root)/\($0)/\(path)") }).first else {
        return FileAccess.Failure(reason: "No such file or directory")
      }
      _ = take(bytes)
      return nil
    },
    write: { path, _ in
      path.hasPrefix("nowhere/") ? FileAccess.Failure(reason: "No such file or directory") : nil
    })
}
