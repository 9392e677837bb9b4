/// Colours of the columns of a sparse matrix: those of one colour are taken in one derivative.
struct Colouring {
  /// By column.
  private(set) var colours: [Int]
  private(set) var count = 0

  private init(_ colours: [Int]) {
    self.colours = colours
    count = (colours.max() ?? -1) + 1
  }

  /// As many steps as finding colours may take; beyond them each column gets its own.
  private static let stepLimit = 50_000_000

  /// Colours such that no row has two columns of one colour.
  ///
  /// - Parameters:
  ///   - rows: for each row its columns.
  ///   - count: how many columns there are.
  init(columnsOf rows: [[Int32]], count: Int) {
    guard rows.reduce(0, { $0 + $1.count * $1.count }) < Self.stepLimit else {
      self.init(Array(0..<count))
      return
    }
    let columns = Self.transposed(rows, count: count)
    self.init(
      Self.greedy(count: count, inOrder: Array(0..<count)) { column, colours, forbid in
        for row in columns[column] {
          for other in rows[Int(row)] where colours[Int(other)] >= 0 {
            forbid(colours[Int(other)])
          }
        }
      })
  }

  /// A star colouring of a symmetric matrix: neighbours differ, and no path of four has two colours.
  ///
  /// Every entry can then be read off the product with the sum of its row's or of its column's
  /// colour (Coleman and Moré 1984; Gebremedhin, Manne and Pothen 2005).
  ///
  /// - Parameter neighbours: for each column the rows of its entries, without the diagonal.
  init(starsOf neighbours: [[Int32]]) {
    let count = neighbours.count
    guard neighbours.reduce(0, { $0 + $1.count * $1.count }) < Self.stepLimit else {
      self.init(Array(0..<count))
      return
    }
    // Those with many neighbours first: the hub of a star has a colour, and all its rays another.
    let order = (0..<count).sorted { (-neighbours[$0].count, $0) < (-neighbours[$1].count, $1) }
    // By column and colour: how many neighbours of that colour there are.
    var near: [[Int: Int]] = Array(repeating: [:], count: count)
    var last = -1
    self.init(
      Self.greedy(count: count, inOrder: order) { column, colours, forbid in
        if last >= 0 {
          for next in neighbours[last] { near[Int(next)][colours[last], default: 0] += 1 }
        }
        last = column
        for next in neighbours[column] where colours[Int(next)] >= 0 {
          let colour = colours[Int(next)]
          forbid(colour)
          let isDouble = near[column][colour, default: 0] > 1
          for end in neighbours[Int(next)] where colours[Int(end)] >= 0 {
            if isDouble || near[Int(end)][colour, default: 0] > 1 { forbid(colours[Int(end)]) }
          }
        }
      })
  }

  /// Gives each column in turn the smallest colour that is not forbidden.
  private static func greedy(
    count: Int, inOrder order: [Int],
    forbidding: (_ column: Int, _ colours: [Int], _ forbid: (Int) -> Void) -> Void
  ) -> [Int] {
    var colours = [Int](repeating: -1, count: count)
    // By colour: the column that it was last forbidden for.
    var forbidden = [Int](repeating: -1, count: count + 1)
    for column in order {
      forbidding(column, colours) { forbidden[$0] = column }
      colours[column] = forbidden.firstIndex { $0 != column } ?? 0
    }
    return colours
  }

  static func transposed(_ rows: [[Int32]], count: Int) -> [[Int32]] {
    var columns = [[Int32]](repeating: [], count: count)
    for (row, members) in rows.enumerated() {
      for column in members { columns[Int(column)].append(Int32(row)) }
    }
    return columns
  }
}
