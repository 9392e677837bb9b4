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

  static func noColumn(_ name: String, among names: [String], at span: Span, hint: String?)
    -> Diagnostic
  {
    let shown = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    return Diagnostic("there is no column '\(name)'", at: span, hint: hint ?? "there are \(shown)")
  }

  static func noMatrix(_ arrays: String, at span: Span) -> Diagnostic {
    Diagnostic("these are no columns of one length: \(shortened(arrays))", at: span)
  }

  static func columnNames(at span: Span) -> Diagnostic {
    Diagnostic("the names of the columns are a text such as \"x,y\"", at: span)
  }

  static func decimalSign(at span: Span) -> Diagnostic {
    Diagnostic("decimal is \",\" or \".\"", at: span)
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
      return Diagnostic(
        "'\(file)' is no text, so no CSV", at: span,
        hint: "save it as text in UTF-8, columns apart by commas")
    case .openQuote(let line):
      return Diagnostic("'\(file)' has a quote in line \(line) that is never closed", at: span)
    case .repeatedName(let name, let first, let second):
      return Diagnostic(
        "columns \(first) and \(second) of '\(file)' are both called '\(shortened(name))'",
        at: span, hint: "header=0, skip=1 leaves the line of names out: c0, c1, …")
    case .noColumn(let name, let names):
      return .noColumn(shortened(name), among: names, at: span, hint: nil)
    case .mistakes(let mistakes, let count, let advice):
      return Diagnostic(
        "'\(file)' is no table of numbers: \(text(mistakes, count: count))", at: span,
        hint: advice.map(hint))
    }
  }

  /// What to write behind the name of a file, so that it is read.
  private static func hint(_ advice: CSVReader.Advice) -> String {
    let skipping = "skip=1 leaves out such rows"
    switch advice {
    case .header(let line): return "header=\(line) takes the names from line \(line)"
    case .decimal: return "decimal=\",\" or decimal=\".\" says which sign is the decimal one"
    case .skip(let filling): return skipping + (filling ? ", missing=nan fills empty cells" : "")
    case .fill(let orSkip): return (orSkip ? "\(skipping), " : "") + "missing=nan fills empty cells"
    case .choose(let names, let isFilling, let orSkip):
      let list = NumberTable.list(names)
      let filling = isFilling ? ", missing=nan" : ""
      let choosing =
        list.utf8.count <= 60
        ? "columns=\(literal(list))\(filling) reads those that are numbers"
        : "columns=\(literal(NumberTable.list([names[0]])))\(filling) reads one of the \(names.count)"
          + " that are numbers"
      return choosing + (orSkip ? ", \(skipping)" : "")
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
    case .entries(let code, let name): return entries(code, of: name, in: file, at: span)
    case .nested(let name):
      return Diagnostic(
        "the field '\(shortened(name))' of '\(file)' has fields itself", at: span,
        hint: "in NumPy: np.save(file, a[\"\(shortened(name))\"])")
    case .order:
      return Diagnostic(
        "'\(file)' has fields in Fortran order", at: span,
        hint: "in NumPy: np.save(file, np.ascontiguousarray(a))")
    case .tooShort(let expected, let found):
      return Diagnostic("'\(file)' ends early: \(found) bytes of \(expected)", at: span)
    case .tooLarge: return Diagnostic("'\(file)' holds more than fits", at: span)
    case .archive: return Diagnostic("'\(file)' is a damaged archive, or a locked one", at: span)
    }
  }

  /// Entries that are no numbers of the real line, and what NumPy can make of them.
  private static func entries(_ code: String, of name: String, in file: String, at span: Span)
    -> Diagnostic
  {
    let kind = code.drop { "<>|=".contains($0) }.first
    let thing = name.isEmpty ? "" : "'\(shortened(name))' of "
    let (what, advice): (String, String?) =
      switch kind {
      case "c": ("complex numbers", "np.save(file, a.real), and another file for a.imag")
      case "U", "S", "a", "T": ("texts", nil)
      case "M": ("times", "np.save(file, a.astype(\"int64\")), as units since 1970")
      case "m": ("times", "np.save(file, a.astype(\"int64\")), as units of time")
      case "f": ("numbers of more than 64 bits", "np.save(file, a.astype(\"float64\"))")
      case "O": ("objects of Python", "np.save(file, a.astype(\"float64\"))")
      default: ("entries without a format", "np.save(file, a.astype(\"float32\"))")
      }
    let hint = advice.map { "in NumPy: \($0)" }
    return Diagnostic(
      "\(thing)'\(file)' holds \(what) ('\(shortened(code))'), which cannot be read", at: span,
      hint: name.isEmpty
        ? hint : [hint, "skip=1 leaves it out"].compactMap(\.self).joined(separator: "; "))
  }
}
