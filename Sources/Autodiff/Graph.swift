import Tensors

/// A computational graph: an append-only list of nodes in which operands stand before their users.
///
/// The order of the list is therefore a topological order, every sweep is a loop, and nothing is
/// freed recursively. A node is 32 bytes; a scalar's value is stored in it, an array's in `arrays`.
package struct Graph: Sendable {
  struct Node: Sendable {
    var value: Double
    /// The operands; for variadic rows the first is a place in `lists` and the second a count.
    var operands: (UInt32, UInt32, UInt32)
    var tag: UInt32
    /// One more than the place in `arrays`; 0 for a scalar.
    var array: UInt32
    var operation: UInt16
    var flags: UInt16
    // The attribute's place stands in the third operand, which no row with attributes uses.
  }

  enum Flag {
    /// The node is an input or built from one.
    static let variable: UInt16 = 1
    /// The node has no operands.
    static let leaf: UInt16 = 2
    static let variadic: UInt16 = 4
    static let hasAttribute: UInt16 = 8
  }

  private(set) var nodes: [Node] = []
  private(set) var arrays: [Tensor] = []
  private(set) var lists: [UInt32] = []
  private(set) var attributes: [Attribute] = []

  package init() {}

  package var count: Int { nodes.count }

  package var last: NodeID { NodeID(nodes.count - 1) }
}

extension Graph {
  /// A number or array that derivatives can be taken with respect to.
  package mutating func input(_ value: Tensor, tag: Tag = .none) -> NodeID {
    leaf(.input, value, tag)
  }

  package mutating func input(_ value: Double, tag: Tag = .none) -> NodeID {
    leaf(.input, value, tag)
  }

  /// A number or array that never changes.
  package mutating func constant(_ value: Tensor, tag: Tag = .none) -> NodeID {
    leaf(.constant, value, tag)
  }

  package mutating func constant(_ value: Double, tag: Tag = .none) -> NodeID {
    leaf(.constant, value, tag)
  }

  private mutating func leaf(_ operation: PrimitiveID, _ value: Tensor, _ tag: Tag) -> NodeID {
    guard !value.shape.isScalar else { return leaf(operation, value.scalar, tag) }
    let id = leaf(operation, .nan, tag)
    arrays.append(value)
    nodes[id.index].array = UInt32(arrays.count)
    return id
  }

  private mutating func leaf(_ operation: PrimitiveID, _ value: Double, _ tag: Tag) -> NodeID {
    nodes.append(
      Node(
        value: value, operands: (0, 0, 0), tag: tag.rawValue, array: 0,
        operation: operation.rawValue,
        flags: Flag.leaf | (operation == .input ? Flag.variable : 0)))
    return last
  }

  /// The point at which `f'(x)` takes its derivative: x as a node of its own that counts as
  /// variable, even where x is a constant.
  package mutating func primal(of id: NodeID) throws(ShapeError) -> NodeID {
    let primal = try apply(.identity, id)
    nodes[primal.index].flags |= Flag.variable
    return primal
  }

  /// Applies a row to one operand.
  ///
  /// - Throws: `ShapeError` when the operand's shape does not fit.
  @inline(__always)
  package mutating func apply(_ row: PrimitiveID, _ a: NodeID) throws(ShapeError) -> NodeID {
    let x = nodes[a.index]
    guard x.array == 0, let value = KernelTable.entries[Int(row.rawValue)].unary else {
      return try applyToArrays(row, [a])
    }
    nodes.append(
      Node(
        value: value(x.value), operands: (a.rawValue, 0, 0), tag: Tag.none.rawValue, array: 0,
        operation: row.rawValue, flags: x.flags & Flag.variable))
    return last
  }

  /// Applies a row to two operands.
  ///
  /// - Throws: `ShapeError` when the operands' shapes do not fit.
  @inline(__always)
  package mutating func apply(_ row: PrimitiveID, _ a: NodeID, _ b: NodeID) throws(ShapeError)
    -> NodeID
  {
    let (x, y) = (nodes[a.index], nodes[b.index])
    guard x.array | y.array == 0, let value = KernelTable.entries[Int(row.rawValue)].binary else {
      return try applyToArrays(row, [a, b])
    }
    nodes.append(
      Node(
        value: value(x.value, y.value), operands: (a.rawValue, b.rawValue, 0),
        tag: Tag.none.rawValue, array: 0, operation: row.rawValue,
        flags: (x.flags | y.flags) & Flag.variable))
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
    let value = try evaluate(row, operands.map(tensor(of:)), attribute)
    var node = Node(
      value: value.shape.isScalar ? value.scalar : .nan, operands: (0, 0, 0),
      tag: Tag.none.rawValue, array: 0, operation: row.rawValue, flags: 0)
    for operand in operands { node.flags |= nodes[operand.index].flags & Flag.variable }
    if !value.shape.isScalar {
      arrays.append(value)
      node.array = UInt32(arrays.count)
    }
    if KernelTable.entries[Int(row.rawValue)].arity == 0 {
      node.flags |= Flag.variadic
      node.operands = (UInt32(lists.count), UInt32(operands.count), 0)
      lists.append(contentsOf: operands.map(\.rawValue))
    } else {
      node.operands = (
        operands[0].rawValue, operands.count > 1 ? operands[1].rawValue : 0,
        operands.count > 2 ? operands[2].rawValue : 0
      )
    }
    if attribute != .none {
      node.flags |= Flag.hasAttribute
      attributes.append(attribute)
      node.operands.2 = UInt32(attributes.count - 1)
    }
    nodes.append(node)
    return last
  }

  /// The value of a row at those operands, without a node for it.
  func evaluate(_ row: PrimitiveID, _ operands: [Tensor], _ attribute: Attribute)
    throws(ShapeError) -> Tensor
  {
    switch row.row.kernel {
    case .none: preconditionFailure("a leaf is not evaluated")
    case .unary(let value): return Tensor.map(operands[0], value)
    case .binary(let value): return try Tensor.zip(operands[0], operands[1], value)
    case .ternary(let value):
      return try Tensor.zip3(operands[0], operands[1], operands[2], value)
    case .array(let value): return try value(operands, attribute)
    }
  }
}

extension Graph {
  package mutating func setTag(_ tag: Tag, of id: NodeID) { nodes[id.index].tag = tag.rawValue }

  /// Forgets every node from that one on; nothing before it can refer to them.
  package mutating func truncate(to count: Int) {
    guard count < nodes.count else { return }
    for node in nodes[count...].reversed() {
      if node.array != 0 { arrays.removeLast() }
      if node.flags & Flag.variadic != 0 { lists.removeLast(Int(node.operands.1)) }
      if node.flags & Flag.hasAttribute != 0 { attributes.removeLast() }
    }
    nodes.removeLast(nodes.count - count)
  }

  /// Replaces the stores by those of a compacted copy.
  mutating func replaceStores(
    nodes: [Node], arrays: [Tensor], lists: [UInt32], attributes: [Attribute]
  ) {
    (self.nodes, self.arrays, self.lists, self.attributes) = (nodes, arrays, lists, attributes)
  }
}
