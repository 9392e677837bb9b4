import Autodiff
import Syntax
import Tensors

/// Arrays under names, each a constant of the graph: the columns that `load_csv` gives, or what a file
/// of NumPy's with several arrays holds.
struct ColumnTable: Sendable {
  let names: [String]
  var columns: [NodeID]
  /// The entries that every column has; nil where the arrays are no columns of one length.
  let rowCount: Int?

  /// The words behind the point that mean the table and no column.
  static let attributes = ["matrix", "shape"]
}

extension Session {
  /// A table of arrays, which is one of columns where they fit beside each other.
  mutating func table(_ names: [String], _ arrays: [Tensor]) -> ColumnTable {
    let first = arrays.first?.shape
    let isOfColumns = first?.rank == 1 && arrays.allSatisfy { $0.shape == first }
    return ColumnTable(
      names: names, columns: arrays.map { graph.constant($0) },
      rowCount: isOfColumns ? first?.dimensions[0] : nil)
  }

  /// `100 rows of x, y`, or `X (3, 2), y (3,)`.
  func text(_ table: ColumnTable) -> String {
    let names = table.names.prefix(12)
    let rest = table.names.count > 12 ? ", …" : ""
    guard let count = table.rowCount else {
      let arrays = zip(names, table.columns).map { "\($0) \(graph.shape(of: $1))" }
      return arrays.isEmpty ? "no arrays" : arrays.joined(separator: ", ") + rest
    }
    return "\(self.count(count, "row")) of \(names.joined(separator: ", "))\(rest)"
  }

  /// `d.x` and `d["x"]`.
  func column(_ name: String, of table: ColumnTable, at span: Span) throws(Diagnostic) -> NodeID {
    guard let place = table.names.firstIndex(of: name) else {
      let hint = nearest(to: name, among: table.names).map { "did you mean '\($0)'?" }
      throw .noColumn(shortened(name), among: table.names, at: span, hint: hint)
    }
    return table.columns[place]
  }

  /// All columns beside each other, a row for each row of the file.
  mutating func matrix(of table: ColumnTable, at span: Span) throws(Diagnostic) -> NodeID {
    guard let rowCount = table.rowCount else { throw .noMatrix(text(table), at: span) }
    let columns = table.columns.map { graph.tensor(of: $0).elements }
    var elements: [Double] = []
    elements.reserveCapacity(rowCount * columns.count)
    for row in 0..<rowCount { for column in columns { elements.append(column[row]) } }
    return graph.constant(Tensor(shape: Shape([rowCount, columns.count]), elements: elements))
  }

  /// An attribute of a table; nil where the value on the stack is none.
  mutating func columnAttribute(_ name: String, at span: Span) throws(Diagnostic) -> Value? {
    guard case .table(let table)? = stack.last else { return nil }
    stack.removeLast()
    guard ColumnTable.attributes.contains(name) else {
      return .node(try column(name, of: table, at: span))
    }
    if name == "matrix" { return .node(try matrix(of: table, at: span)) }
    guard let rowCount = table.rowCount else { throw .noMatrix(text(table), at: span) }
    let sizes = [Double(rowCount), Double(table.names.count)]
    return .node(graph.constant(Tensor(shape: Shape([2]), elements: sizes)))
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
