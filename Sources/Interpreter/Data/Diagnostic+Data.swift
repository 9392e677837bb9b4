import DataFiles
import Syntax

/// What can be wrong with files of numbers.
extension Diagnostic {
  static func needsFile(_ kind: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "expected the name of a file, found \(kind)", at: span, hint: "write it in quotes")
  }

  static func noFiles(at span: Span) -> Diagnostic {
    Diagnostic("files cannot be used here", at: span)
  }

  static func unreadable(_ file: String, _ reason: String, at span: Span) -> Diagnostic {
    Diagnostic("cannot read '\(shortened(file))': \(reason)", at: span)
  }

  static func unwritable(_ file: String, _ reason: String, at span: Span) -> Diagnostic {
    Diagnostic("cannot write '\(shortened(file))': \(reason)", at: span)
  }

  static func columnNames(at span: Span) -> Diagnostic {
    Diagnostic("the names of the columns are a text such as \"x,y\"", at: span)
  }

  static func nameCount(_ names: Int, columns: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "\(names) \(names == 1 ? "name" : "names") for \(columns) "
        + (columns == 1 ? "column" : "columns"), at: span)
  }

  static func tooManyAxesForCSV(_ shape: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "a CSV file has rows and columns, the array has shape \(shape)", at: span,
      hint: "save_npy keeps any shape")
  }

  static func table(_ file: String, _ failure: CSVReader.Failure, at span: Span) -> Diagnostic {
    let file = shortened(file)
    switch failure {
    case .noRows:
      return Diagnostic("'\(file)' has no rows of numbers", at: span)
    case .notText:
      return Diagnostic("'\(file)' is no text, so no CSV", at: span)
    case .openQuote(let line):
      return Diagnostic("'\(file)' has a quote in line \(line) that is never closed", at: span)
    case .repeatedName(let name, let first, let second):
      return Diagnostic(
        "columns \(first) and \(second) of '\(file)' are both called '\(shortened(name))'", at: span
      )
    case .mistakes(let mistakes, let count):
      return Diagnostic(
        "'\(file)' is no table of numbers: \(text(mistakes, count: count))", at: span,
        hint: "skip=1 leaves out such rows, missing=nan fills empty cells")
    }
  }

  /// `line 4 x: 'abc'; line 7 y: empty; and 12 more`.
  static func text(_ mistakes: [CSVReader.Mistake], count: Int) -> String {
    var parts = mistakes.map { mistake in
      let column = mistake.column.map { " \(shortened($0))" } ?? ""
      return "line \(mistake.line)\(column): \(mistake.message)"
    }
    if count > mistakes.count { parts.append("and \(count - mistakes.count) more") }
    return parts.joined(separator: "; ")
  }

  static func numPy(_ file: String, _ failure: NumPyFile.Failure, at span: Span) -> Diagnostic {
    let file = shortened(file)
    switch failure {
    case .notNumPy: return Diagnostic("'\(file)' is no file of NumPy's", at: span)
    case .version(let version):
      return Diagnostic("'\(file)' has version \(version) of NumPy's format", at: span)
    case .header: return Diagnostic("'\(file)' has a header that cannot be read", at: span)
    case .entries(let kind):
      return Diagnostic(
        "'\(file)' has entries of the kind '\(shortened(kind))', which are no numbers", at: span)
    case .tooShort(let expected, let found):
      return Diagnostic("'\(file)' ends early: \(found) bytes of \(expected)", at: span)
    case .tooLarge: return Diagnostic("'\(file)' holds more than fits", at: span)
    }
  }
}
