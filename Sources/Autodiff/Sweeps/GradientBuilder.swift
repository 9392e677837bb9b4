import Tensors

/// Reverse mode in nodes: writes the derivative into the graph, so it can be differentiated again.
///
/// Serves arrays and every higher order. Each adjoint may carry a mask: where the mask is 0 only
/// untaken sides of choices lead to the node, and nothing is passed on from there.
package struct GradientBuilder: Sendable {
  /// The derivative of the output with respect to a node, as a node of the same shape.
  struct Adjoint: Sendable {
    var value: NodeID
    var mask: NodeID?
  }

  private var reach = Reach()
  private var adjoints: [NodeID: Adjoint] = [:]
  /// The nodes that a target leads to; an adjoint anywhere else would serve nobody.
  private(set) var leads: Set<NodeID> = []
  /// What entries of arrays have got until all of them are known.
  var entries: [NodeID: EntryAdjoints] = [:]
  /// Whether it is told apart what only shut gates lead to.
  package var usesMasks = true
  /// Whether a gate is open or shut as it is now, as it is for `NumericSweep`.
  package var decidesGates = false

  package init() {}

  /// The derivatives of a scalar output with respect to each target; nil where nothing leads to it.
  ///
  /// Visits only nodes between the output and the targets.
  ///
  /// - Throws: `ShapeError`, which would be a mistake in a rule.
  package mutating func gradient(
    of output: NodeID, withRespectTo targets: [NodeID], in graph: inout Graph
  ) throws(ShapeError) -> [NodeID?] {
    try adjoint(
      of: output, seed: graph.constant(1), withRespectTo: targets, in: &graph)
  }

  /// The products of `seed` with the Jacobian of the output with respect to each target.
  ///
  /// Entries that a constant seed leaves at 0 are absent, as they are in forward mode.
  ///
  /// - Throws: `ShapeError`, which would be a mistake in a rule.
  package mutating func adjoint(
    of output: NodeID, seed: NodeID, withRespectTo targets: [NodeID], in graph: inout Graph
  ) throws(ShapeError) -> [NodeID?] {
    guard let first = targets.min() else { return [] }
    reach.collect(from: output, in: graph, notBefore: first)
    try graph.cancellation.confirm()
    try findLeads(to: targets, in: graph)
    adjoints.removeAll(keepingCapacity: true)
    guard let direction = graph.direction(seed) else { return targets.map { _ in nil } }
    adjoints[output] = Adjoint(value: direction.value, mask: direction.mask)
    entries.removeAll(keepingCapacity: true)
    let count = graph.count
    var hasJumps = false
    for (place, id) in reach.inner.enumerated() where leads.contains(id) {
      try graph.cancellation.check(.nodes, at: place)
      try settleEntries(of: id, in: &graph)
      hasJumps = hasJumps || graph.traits(of: id).contains(.hasJumps)
      guard let adjoint = adjoints[id] else { continue }
      try propagate(adjoint, from: id, in: &graph)
    }
    for target in targets { try settleEntries(of: target, in: &graph) }
    guard hasJumps else { return targets.map { adjoints[$0]?.value } }
    return try targets.map { target throws(ShapeError) in
      try adjoints[target].map { adjoint throws(ShapeError) in
        try graph.chosenSlope(adjoint.value, since: count)
      }
    }
  }

  /// Adds what the entries of an array have got to the adjoint of the whole.
  private mutating func settleEntries(of id: NodeID, in graph: inout Graph) throws(ShapeError) {
    guard !entries.isEmpty, let parts = entries.removeValue(forKey: id) else { return }
    for whole in try parts.wholes(of: id, areMasked: usesMasks, in: &graph) {
      try accumulate(whole, into: id, in: &graph)
    }
  }

  private mutating func findLeads(to targets: [NodeID], in graph: Graph) throws(ShapeError) {
    leads.removeAll(keepingCapacity: true)
    for target in targets where reach.contains(target) { leads.insert(target) }
    for (place, id) in reach.inner.reversed().enumerated() where !leads.contains(id) {
      try graph.cancellation.check(.numbers, at: place)
      var isLead = false
      graph.forEachOperand(of: id) { if leads.contains($0) { isLead = true } }
      if isLead { leads.insert(id) }
    }
  }

  private mutating func propagate(_ adjoint: Adjoint, from id: NodeID, in graph: inout Graph)
    throws(ShapeError)
  {
    switch graph.operation(of: id).row.rule {
    case .constant: break
    case .partials(let partials):
      let operands = graph.operands(of: id)
      for (place, partial) in partials.enumerated() where leads.contains(operands[place]) {
        let operand = operands[place]
        let passed: Adjoint
        switch partial {
        case .none: continue
        case .formula(let formula):
          let slope = try graph.writePartial(formula, of: id, operands, at: place)
          passed = try multiply(
            summed(adjoint, timesNumber: slope, to: operand, in: &graph), slope, in: &graph)
        case .gate(let formula):
          let slope = try graph.writePartial(formula, of: id, operands, at: place)
          guard let opened = try open(adjoint, slope, in: &graph) else { continue }
          passed = opened
        }
        try accumulate(passed, into: operand, in: &graph)
      }
    case .pullback(let pullback): try pull(adjoint, from: id, pullback, in: &graph)
    }
  }

  /// The adjoint summed to the operand's shape beforehand, where the slope is one number that never
  /// changes: there are fewer products then.
  private func summed(
    _ adjoint: Adjoint, timesNumber slope: NodeID, to operand: NodeID, in graph: inout Graph
  ) throws(ShapeError) -> Adjoint {
    let shape = graph.shape(of: operand)
    guard adjoint.mask == nil, graph.isScalar(slope), !graph.isTracked(slope),
      shape.count < graph.shape(of: adjoint.value).count
    else { return adjoint }
    return Adjoint(value: try graph.fit(adjoint.value, to: shape), mask: nil)
  }

  /// The adjoint times a slope, taken as 0 outside the mask whatever the slope is there.
  private func multiply(_ adjoint: Adjoint, _ slope: NodeID, in graph: inout Graph)
    throws(ShapeError) -> Adjoint
  {
    let product = try graph.product(adjoint.value, slope)
    guard let mask = adjoint.mask else { return Adjoint(value: product, mask: nil) }
    let value = try graph.selection(mask, product, graph.constant(0))
    return Adjoint(value: value, mask: mask)
  }

  /// The adjoint behind a gate: nil where a gate that never changes is shut.
  private func open(_ adjoint: Adjoint, _ gate: NodeID, in graph: inout Graph)
    throws(ShapeError) -> Adjoint?
  {
    if decidesGates || !graph.isVariable(gate), graph.isScalar(gate) {
      guard graph.isTrue(gate) else { return nil }
      return try multiply(adjoint, gate, in: &graph)
    }
    guard usesMasks else { return try multiply(adjoint, gate, in: &graph) }
    let isOpen = try graph.fold(.notEqual, gate, graph.constant(0))
    let mask = try adjoint.mask.map { mask throws(ShapeError) in
      try graph.fold(.logicalAnd, mask, isOpen)
    }
    return try multiply(Adjoint(value: adjoint.value, mask: mask ?? isOpen), gate, in: &graph)
  }

  /// Adds to an operand's adjoint, summed back to the operand's shape where it was broadcast.
  mutating func accumulate(_ adjoint: Adjoint, into id: NodeID, in graph: inout Graph)
    throws(ShapeError)
  {
    let shape = graph.shape(of: id)
    var adjoint = adjoint
    if let mask = adjoint.mask {
      // A condition may broadcast with the operand, so the mask takes the result's shape first.
      let whole = try graph.fit(mask, to: graph.shape(of: adjoint.value))
      let counts = try graph.fit(whole, to: shape)
      adjoint.mask =
        counts == whole ? whole : try graph.fold(.notEqual, counts, graph.constant(0))
    }
    adjoint.value = try graph.fit(adjoint.value, to: shape)
    guard let before = adjoints[id] else {
      adjoints[id] = adjoint
      return
    }
    adjoints[id] = try graph.sum(before, adjoint)
  }
}
