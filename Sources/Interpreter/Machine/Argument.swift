import Syntax

/// What stands behind the name of a command, with where it stands.
struct Argument: Sendable {
  let text: String
  /// Of the text, or of the command where there is none.
  let span: Span
  /// Where the text begins in what is being read.
  let start: Int
  /// The command as it should be, for hints.
  let example: String

  var isEmpty: Bool { text.isEmpty }

  /// The words between blanks, up to a comment.
  var words: [Word] {
    var words: [Word] = []
    var place = start
    for piece in text.split(separator: " ", omittingEmptySubsequences: false) {
      let length = piece.utf8.count
      if piece.first == "#" { break }
      if !piece.isEmpty {
        words.append(Word(text: String(piece), span: Span(start: place, end: place + length)))
      }
      place += length + 1
    }
    return words
  }
}

/// A word of an argument.
struct Word: Sendable {
  let text: String
  let span: Span
}
