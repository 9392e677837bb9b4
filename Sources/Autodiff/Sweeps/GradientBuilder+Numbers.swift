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

  /// The same as constants.
  ///
  /// What becomes a program needs the nodes that the numbers come from, and what takes the sign from
  /// their zeros.
  ///
  /// - Throws: `ShapeError`, which would be a mistake in a rule.
  package mutating func constants(
    of output: NodeID, withRespectTo targets: [NodeID], in graph: inout Graph
  ) throws(ShapeError) -> [NodeID?] {
    guard graph.trace != nil else {
      return try numbers(of: output, withRespectTo: targets, in: &graph).map { number in
        number.map { graph.constant($0) }
      }
    }
    var constants: [NodeID?] = []
    for answer in try gradient(of: output, withRespectTo: targets, in: &graph) {
      guard let answer else {
        constants.append(nil)
        continue
      }
      let settled = try graph.apply(.add, answer, graph.constant(0))
      constants.append(graph.constant(copying: settled))
    }
    return constants
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
