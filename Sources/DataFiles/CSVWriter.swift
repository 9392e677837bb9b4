import Tensors

/// Writes columns of numbers as CSV, every number with as many digits as read it back.
package enum CSVWriter {
  /// The bytes of a table; names that need quotes get them.
  package static func bytes(of table: NumberTable, hasHeader: Bool = true) -> [UInt8] {
    var bytes: [UInt8] = []
    if hasHeader {
      bytes += Array(table.names.map(quoted).joined(separator: ",").utf8)
      bytes.append(10)
    }
    for row in 0..<table.rowCount {
      for (place, column) in table.columns.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        // The one spelling of it that no reader takes for a text.
        if column[row].isNaN {
          bytes += Array("NaN".utf8)
        } else {
          NumberFormat.append(column[row], digits: .shortest, to: &bytes)
        }
      }
      bytes.append(10)
    }
    return bytes
  }

  /// A name as a cell: in quotes where it would be read as something else.
  static func quoted(_ name: String) -> String {
    let needsQuotes = name.contains { ",;\"\n\r\t".contains($0) } || Double(name) != nil
    return needsQuotes || name.isEmpty || name.hasPrefix(" ") || name.hasSuffix(" ")
      ? "\"\(name.replacing("\"", with: "\"\""))\"" : name
  }
}
