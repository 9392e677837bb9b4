/// Columns of numbers under names.
package struct NumberTable: Sendable, Equatable {
  package var names: [String]
  /// As many lists as names, all of one length.
  package var columns: [[Double]]

  package init(names: [String], columns: [[Double]]) {
    (self.names, self.columns) = (names, columns)
  }

  package var rowCount: Int { columns.first?.count ?? 0 }

  /// The names in a text such as `x, "a, b"`, written as the first line of a file has them.
  package static func names(in text: String) -> [String] {
    var names: [String] = []
    var splitter = CSVSplitter(separator: UInt8(ascii: ","))
    splitter.take(Array(text.utf8)) {
      names += $0.cells.map { String(decoding: $0, as: UTF8.self) }
    }
    splitter.finish { names += $0.cells.map { String(decoding: $0, as: UTF8.self) } }
    return names
  }

  /// The text that names are read from.
  package static func list(_ names: [String]) -> String {
    names.map(CSVWriter.quoted).joined(separator: ",")
  }
}
