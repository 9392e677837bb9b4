import Autodiff
import Syntax
import Tensors

/// What `load_csv` gives: columns of numbers under names, each a constant of the graph.
struct ColumnTable: Sendable {
  let names: [String]
  var columns: [NodeID]
  let rowCount: Int

  /// `100 rows of x, y`.
  var text: String {
    let shown = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
    return "\(rowCount) \(rowCount == 1 ? "row" : "rows") of \(shown)"
  }
}

extension Session {
  /// `d.x` and `d["x"]`.
  func column(_ name: String, of table: ColumnTable, at span: Span) throws(Diagnostic) -> NodeID {
    guard let place = table.names.firstIndex(of: name) else {
      let hint = nearest(to: name, among: table.names).map { "did you mean '\($0)'?" }
      throw .noColumn(shortened(name), among: table.names, at: span, hint: hint)
    }
    return table.columns[place]
  }

  /// All columns beside each other, a row for each row of the file.
  mutating func matrix(of table: ColumnTable) -> NodeID {
    let columns = table.columns.map { graph.tensor(of: $0).elements }
    var elements: [Double] = []
    elements.reserveCapacity(table.rowCount * columns.count)
    for row in 0..<table.rowCount { for column in columns { elements.append(column[row]) } }
    return graph.constant(
      Tensor(shape: Shape([table.rowCount, columns.count]), elements: elements))
  }

  /// An attribute of a table; nil where the value on the stack is none.
  mutating func columnAttribute(_ name: String, at span: Span) throws(Diagnostic) -> Value? {
    guard case .table(let table)? = stack.last else { return nil }
    stack.removeLast()
    if !table.names.contains(name) {
      if name == "matrix" { return .node(matrix(of: table)) }
      if name == "shape" {
        let sizes = [Double(table.rowCount), Double(table.names.count)]
        return .node(graph.constant(Tensor(shape: Shape([2]), elements: sizes)))
      }
    }
    return .node(try column(name, of: table, at: span))
  }

  /// `d["x"]`; nil where the values on the stack are no table and text.
  mutating func columnIndex(at span: Span) throws(Diagnostic) -> Value? {
    guard stack.count >= 2, case .text(let name) = stack[stack.count - 1],
      case .table(let table) = stack[stack.count - 2]
    else { return nil }
    stack.removeLast(2)
    return .node(try column(name, of: table, at: span))
  }
}

extension Diagnostic {
  static func noColumn(_ name: String, among names: [String], at span: Span, hint: String?)
    -> Diagnostic
  {
    let shown = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    return Diagnostic("there is no column '\(name)'", at: span, hint: hint ?? "there are \(shown)")
  }
}
