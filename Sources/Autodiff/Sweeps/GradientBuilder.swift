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
  private var leads: Set<NodeID> = []
  private var entries: [NodeID: EntryAdjoints] = [:]
  /// Whether it is told apart what only shut gates lead to.
  var usesMasks = true
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
    for (place, id) in reach.inner.enumerated() where leads.contains(id) {
      try graph.cancellation.check(.nodes, at: place)
      try settleEntries(of: id, in: &graph)
      guard let adjoint = adjoints[id] else { continue }
      try propagate(adjoint, from: id, in: &graph)
    }
    for target in targets { try settleEntries(of: target, in: &graph) }
    return targets.map { adjoints[$0]?.value }
  }

  /// Adds what the entries of an array have got to the adjoint of the whole.
  private mutating func settleEntries(of id: NodeID, in graph: inout Graph) throws(ShapeError) {
    guard !entries.isEmpty, let parts = entries.removeValue(forKey: id) else { return }
    for whole in try parts.wholes(of: id, areMasked: usesMasks, in: &graph) {
      try accumulate(whole, into: id, in: &graph)
    }
  }

  /// Finds the nodes that a target leads to; an adjoint anywhere else would serve nobody.
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
    case .pullback(let pullback):
      let operands = graph.operands(of: id)
      if graph.operation(of: id) == .index,
        try entries[operands[0], default: EntryAdjoints()].add(
          adjoint, at: graph.attribute(of: id).items, of: graph.shape(of: operands[0]), in: &graph)
      {
        return
      }
      let site = PullbackSite(
        operands: operands, result: id, adjoint: adjoint.value, attribute: graph.attribute(of: id))
      let wanted = operands.map(leads.contains)
      let contributions = try pullback(&graph, site, wanted)
      let counts =
        try usesMasks
        ? counts(of: adjoint.mask, at: site, pullback, wanted, in: &graph) : nil
      for (place, operand) in operands.enumerated() {
        guard let value = contributions[place], leads.contains(operand) else { continue }
        guard let count = counts?[place] else {
          try accumulate(Adjoint(value: value, mask: nil), into: operand, in: &graph)
          continue
        }
        let mask = try graph.fold(.notEqual, count, graph.constant(0))
        if graph.isEverywhere(mask) {
          try accumulate(Adjoint(value: value, mask: nil), into: operand, in: &graph)
          continue
        }
        let taken = try graph.selection(mask, value, graph.constant(0))
        try accumulate(Adjoint(value: taken, mask: mask), into: operand, in: &graph)
      }
    }
  }

  /// For each operand in how many ways something comes through to its entries; nil for all of them.
  ///
  /// Where in none, the adjoint is absent rather than 0.
  private func counts(
    of mask: NodeID?, at site: PullbackSite, _ pullback: Pullback, _ wanted: [Bool],
    in graph: inout Graph
  ) throws(ShapeError) -> [NodeID?]? {
    let row = graph.operation(of: site.result).row
    switch row.flow {
    case .mixes: return nil
    case .mixesGroups:
      guard let mask else { return nil }
      return [try graph.spreadInGroups(mask, at: site)]
    case .picks: return try graph.picks(at: site, through: mask, pullback, wanted)
    case .moves, .adds, .multiplies:
      guard let mask = mask ?? structure(of: row, at: site, in: &graph) else { return nil }
      return try pullback(&graph, self.site(counting: mask, at: site, in: &graph), wanted)
    }
  }

  /// A mask that lets everything through, where the node leaves entries of its operand out.
  ///
  /// An input passes nothing on, so it does not matter there.
  private func structure(of row: Primitive, at site: PullbackSite, in graph: inout Graph) -> NodeID?
  {
    guard row.omitsEntries,
      site.operands.contains(where: { leads.contains($0) && !graph.isLeaf($0) })
    else { return nil }
    return graph.constant(Tensor(repeating: 1, shape: graph.shape(of: site.result)))
  }

  /// A site at which the pullback counts for each entry in how many ways the mask lets it through.
  private func site(
    counting mask: NodeID, at site: PullbackSite, in graph: inout Graph
  ) -> PullbackSite {
    let ones = site.operands.map { operand in
      graph.constant(Tensor(repeating: 1, shape: graph.shape(of: operand)))
    }
    return PullbackSite(
      operands: ones, result: site.result, adjoint: mask, attribute: site.attribute)
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
    let opened = try multiply(
      Adjoint(value: adjoint.value, mask: mask ?? isOpen), gate, in: &graph)
    return opened
  }

  /// Adds to an operand's adjoint, summed back to the operand's shape where it was broadcast.
  private mutating func accumulate(_ adjoint: Adjoint, into id: NodeID, in graph: inout Graph)
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

extension Graph {
  /// What a row that picks passes on to each operand of an adjoint of ones; nil where the choice
  /// depends on an operand that varies, since its derivative would be lost with what is absent.
  mutating func picks(
    at site: PullbackSite, through mask: NodeID? = nil, _ pullback: Pullback, _ wanted: [Bool]
  ) throws(ShapeError) -> [NodeID?]? {
    guard !site.operands.dropFirst().contains(where: isTracked) else { return nil }
    let ones = mask ?? constant(Tensor(repeating: 1, shape: shape(of: site.result)))
    return try pullback(
      &self,
      PullbackSite(
        operands: site.operands, result: site.result, adjoint: ones, attribute: site.attribute),
      wanted)
  }

  /// A mask of the result of a row that mixes groups, for the entries of its operand.
  fileprivate mutating func spreadInGroups(_ mask: NodeID, at site: PullbackSite)
    throws(ShapeError) -> NodeID
  {
    let (x, options) = (site.operands[0], site.attribute.options)
    let shape = shape(of: x)
    guard self.shape(of: site.result).count == shape.count else {
      return try spread(mask, over: x, options)
    }
    let takesLast = operation(of: site.result).row.options.contains(.lastAxis)
    let axes = options.axes ?? (takesLast && shape.rank > 0 ? [-1] : nil)
    return try fit(sum(mask, axes: axes, keepingDimensions: true), to: shape)
  }

  /// Whether a mask that never changes lets every entry through.
  func isEverywhere(_ mask: NodeID) -> Bool {
    !isVariable(mask) && !tensor(of: mask).hasZero
  }
}

/// What a pullback is given.
package struct PullbackSite: Sendable {
  package let operands: [NodeID]
  package let result: NodeID
  package let adjoint: NodeID
  package let attribute: Attribute
}

/// Builds the contributions to the operands' adjoints; nil for those that are not wanted.
package typealias Pullback =
  @Sendable (inout Graph, PullbackSite, [Bool]) throws(ShapeError) -> [NodeID?]
