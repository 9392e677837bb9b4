import Tensors

/// The rules of operations on whole arrays, with masks for the entries that nothing leads to.
extension GradientBuilder {
  /// Adds to the operands of an operation on whole arrays what its pullback gives.
  mutating func pull(
    _ adjoint: Adjoint, from id: NodeID, _ pullback: Pullback, in graph: inout Graph
  ) throws(ShapeError) {
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
    let count = graph.count
    let contributions = try pullback(&graph, site, wanted)
    if graph.traits(of: id).contains(.hasKinks) {
      for part in contributions.compactMap({ $0 }) { graph.markSlope(part, since: count) }
    }
    let counts =
      try usesMasks ? counts(of: adjoint.mask, at: site, pullback, wanted, in: &graph) : nil
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
