import Tensors

extension Graph {
  package func tag(of id: NodeID) -> Tag { Tag(nodes.labels[id.index].tag) }

  package func operation(of id: NodeID) -> PrimitiveID {
    PrimitiveID(rawValue: nodes.links[id.index].operation)
  }

  @inline(__always)
  package func isLeaf(_ id: NodeID) -> Bool { nodes.flags[id.index] & Flag.leaf != 0 }

  package func isInput(_ id: NodeID) -> Bool { operation(of: id) == .input }

  /// Whether the node is an input or built from one.
  package func isVariable(_ id: NodeID) -> Bool { nodes.flags[id.index] & Flag.variable != 0 }

  /// Whether a derivative may be asked with respect to the node or something it is built from.
  package func isTracked(_ id: NodeID) -> Bool { nodes.flags[id.index] & Flag.inherited != 0 }

  /// Whether some entries of an array may never change though others do.
  func isPartlyConstant(_ id: NodeID) -> Bool {
    nodes.flags[id.index] & Flag.partlyConstant != 0
  }

  /// Whether each entry of a row's result comes of entries at known places of its operands.
  func carriesEntries(_ row: Primitive) -> Bool { row.flow == .moves || !row.domain.isEmpty }

  /// Whether a node was made for a derivative, and not written by anybody.
  package func isDerived(_ id: NodeID) -> Bool { nodes.links[id.index].isDerived }

  @inline(__always)
  package func isScalar(_ id: NodeID) -> Bool { nodes.flags[id.index] & Flag.array == 0 }

  /// The value of a scalar node; nan for an array.
  @inline(__always)
  package func scalar(of id: NodeID) -> Double {
    if let trace { note(id, in: trace) }
    return nodes.values[id.index]
  }

  package func shape(of id: NodeID) -> Shape {
    isScalar(id) ? .scalar : arrays[Int(nodes.labels[id.index].array)].shape
  }

  package func tensor(of id: NodeID) -> Tensor {
    if let trace { note(id, in: trace) }
    return stored(id)
  }

  /// The value for those who compute with it and do not decide by it.
  func stored(_ id: NodeID) -> Tensor {
    isScalar(id)
      ? Tensor(scalar: nodes.values[id.index]) : arrays[Int(nodes.labels[id.index].array)]
  }

  /// Notes that somebody has looked at the value of a node.
  private func note(_ id: NodeID, in trace: Trace) {
    if isTracked(id) { trace.decisions.append(.value(id)) }
  }

  package func attribute(of id: NodeID) -> Attribute {
    if let trace, trace.places[id] != nil { trace.isVoid = true }
    return storedAttribute(of: id)
  }

  /// The attribute as it is, of an entry also with the places at which it happens to stand.
  func storedAttribute(of id: NodeID) -> Attribute {
    nodes.flags[id.index] & Flag.hasAttribute == 0
      ? .none : attributes[Int(nodes.links[id.index].operands.2)]
  }

  /// The last operand; nil for a leaf.
  package func lastOperand(of id: NodeID) -> NodeID? {
    var last: NodeID?
    forEachOperand(of: id) { last = $0 }
    return last
  }

  package func operands(of id: NodeID) -> [NodeID] {
    var operands: [NodeID] = []
    forEachOperand(of: id) { operands.append($0) }
    return operands
  }

  @inline(__always)
  package func forEachOperand(of id: NodeID, _ body: (NodeID) -> Void) {
    let flags = nodes.flags[id.index]
    if flags & Flag.leaf != 0 { return }
    let link = nodes.links[id.index]
    if flags & Flag.variadic != 0 {
      let start = Int(link.operands.0)
      for place in start..<start + Int(link.operands.1) { body(NodeID(rawValue: lists[place])) }
      return
    }
    let arity = KernelTable.entries[Int(link.operation)].arity
    body(NodeID(rawValue: link.operands.0))
    if arity > 1 { body(NodeID(rawValue: link.operands.1)) }
    if arity > 2 { body(NodeID(rawValue: link.operands.2)) }
  }
}
