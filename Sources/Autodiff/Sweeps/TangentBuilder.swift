import Tensors

/// Forward mode in nodes: writes tangents into the graph, so they can be differentiated again.
///
/// Takes the rules of reverse mode. A tangent may carry a mask, as an adjoint does: where the mask
/// is 0 no seed leads to the entry, or only by shut gates, and nothing is passed on from there.
package struct TangentBuilder: Sendable {
  /// How fast a node changes, as a node of the same shape.
  struct Tangent: Sendable {
    var value: NodeID
    var mask: NodeID?
  }

  /// A direction to go in from a node: a node of the same shape.
  package struct Seed: Sendable {
    package let node: NodeID
    package let tangent: NodeID

    package init(_ node: NodeID, _ tangent: NodeID) { (self.node, self.tangent) = (node, tangent) }
  }

  /// A slope that has been written down already, by the node and the place of its operand.
  private struct Place: Hashable {
    let id: NodeID
    let operand: Int
  }

  private var reach = Reach()
  private var tangents: [NodeID: Tangent] = [:]
  private var slopes: [Place: NodeID] = [:]
  private var transposer = GradientBuilder()
  /// Set where tests compare the short cuts of rows with what holds of all.
  var transposesEverything = false

  package init() {}

  /// The derivative of a node in the direction of the seeds; nil where none leads to it.
  ///
  /// The tangent of a seeded node is its seed and what other seeds lead to it.
  ///
  /// - Throws: `ShapeError`, which would be a mistake in a rule.
  package mutating func tangent(
    of output: NodeID, along seeds: [Seed], in graph: inout Graph
  ) throws(ShapeError) -> NodeID? {
    try tangents(of: [output], along: [seeds], in: &graph)[0][0]
  }

  /// The derivatives of some nodes in several directions, which share the slopes they need.
  ///
  /// - Returns: for each direction the tangents of the outputs.
  /// - Throws: `ShapeError`, which would be a mistake in a rule.
  package mutating func tangents(
    of outputs: [NodeID], along directions: [[Seed]], in graph: inout Graph
  ) throws(ShapeError) -> [[NodeID?]] {
    guard let first = directions.joined().map(\.node).min() else {
      return directions.map { _ in outputs.map { _ in nil } }
    }
    reach.collect(from: outputs, in: graph, notBefore: first)
    try graph.cancellation.confirm()
    slopes.removeAll(keepingCapacity: true)
    let count = graph.count
    let hasJumps = reach.inner.contains { graph.traits(of: $0).contains(.hasJumps) }
    var answers: [[NodeID?]] = []
    for seeds in directions {
      tangents.removeAll(keepingCapacity: true)
      for seed in seeds {
        guard let tangent = graph.direction(seed.tangent) else { continue }
        try add(tangent, to: seed.node, in: &graph)
      }
      for (place, id) in reach.inner.reversed().enumerated() where isLed(to: id, in: graph) {
        try graph.cancellation.check(.nodes, at: place)
        try carry(to: id, in: &graph)
      }
      var found = outputs.map { tangents[$0]?.value }
      if hasJumps {
        for place in found.indices {
          guard let id = found[place] else { continue }
          found[place] = try graph.chosenSlope(id, since: count)
        }
      }
      answers.append(found)
    }
    return answers
  }

  private func isLed(to id: NodeID, in graph: Graph) -> Bool {
    var isLed = false
    graph.forEachOperand(of: id) { if tangents[$0] != nil { isLed = true } }
    return isLed
  }

  /// Adds up what a node gets from its operands.
  private mutating func carry(to id: NodeID, in graph: inout Graph) throws(ShapeError) {
    let row = graph.operation(of: id).row
    let operands = graph.operands(of: id)
    let incoming = operands.map { tangents[$0] }
    switch row.rule {
    case .constant: break
    case .partials(let partials):
      for (place, partial) in partials.enumerated() {
        guard let tangent = incoming[place],
          let slope = try slope(partial, at: place, of: id, operands, in: &graph)
        else { continue }
        if case .gate = partial {
          guard let opened = try graph.open(tangent, slope) else { continue }
          try add(opened, to: id, in: &graph)
        } else {
          try add(try graph.scale(tangent, slope), to: id, in: &graph)
        }
      }
    case .pullback(let pullback):
      let flow = transposesEverything && row.flow != .picks ? .mixes : row.flow
      switch flow {
      case .moves, .adds:
        let pushed = try graph.push(incoming, through: id, operands)
        if let pushed { try add(pushed, to: id, in: &graph) }
      case .multiplies:
        for (place, tangent) in incoming.enumerated() {
          guard let tangent else { continue }
          try add(graph.push(tangent, at: place, through: id, operands), to: id, in: &graph)
        }
      case .mixes, .mixesGroups, .picks:
        try transpose(
          pullback, incoming, at: id, operands, picks: flow == .picks, in: &graph)
      }
    }
  }

  private mutating func slope(
    _ partial: Primitive.Partial, at place: Int, of id: NodeID, _ operands: [NodeID],
    in graph: inout Graph
  ) throws(ShapeError) -> NodeID? {
    switch partial {
    case .none: return nil
    case .formula(let formula), .gate(let formula):
      if let known = slopes[Place(id: id, operand: place)] { return known }
      let slope = try graph.writePartial(formula, of: id, operands, at: place)
      slopes[Place(id: id, operand: place)] = slope
      return slope
    }
  }

  /// The pullback ū ↦ Jᵀū is linear, so its own pullback is the way of tangents: ẋ ↦ Jẋ.
  ///
  /// Of a row that picks only the tangents of what it has picked count, whatever the others are.
  private mutating func transpose(
    _ pullback: Pullback, _ incoming: [Tangent?], at id: NodeID, _ operands: [NodeID],
    picks: Bool, in graph: inout Graph
  ) throws(ShapeError) {
    let first = graph.count
    let adjoint = graph.input(Tensor(repeating: 0, shape: graph.shape(of: id)))
    let site = PullbackSite(
      operands: operands, result: id, adjoint: adjoint, attribute: graph.attribute(of: id))
    let wanted = incoming.map { $0 != nil }
    let contributions = try pullback(&graph, site, wanted)
    let counts = picks ? try graph.picks(at: site, pullback, wanted) : nil
    for (place, contribution) in contributions.enumerated() {
      guard let contribution, let tangent = incoming[place] else { continue }
      var seed = tangent.value
      if let count = counts?[place] {
        let zero = graph.constant(0)
        seed = try graph.selection(graph.fold(.notEqual, count, zero), seed, zero)
      }
      let pushed = try transposer.adjoint(
        of: contribution, seed: seed, withRespectTo: [adjoint], in: &graph)[0]
      guard let pushed else { continue }
      if graph.traits(of: id).contains(.hasKinks) { graph.markSlope(pushed, since: first) }
      try add(Tangent(value: pushed, mask: nil), to: id, in: &graph)
    }
  }

  /// Adds to a node's tangent, repeated to the node's shape where an operand was broadcast.
  private mutating func add(_ tangent: Tangent, to id: NodeID, in graph: inout Graph)
    throws(ShapeError)
  {
    let shape = graph.shape(of: id)
    var tangent = tangent
    tangent.value = try graph.fit(tangent.value, to: shape)
    tangent.mask = try tangent.mask.map { mask throws(ShapeError) in
      try graph.fit(mask, to: shape)
    }
    guard let before = tangents[id] else {
      tangents[id] = tangent
      return
    }
    var mask: NodeID?
    if let one = before.mask, let other = tangent.mask {
      mask = try graph.fold(.logicalOr, one, other)
    }
    tangents[id] = Tangent(value: try graph.fold(.add, before.value, tangent.value), mask: mask)
  }
}
