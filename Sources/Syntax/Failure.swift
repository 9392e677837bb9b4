/// Why a statement could not be read.
enum Failure: Error {
  /// Something is wrong, whatever may follow.
  case wrong(Diagnostic)
  /// The text ends too early; more of it could make it right.
  case unfinished(Diagnostic)

  var diagnostic: Diagnostic {
    switch self {
    case .wrong(let diagnostic), .unfinished(let diagnostic): diagnostic
    }
  }
}
