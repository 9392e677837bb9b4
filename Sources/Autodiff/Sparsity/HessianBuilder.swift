import Tensors

/// Second derivatives of a scalar: only as many directions as the sparsest colouring needs.
///
/// The gradient is built in reverse mode, its pattern is found, its columns are coloured, and one
/// forward pass over the gradient serves all columns of a colour. For a function whose variables
/// interact with few others the cost is that of a few gradients, whatever their number.
package struct HessianBuilder: Sendable {
  private var gradients = GradientBuilder()
  private var tangents = TangentBuilder()

  package init() {}

  /// The Hessian of a scalar output with respect to the entries of all targets; nil where it does
  /// not depend on any of them.
  ///
  /// - Throws: `ShapeError`, which would be a mistake in a rule.
  package mutating func hessian(
    of output: NodeID, withRespectTo targets: [NodeID], in graph: inout Graph
  ) throws(ShapeError) -> CompressedHessian? {
    let slopes = try gradients.gradient(of: output, withRespectTo: targets, in: &graph)
    guard slopes.contains(where: { $0 != nil }) else { return nil }
    let shapes = targets.map { graph.shape(of: $0) }
    let neighbours = try neighbours(of: slopes, targets, shapes, in: graph)
    let colouring = Colouring(starsOf: neighbours.others)
    let outputs = slopes.compactMap { $0 }
    let directions = graph.directions(colouring, over: targets)
    let columns = try tangents.tangents(of: outputs, along: directions, in: &graph)
    let slope = try graph.concatenate(slopes, shapes)
    var vectors: [NodeID] = []
    for column in columns {
      var parts = column.makeIterator()
      let entries = slopes.map { $0 == nil ? nil : parts.next() ?? nil }
      let vector = try graph.concatenate(entries, shapes)
      vectors.append(try graph.limit(vector, of: slope, along: directions[vectors.count]) ?? vector)
    }
    return CompressedHessian(
      columns: try graph.apply(.stack, vectors), shapes: shapes, neighbours: neighbours.others,
      hasDiagonal: neighbours.hasDiagonal, colours: colouring.colours)
  }

  /// The pattern, made symmetric, with the diagonal apart.
  private func neighbours(
    of slopes: [NodeID?], _ targets: [NodeID], _ shapes: [Shape], in graph: Graph
  ) throws(ShapeError) -> (others: [[Int32]], hasDiagonal: [Bool]) {
    let found = slopes.compactMap { $0 }
    let dependencies = try Dependencies(
      of: found, on: targets, in: graph, countingJumps: graph.areAtCorners(found))
    var rows: [[Int32]] = []
    for (slope, shape) in zip(slopes, shapes) {
      rows +=
        slope.map { dependencies.rows(of: $0, in: graph) }
        ?? Array(repeating: [], count: shape.count)
    }
    let columns = Colouring.transposed(rows, count: rows.count)
    let hasDiagonal = rows.enumerated().map { $1.contains(Int32($0)) }
    let others = rows.indices.map { index in
      rows[index] == columns[index]
        ? rows[index].filter { $0 != Int32(index) }
        : Set(rows[index] + columns[index]).subtracting([Int32(index)]).sorted()
    }
    return (others, hasDiagonal)
  }
}

/// The columns of a Hessian, those of one colour added up, from which each entry can be read.
package struct CompressedHessian: Sendable {
  /// One row for each colour.
  private let columns: NodeID
  private let shapes: [Shape]
  private let neighbours: [[Int32]]
  private let hasDiagonal: [Bool]
  private let colours: [Int]

  fileprivate init(
    columns: NodeID, shapes: [Shape], neighbours: [[Int32]], hasDiagonal: [Bool], colours: [Int]
  ) {
    (self.columns, self.shapes, self.neighbours) = (columns, shapes, neighbours)
    (self.hasDiagonal, self.colours) = (hasDiagonal, colours)
  }

  /// How many numbers the targets have together.
  private var count: Int { neighbours.count }

  /// How many columns were taken together: the number of forward passes.
  package var colourCount: Int { (colours.max() ?? -1) + 1 }

  /// Calls the body for each entry that may differ from 0, row by row, with its place among the
  /// columns.
  ///
  /// An entry and its mirror image have the same place, so the Hessian is symmetric to the last bit.
  private func forEachEntry(_ body: (_ row: Int, _ column: Int, _ place: Int) -> Void) {
    // By row and colour: how many neighbours of that colour there are.
    let near = neighbours.map { row in
      row.reduce(into: [Int: Int]()) { $0[colours[Int($1)], default: 0] += 1 }
    }
    func place(_ row: Int, _ column: Int) -> Int {
      let (first, second) = (min(row, column), max(row, column))
      return near[first][colours[second]] == 1
        ? colours[second] * count + first : colours[first] * count + second
    }
    for row in 0..<count {
      var isDiagonalDue = hasDiagonal[row]
      for column in neighbours[row].map(Int.init) {
        if isDiagonalDue, column > row {
          isDiagonalDue = false
          body(row, row, colours[row] * count + row)
        }
        body(row, column, place(row, column))
      }
      if isDiagonalDue { body(row, row, colours[row] * count + row) }
    }
  }

  /// The whole matrix over the entries of all targets, as an array of that shape.
  package func matrix(_ shape: Shape, in graph: inout Graph) throws(ShapeError) -> NodeID {
    try block(rows: 0..<count, columns: 0..<count, shape, in: &graph)
  }

  /// For each pair of targets the second derivatives, in the shape of both together.
  package func blocks(in graph: inout Graph) throws(ShapeError) -> [[NodeID]] {
    var blocks: [[NodeID]] = []
    var row = 0
    for first in shapes {
      var line: [NodeID] = []
      var column = 0
      for second in shapes {
        line.append(
          try block(
            rows: row..<row + first.count, columns: column..<column + second.count,
            Shape(checking: first.dimensions + second.dimensions), in: &graph))
        column += second.count
      }
      blocks.append(line)
      row += first.count
    }
    return blocks
  }

  private func block(
    rows: Range<Int>, columns range: Range<Int>, _ shape: Shape, in graph: inout Graph
  ) throws(ShapeError) -> NodeID {
    var (sources, targets): ([Int32], [Int32]) = ([], [])
    forEachEntry { row, column, place in
      guard rows.contains(row), range.contains(column) else { return }
      sources.append(Int32(place))
      targets.append(
        Int32((row - rows.lowerBound) * range.count + column - range.lowerBound))
    }
    let arrangement = Arrangement(shape: shape, sources: sources, targets: targets)
    return try graph.fold(.arrange, [columns], .arrangement(arrangement))
  }

  /// The entries that may differ from 0, as rows of their row, their column and their value.
  package func triples(in graph: inout Graph) throws(ShapeError) -> NodeID {
    var (sources, places): ([Int32], [Double]) = ([], [])
    forEachEntry { row, column, place in
      sources.append(Int32(place))
      places += [Double(row), Double(column), 0]
    }
    let shape = Shape([sources.count, 3])
    let arrangement = Arrangement(
      shape: shape, sources: sources, targets: sources.indices.map { Int32(3 * $0 + 2) })
    let values = try graph.fold(.arrange, [columns], .arrangement(arrangement))
    return try graph.fold(.add, graph.constant(Tensor(shape: shape, elements: places)), values)
  }
}

extension Graph {
  /// For each colour a seed at every entry of that colour.
  mutating func directions(_ colouring: Colouring, over targets: [NodeID])
    -> [[TangentBuilder.Seed]]
  {
    (0..<colouring.count).map { colour in
      var offset = 0
      return targets.compactMap { target in
        let shape = shape(of: target)
        let entries = colouring.colours[offset..<offset + shape.count].map {
          $0 == colour ? 1.0 : 0
        }
        offset += shape.count
        guard entries.contains(1) else { return nil }
        return TangentBuilder.Seed(target, constant(Tensor(shape: shape, elements: entries)))
      }
    }
  }

  /// One vector of the entries of all parts; those that are absent are 0.
  mutating func concatenate(_ parts: [NodeID?], _ shapes: [Shape]) throws(ShapeError) -> NodeID {
    let count = shapes.reduce(0) { $0 + $1.count }
    let whole = Shape([count])
    let zero = constant(0)
    if shapes.allSatisfy(\.isScalar) { return try fold(.stack, parts.map { $0 ?? zero }) }
    var sum: NodeID?
    var offset = 0
    for (part, shape) in zip(parts, shapes) {
      defer { offset += shape.count }
      guard let part else { continue }
      let places = Array(offset..<offset + shape.count)
      let moved =
        shape == whole
        ? part
        : try fold(
          .arrange, [part], .arrangement(Arrangement(shape: whole, blocksOf: 1, at: places)))
      sum = try sum.map { sum throws(ShapeError) in try fold(.add, sum, moved) } ?? moved
    }
    return sum ?? constant(Tensor(repeating: 0, shape: whole))
  }
}
