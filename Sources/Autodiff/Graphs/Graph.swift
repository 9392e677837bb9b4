import Tensors

/// A computational graph: an append-only list of nodes in which operands stand before their users.
///
/// The order of the list is therefore a topological order, every sweep is a loop, and nothing is
/// freed recursively. A scalar's value is stored with the node, an array's in `arrays`.
package struct Graph: Sendable {
  typealias Flag = NodeList.Flag
  typealias Link = NodeList.Link

  private(set) var nodes = NodeList()
  private(set) var arrays: [Tensor] = []
  private(set) var lists: [UInt32] = []
  private(set) var attributes: [Attribute] = []
  /// The first of the slopes that are chosen at corners; nil where there is none.
  private(set) var firstSlope: NodeID?
  /// Set while the graph is lent out.
  var loan: Loan?
  /// Set while what is made is to become a program.
  package var trace: Trace?

  /// What derivatives at kinks are.
  package var cornerChoice = CornerChoice.table
  /// Asked by whatever walks the graph.
  package var cancellation = Cancellation.never
  /// To which numbers values are rounded.
  package var precision = Precision()

  package init() {}

  /// What a scalar node costs.
  package static let bytesPerNode = NodeList.bytesPerNode

  package var count: Int { nodes.count }

  /// The numbers in arrays.
  package private(set) var entryCount = 0

  /// Whether to leave off at a step of a walk over many nodes.
  @inline(__always)
  package func isUnwanted(atStep step: Int) -> Bool {
    Cancellation.Pace.numbers.isDue(at: step) && cancellation.ask()
  }

  /// The size of the graph in scalar nodes, arrays included.
  @inline(__always) package var weight: Int { nodes.count + entryCount / 4 }

  /// What the nodes and their arrays take.
  package var byteCount: Int { Graph.bytesPerNode * count + 8 * entryCount }

  package func byteCount(of id: NodeID) -> Int {
    Graph.bytesPerNode + (isScalar(id) ? 0 : 8 * shape(of: id).count)
  }

  package var last: NodeID { NodeID(nodes.count - 1) }
}

extension Graph {
  /// A number or array that derivatives can be taken with respect to.
  package mutating func input(_ value: consuming Tensor, tag: Tag = .none) -> NodeID {
    leaf(.input, value, tag)
  }

  package mutating func input(_ value: Double, tag: Tag = .none) -> NodeID {
    leaf(.input, value, tag)
  }

  /// A number or array that never changes.
  package mutating func constant(_ value: consuming Tensor, tag: Tag = .none) -> NodeID {
    leaf(.constant, value, tag)
  }

  package mutating func constant(_ value: Double, tag: Tag = .none) -> NodeID {
    leaf(.constant, value, tag)
  }

  private mutating func leaf(
    _ operation: PrimitiveID, _ value: consuming Tensor, _ tag: Tag
  ) -> NodeID {
    guard !value.shape.isScalar else { return leaf(operation, value.scalar, tag) }
    entryCount += value.count
    arrays.append(precision.rounded(value))
    let label = NodeList.Label(tag: tag.rawValue, array: UInt32(arrays.count - 1))
    nodes.append(.nan, flags(ofLeaf: operation) | Flag.array, link(ofLeaf: operation), label)
    return last
  }

  private mutating func leaf(_ operation: PrimitiveID, _ value: Double, _ tag: Tag) -> NodeID {
    nodes.append(
      precision.rounded(value), flags(ofLeaf: operation), link(ofLeaf: operation),
      NodeList.Label(tag: tag.rawValue))
    return last
  }

  private func flags(ofLeaf operation: PrimitiveID) -> UInt8 {
    operation == .input ? Flag.leaf | Flag.variable : Flag.leaf
  }

  private func link(ofLeaf operation: PrimitiveID) -> Link {
    Link(operands: (0, 0, 0), operation: operation.rawValue)
  }

  /// The point at which `f'(x)` takes its derivative: x as a node of its own that counts as
  /// variable, even where x is a constant.
  package mutating func primal(of id: NodeID) throws(ShapeError) -> NodeID {
    let primal = try apply(.identity, id)
    nodes.setFlag(Flag.variable, at: primal.index)
    nodes.setDerived(at: primal.index)
    return primal
  }

  /// Keeps apart from other numbers a constant that a derivative may be asked with respect to, such
  /// as the number that a function was called with: what is built from it stays in the graph.
  package mutating func track(_ id: NodeID) { nodes.setFlag(Flag.tracked, at: id.index) }

  /// Notes of the nodes from one on that they were made for a derivative.
  package mutating func markDerived(from first: Int) {
    for index in first..<max(first, count) { nodes.setDerived(at: index) }
  }

  /// Applies a row to one operand.
  ///
  /// - Throws: `ShapeError` when the operand's shape does not fit.
  @inline(__always)
  package mutating func apply(_ row: PrimitiveID, _ a: NodeID) throws(ShapeError) -> NodeID {
    let flags = nodes.flags[a.index]
    guard flags & Flag.array == 0, let value = KernelTable.entries[Int(row.rawValue)].unary else {
      return KernelTable.fill(row) ? try apply(row, a) : try applyToArrays(row, [a])
    }
    nodes.append(
      precision.rounded(value(nodes.values[a.index])), flags & Flag.inherited,
      Link(operands: (a.rawValue, 0, 0), operation: row.rawValue))
    return last
  }

  /// Applies a row to two operands.
  ///
  /// - Throws: `ShapeError` when the operands' shapes do not fit.
  @inline(__always)
  package mutating func apply(_ row: PrimitiveID, _ a: NodeID, _ b: NodeID) throws(ShapeError)
    -> NodeID
  {
    let flags = nodes.flags[a.index] | nodes.flags[b.index]
    guard flags & Flag.array == 0, let value = KernelTable.entries[Int(row.rawValue)].binary else {
      return KernelTable.fill(row) ? try apply(row, a, b) : try applyToArrays(row, [a, b])
    }
    nodes.append(
      precision.rounded(value(nodes.values[a.index], nodes.values[b.index])),
      flags & Flag.inherited,
      Link(operands: (a.rawValue, b.rawValue, 0), operation: row.rawValue))
    return last
  }

  /// Applies a row to any number of operands.
  ///
  /// - Throws: `ShapeError` when the operands' shapes do not fit.
  package mutating func apply(
    _ row: PrimitiveID, _ operands: [NodeID], _ attribute: Attribute = .none
  ) throws(ShapeError) -> NodeID {
    guard attribute == .none else { return try applyToArrays(row, operands, attribute) }
    switch operands.count {
    case 1: return try apply(row, operands[0])
    case 2: return try apply(row, operands[0], operands[1])
    default: return try applyToArrays(row, operands)
    }
  }

  private mutating func applyToArrays(
    _ row: PrimitiveID, _ operands: [NodeID], _ attribute: Attribute = .none
  ) throws(ShapeError) -> NodeID {
    try requireLeave(toCompute: row, of: operands)
    let value = try value(of: row, operands, attribute)
    var flags: UInt8 = 0
    var partly: UInt8 = 0
    for operand in operands {
      flags |= nodes.flags[operand.index] & Flag.inherited
      partly |= nodes.flags[operand.index] & Flag.partlyConstant
    }
    let entry = KernelTable.entries + Int(row.rawValue)
    if entry.pointee.moves, flags & Flag.variable != 0, !operands.allSatisfy(isVariable) {
      partly = Flag.partlyConstant
    }
    if entry.pointee.moves || entry.pointee.isElementwise { flags |= partly }
    var link = Link(operands: (0, 0, 0), operation: row.rawValue)
    // A third operand would stand where the attribute does.
    let isCrowded = attribute != .none && operands.count > 2
    if entry.pointee.arity == 0 || isCrowded {
      flags |= Flag.variadic
      link.operands = (UInt32(lists.count), UInt32(operands.count), 0)
      lists.append(contentsOf: operands.map(\.rawValue))
    } else {
      link.operands = (
        operands[0].rawValue, operands.count > 1 ? operands[1].rawValue : 0,
        operands.count > 2 ? operands[2].rawValue : 0
      )
    }
    if attribute != .none {
      flags |= Flag.hasAttribute
      attributes.append(attribute)
      link.operands.2 = UInt32(attributes.count - 1)
    }
    guard !value.shape.isScalar else {
      nodes.append(value.scalar, flags, link)
      return last
    }
    arrays.append(value)
    entryCount += value.shape.count
    nodes.append(.nan, flags | Flag.array, link, NodeList.Label(array: UInt32(arrays.count - 1)))
    return last
  }
}

extension Graph {
  private func value(
    of row: PrimitiveID, _ operands: [NodeID], _ attribute: Attribute
  ) throws(ShapeError) -> Tensor {
    KernelTable.fill(row)
    if KernelTable.entries[Int(row.rawValue)].readsGraph, case .graph(let look) = row.row.kernel {
      return precision.rounded(try look(self, operands))
    }
    return try precision.evaluate(row, operands.map { stored($0) }, attribute, cancellation)
  }

  /// Says that a node is a slope at which a row has a corner: a number that was chosen.
  mutating func markSlope(_ id: NodeID, since count: Int) {
    guard id.index >= count, isVariable(id) else { return }
    nodes.setFlag(Flag.slope, at: id.index)
    firstSlope = firstSlope.map { min($0, id) } ?? id
  }

  /// A derivative of something that jumps, said to be a slope that was chosen.
  ///
  /// - Parameters:
  ///   - id: the derivative, which may be a node that somebody wrote.
  ///   - count: the number of nodes before it was asked for.
  /// - Returns: a node of its own.
  /// - Throws: `ShapeError`, which would be a mistake.
  mutating func chosenSlope(_ id: NodeID, since count: Int) throws(ShapeError) -> NodeID {
    guard isVariable(id) else { return id }
    let slope = id.index < count ? try apply(.identity, id) : id
    markSlope(slope, since: count)
    return slope
  }

  /// Lets a number count as an input, as it does where a derivative is asked for at a constant.
  ///
  /// - Parameters:
  ///   - target: the number.
  ///   - order: nodes in topological order.
  /// - Returns: those of them that depend on it.
  package mutating func vary(_ target: NodeID, in order: [NodeID]) -> Set<NodeID> {
    var dependents: Set<NodeID> = [target]
    nodes.setFlag(Flag.variable, at: target.index)
    for id in order where operands(of: id).contains(where: dependents.contains) {
      dependents.insert(id)
      nodes.setFlag(Flag.variable, at: id.index)
    }
    return dependents
  }

  /// Whether any node is a slope that is chosen at corners.
  package var hasSlopes: Bool { firstSlope != nil }

  /// Whether the node is a slope that is chosen at corners.
  func isSlope(_ id: NodeID) -> Bool { nodes.flags[id.index] & Flag.slope != 0 }

  package mutating func setTag(_ tag: Tag, of id: NodeID) {
    if let loan, id.index < loan.count { return }
    nodes.setTag(tag, at: id.index)
  }

  /// Forgets every node from that one on; nothing before it can refer to them.
  package mutating func truncate(to count: Int) {
    guard count < nodes.count else { return }
    for index in stride(from: nodes.count - 1, through: count, by: -1) {
      let flags = nodes.flags[index]
      if flags & Flag.array != 0 { entryCount -= arrays.removeLast().shape.count }
      if flags & Flag.variadic != 0 { lists.removeLast(Int(nodes.links[index].operands.1)) }
      if flags & Flag.hasAttribute != 0 { attributes.removeLast() }
    }
    nodes.removeLast(nodes.count - count)
    if let first = firstSlope, first.index >= count { firstSlope = nil }
  }

  /// Replaces the stores by those of a compacted copy.
  mutating func replaceStores(
    nodes: NodeList, arrays: [Tensor], lists: [UInt32], attributes: [Attribute]
  ) {
    (self.nodes, self.arrays, self.lists, self.attributes) = (nodes, arrays, lists, attributes)
    firstSlope = nodes.flags.firstIndex { $0 & Flag.slope != 0 }.map(NodeID.init)
    entryCount = arrays.reduce(0) { $0 + $1.shape.count }
  }
}
