import Interpreter
import Syntax
import Tensors

/// The findings of a lesson: lines as they are, tables where they fit and in words where not.
extension Renderer {
  mutating func render(_ report: Report) {
    if report.isFailure { failureCount += 1 }
    switch options.format {
    case .json: renderJSON(report)
    case .markdown:
      for part in report.parts {
        switch part {
        case .line(let line): output.write("\(line)\n\n")
        case .table(let table): renderMarkdown(table)
        }
      }
    case .table, .line, .value, .csv, .tsv:
      for part in report.parts {
        switch part {
        case .line(let line): output.writeLines(line)
        case .table(let table): render(table)
        }
      }
    }
  }

  /// A cell as text, numbers with the digits that are set.
  private func text(_ cell: Report.Cell) -> String {
    switch cell {
    case .text(let text), .verdict(let text, _): return output.spelled(text)
    case .number(let value):
      var bytes: [UInt8] = []
      NumberFormat.append(value, digits: options.digits, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    case .empty: return ""
    }
  }

  private mutating func render(_ table: Report.Table) {
    let cells = table.rows.map { $0.map(text) }
    var widths = table.columns.map { displayWidth(of: output.spelled($0.title)) }
    for row in cells {
      for (column, cell) in row.enumerated() {
        widths[column] = max(widths[column], displayWidth(of: cell))
      }
    }
    let total = widths.reduce(0, +) + 2 * widths.count
    if options.isPlain || total - 1 > output.width ?? .max {
      renderInWords(table, cells)
      return
    }
    write(table.columns.map(\.title), table.columns, widths) { _ in .faint }
    for (row, cells) in zip(table.rows, cells) {
      write(cells, table.columns, widths) { column in
        guard case .verdict(_, let isGood) = row[column] else { return .plain }
        return isGood ? .plain : .failure
      }
    }
  }

  private mutating func write(
    _ cells: [String], _ columns: [Report.Column], _ widths: [Int], style: (Int) -> Output.Style
  ) {
    let last = cells.lastIndex { !$0.isEmpty } ?? -1
    for column in cells.indices where column <= last {
      let missing = widths[column] - displayWidth(of: output.spelled(cells[column]))
      output.write(column == 0 ? " " : "  ")
      if columns[column].isNumeric { output.write(repeating: " ", count: missing) }
      output.write(cells[column], style(column))
      if !columns[column].isNumeric, column < last {
        output.write(repeating: " ", count: missing)
      }
    }
    output.endLine()
  }

  private mutating func renderInWords(_ table: Report.Table, _ cells: [[String]]) {
    for row in cells {
      let rest = zip(table.columns, row).dropFirst().filter { !$0.1.isEmpty }
      let words = rest.map { "\($0.0.title) \($0.1)" }.joined(separator: ", ")
      output.writeLines("\(row.first ?? ""): \(words)", indent: 2)
    }
  }

  private mutating func renderMarkdown(_ table: Report.Table) {
    output.write("| \(table.columns.map(\.title).joined(separator: " | ")) |\n")
    let rules = table.columns.map { $0.isNumeric ? "--:" : ":--" }
    output.write("|\(rules.joined(separator: "|"))|\n")
    for row in table.rows {
      let cells = row.map { cell in
        if case .text(let text) = cell, !text.isEmpty { return "`\(text)`" }
        return text(cell)
      }
      output.write("| \(cells.joined(separator: " | ")) |\n")
    }
    output.endLine()
  }
}
