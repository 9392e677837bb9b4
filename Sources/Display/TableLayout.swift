/// How wide the columns of a table are.
struct TableLayout {
  private(set) var number: Int
  /// The cell of a node, and in it the name before the `=`.
  private(set) var node: Int
  private(set) var name: Int
  private(set) var value: Int
  /// Nil when there are no derivatives.
  private(set) var partial: Int?

  /// A column of nodes is at least so wide; what is longer has a line of its own.
  private static let leastNode = 8
  /// The same for arrays, which lose entries.
  private static let leastArray = 16

  /// Finds the widths that suit the cells and, if there is one, the terminal.
  ///
  /// Numbers are never cut. Nil means that there is no room for a table.
  ///
  /// - Parameters:
  ///   - count: the number of the last row.
  ///   - names: what the nodes are called.
  ///   - operations: what the nodes were made from, empty for inputs and constants.
  ///   - values: numbers, arrays and shapes.
  ///   - partials: the derivatives, if there are any.
  ///   - width: the columns of the terminal.
  init?(
    count: Int, names: TableColumn, operations: TableColumn, values: TableColumn,
    partials: TableColumn?, width: Int?
  ) {
    number = String(count).utf8.count + 1
    name = TableLayout.widestName(names, operations, within: .max)
    node = max(4, names.widest, operations.widest == 0 ? 0 : name + 3 + operations.widest)
    value = max(5, values.widest)
    partial = partials.map { max(7, $0.widest) }
    guard let width else { return }
    // The node column takes what the numbers leave.
    let room = width - number - (partials == nil ? 4 : 6)
    guard node + value + (partial ?? 0) > room else { return }
    let least = min(node, TableLayout.leastNode)
    let share = (room - min(node, max(least, 2 * room / 5))) / (partials == nil ? 1 : 2)
    value = max(5, values.widestNumber, min(values.widest, max(share, TableLayout.leastArray)))
    if let column = partials {
      let rest = max(share, 2 * share - value, TableLayout.leastArray)
      partial = max(7, column.widestNumber, min(column.widest, rest))
    }
    node = min(node, room - value - (partial ?? 0))
    guard node >= least else { return nil }
    name = TableLayout.widestName(names, operations, within: node)
  }

  /// The widest name of those before an `=` that fit into a cell together with what is behind it.
  private static func widestName(
    _ names: TableColumn, _ operations: TableColumn, within node: Int
  ) -> Int {
    var widest = 0
    for row in 0..<names.count where !operations[row].isEmpty {
      let width = names.width(row)
      if width > widest, node == .max || width + 3 + operations.width(row) <= node {
        widest = width
      }
    }
    return widest
  }
}
