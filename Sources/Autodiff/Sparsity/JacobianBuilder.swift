import Tensors

/// First derivatives of an array, by columns or by rows, whichever takes fewer passes.
///
/// Columns that share no row go into one forward pass, rows that share no column into one backward
/// pass (Curtis, Powell and Reid 1974).
package struct JacobianBuilder: Sendable {
  private var gradients = GradientBuilder()
  private var tangents = TangentBuilder()

  package init() {}

  /// The derivatives of every entry of the output with respect to every entry of the target, in the
  /// shape of the output followed by that of the target; nil where nothing leads to it.
  ///
  /// - Throws: `ShapeError` when so large an array has no room.
  package mutating func jacobian(
    of output: NodeID, withRespectTo target: NodeID, in graph: inout Graph
  ) throws(ShapeError) -> NodeID? {
    let (first, second) = (graph.shape(of: output), graph.shape(of: target))
    let shape = try Shape(checking: first.dimensions + second.dimensions)
    let dependencies = try Dependencies(
      of: [output], on: [target], in: graph, countingJumps: graph.areAtCorners([output]))
    let rows = dependencies.rows(of: output, in: graph)
    guard rows.contains(where: { !$0.isEmpty }) else { return nil }
    let columns = Colouring.transposed(rows, count: second.count)
    let byColumns = Colouring(columnsOf: rows, count: second.count)
    let byRows = Colouring(columnsOf: columns, count: first.count)
    let isForward = byColumns.count <= byRows.count
    let passes =
      isForward
      ? try columnSums(of: output, target, byColumns, in: &graph)
      : try rowSums(of: output, target, byRows, in: &graph)
    var (sources, targets): ([Int32], [Int32]) = ([], [])
    for (row, members) in rows.enumerated() {
      for column in members.map(Int.init) {
        sources.append(
          Int32(
            isForward
              ? byColumns.colours[column] * first.count + row
              : byRows.colours[row] * second.count + column))
        targets.append(Int32(row * second.count + column))
      }
    }
    let stack = try graph.fold(.stack, passes)
    if sources == targets, sources.count == shape.count {
      return graph.shape(of: stack) == shape
        ? stack : try graph.fold(.reshape, [stack], .shape(shape))
    }
    let arrangement = Arrangement(shape: shape, sources: sources, targets: targets)
    return try graph.fold(.arrange, [stack], .arrangement(arrangement))
  }

  private mutating func columnSums(
    of output: NodeID, _ target: NodeID, _ colouring: Colouring, in graph: inout Graph
  ) throws(ShapeError) -> [NodeID] {
    let directions = graph.directions(colouring, over: [target])
    let zero = graph.constant(Tensor(repeating: 0, shape: graph.shape(of: output)))
    let found = try tangents.tangents(of: [output], along: directions, in: &graph)
    return try zip(found, directions).map { column, seeds throws(ShapeError) in
      try graph.limit(column[0], of: output, along: seeds) ?? zero
    }
  }

  private mutating func rowSums(
    of output: NodeID, _ target: NodeID, _ colouring: Colouring, in graph: inout Graph
  ) throws(ShapeError) -> [NodeID] {
    let zero = graph.constant(Tensor(repeating: 0, shape: graph.shape(of: target)))
    var sums: [NodeID] = []
    for seed in graph.directions(colouring, over: [output]).map({ $0[0].tangent }) {
      let found = try gradients.adjoint(
        of: output, seed: seed, withRespectTo: [target], in: &graph)
      let sum = try graph.limits(found, of: output, weighedBy: seed, at: [target])[0]
      sums.append(sum ?? zero)
    }
    return sums
  }
}
