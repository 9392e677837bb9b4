import Tensors

extension GradientBuilder {
  /// The derivatives of a scalar output with respect to each target as bare numbers, for those who
  /// do not differentiate them again; nil where nothing leads to a target.
  ///
  /// Masks keep what lies behind a shut gate from making a nan of 0·inf. So where everything has
  /// come out finite they would have changed nothing, and they are only counted where it has not.
  ///
  /// - Throws: `ShapeError`, which would be a mistake in a rule.
  package mutating func numbers(
    of output: NodeID, withRespectTo targets: [NodeID], in graph: inout Graph
  ) throws(ShapeError) -> [Tensor?] {
    let count = graph.count
    defer {
      graph.truncate(to: count)
      usesMasks = true
    }
    usesMasks = false
    let plain = try tensors(of: output, withRespectTo: targets, in: &graph)
    if plain.allSatisfy({ $0?.isFinite ?? true }) { return plain }
    graph.truncate(to: count)
    usesMasks = true
    return try tensors(of: output, withRespectTo: targets, in: &graph)
  }

  private mutating func tensors(
    of output: NodeID, withRespectTo targets: [NodeID], in graph: inout Graph
  ) throws(ShapeError) -> [Tensor?] {
    try gradient(of: output, withRespectTo: targets, in: &graph).map { $0.map(graph.tensor(of:)) }
  }
}
