import Tensors

/// How outcomes are to look.
package struct DisplayOptions: Sendable {
  /// One row a format: the names of `--format`.
  package enum Format: String, CaseIterable, Sendable {
    case table, line, value, json, csv, tsv, markdown

    package var sentence: String {
      switch self {
      case .table: "every node with its value and its partial derivative"
      case .line: "the value and the partial derivative of every input"
      case .value: "the number alone, in full precision"
      case .json: "one object a line, with every node, in full precision"
      case .csv: "one record an expression: the value, then the partials; commas between"
      case .tsv: "one record an expression: the value, then the partials; tabs between"
      case .markdown: "the table, for a page"
      }
    }
  }

  package var format = Format.table
  package var digits = Digits.significant(6)
  package var isColored = false
  /// Each row as words, for screen readers and terminals that cannot do better.
  package var isPlain = false
  /// The columns of the terminal; nil for a pipe, which takes lines of any length.
  package var width: Int?
  /// The most rows a table shows; nil for all of them.
  package var rowLimit: Int?
  package var isUnfolded = false
  /// Whether notes are left out.
  package var isQuiet = false
  /// Whether `json` lists the nodes.
  package var showsNodes = true

  package init() {}
}

extension DisplayOptions {
  /// Changes a setting by name, as `:set` does.
  ///
  /// - Returns: what is wrong with the name or the value; nil when it was done.
  package mutating func set(_ name: String, to value: String) -> String? {
    switch name {
    case "digits":
      guard let digits = Digits(text: value) else {
        return "digits is a number from 1 to 17 or max, not '\(value)'"
      }
      self.digits = digits
    case "format":
      guard let format = Format(rawValue: value) else {
        let all = Format.allCases.map(\.rawValue).joined(separator: ", ")
        return "there is no format '\(value)'; there are \(all)"
      }
      self.format = format
    case "rows":
      guard let limit = value == "all" ? .some(nil) : Int(value).map(Optional.some),
        limit ?? 4 >= 4
      else { return "rows is a number from 4 on or all, not '\(value)'" }
      rowLimit = limit
    case "unfold", "plain":
      guard value == "on" || value == "off" else { return "\(name) is on or off, not '\(value)'" }
      if name == "plain" { isPlain = value == "on" } else { isUnfolded = value == "on" }
    default: return "there is no setting '\(name)'; there are digits, format, rows, unfold, plain"
    }
    return nil
  }
}

extension Digits {
  /// Reads `max` or a number of significant digits.
  package init?(text: String) {
    if text == "max" {
      self = .shortest
    } else if let count = Int(text), (1...17).contains(count) {
      self = .significant(count)
    } else {
      return nil
    }
  }
}
