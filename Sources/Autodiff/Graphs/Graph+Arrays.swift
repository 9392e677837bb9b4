import Tensors

/// What the pullbacks of array functions are written with.
extension Graph {
  /// The adjoint of a reduction, repeated over the entries that were reduced.
  mutating func spread(
    _ adjoint: NodeID, over operand: NodeID, _ options: CallOptions
  ) throws(ShapeError) -> NodeID {
    try fit(unreduced(adjoint, over: operand, options), to: shape(of: operand))
  }

  /// A reduction's result or adjoint with size 1 in the place of each axis that went.
  mutating func unreduced(
    _ id: NodeID, over operand: NodeID, _ options: CallOptions
  ) throws(ShapeError) -> NodeID {
    // A single number fits everywhere.
    guard !isScalar(id) else { return id }
    let kept = try shape(of: operand).reducedShape(axes: options.axes, keepingDimensions: true)
    return try reshape(id, kept)
  }

  mutating func reshape(_ id: NodeID, _ shape: Shape) throws(ShapeError) -> NodeID {
    self.shape(of: id) == shape ? id : try apply(.reshape, [id], .shape(shape))
  }

  mutating func transpose(_ id: NodeID) throws(ShapeError) -> NodeID {
    shape(of: id).rank < 2 ? id : try apply(.transpose, id)
  }

  /// `a / b`, and 0 where b is 0.
  mutating func quotient(_ a: NodeID, _ b: NodeID) throws(ShapeError) -> NodeID {
    let isRegular = try fold(.notEqual, b, constant(0))
    let divisor = try fold(.select, [isRegular, b, constant(.infinity)])
    return try fold(.divide, a, divisor)
  }

  mutating func named(_ row: String, _ a: NodeID, _ attribute: Attribute = .none)
    throws(ShapeError) -> NodeID
  {
    try fold(Primitive.row(row), [a], attribute)
  }

  mutating func sum(_ id: NodeID, axes: [Int]?, keepingDimensions: Bool = false)
    throws(ShapeError) -> NodeID
  {
    try fold(.sum, [id], .axes(axes, keepingDimensions: keepingDimensions))
  }
}

extension Primitive {
  /// The pullback of a function that equals a composition of others.
  ///
  /// Operands stand in as nodes of their own, so that one that comes twice is not counted twice.
  static func composed(
    _ build: @escaping @Sendable (inout Graph, [NodeID], Attribute) throws(ShapeError) -> NodeID
  ) -> Pullback {
    { graph, site, wanted throws(ShapeError) in
      var operands: [NodeID] = []
      for (operand, isWanted) in zip(site.operands, wanted) {
        operands.append(isWanted ? try graph.apply(.identity, operand) : operand)
      }
      let output = try build(&graph, operands, site.attribute)
      var builder = GradientBuilder()
      return try builder.adjoint(
        of: output, seed: site.adjoint, withRespectTo: operands, in: &graph)
    }
  }
}
