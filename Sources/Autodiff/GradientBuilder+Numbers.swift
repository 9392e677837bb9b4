import Tensors

extension GradientBuilder {
  /// The derivatives of a scalar output with respect to each target as bare numbers, for those who
  /// do not differentiate them again; nil where nothing leads to a target.
  ///
  /// Masks keep what lies behind a shut gate from making a nan of 0·inf. So where everything has
  /// come out finite they would have changed no more than the sign of a zero, which is taken away
  /// here, and they are only counted where it has not.
  ///
  /// - Throws: `ShapeError`, which would be a mistake in a rule.
  package mutating func numbers(
    of output: NodeID, withRespectTo targets: [NodeID], in graph: inout Graph
  ) throws(ShapeError) -> [Tensor?] {
    defer { usesMasks = true }
    usesMasks = false
    var plain = try tensors(of: output, withRespectTo: targets, in: &graph)
    var isFinite = true
    for place in plain.indices where plain[place]?.settle() == false { isFinite = false }
    if isFinite { return plain }
    usesMasks = true
    return try tensors(of: output, withRespectTo: targets, in: &graph)
  }

  private mutating func tensors(
    of output: NodeID, withRespectTo targets: [NodeID], in graph: inout Graph
  ) throws(ShapeError) -> [Tensor?] {
    let count = graph.count
    defer { graph.truncate(to: count) }
    let found = try gradient(of: output, withRespectTo: targets, in: &graph)
    return found.map { answer in answer.map { graph.tensor(of: $0) } }
  }
}
