import Tensors

extension Graph {
  package func tag(of id: NodeID) -> Tag { Tag(nodes[id.index].tag) }

  package func operation(of id: NodeID) -> PrimitiveID {
    PrimitiveID(rawValue: nodes[id.index].operation)
  }

  package func isLeaf(_ id: NodeID) -> Bool { nodes[id.index].flags & Flag.leaf != 0 }

  package func isInput(_ id: NodeID) -> Bool { operation(of: id) == .input }

  /// Whether the node is an input or built from one.
  package func isVariable(_ id: NodeID) -> Bool { nodes[id.index].flags & Flag.variable != 0 }

  package func isScalar(_ id: NodeID) -> Bool { nodes[id.index].array == 0 }

  /// The value of a scalar node; nan for an array.
  package func scalar(of id: NodeID) -> Double { nodes[id.index].value }

  package func shape(of id: NodeID) -> Shape {
    let array = nodes[id.index].array
    return array == 0 ? .scalar : arrays[Int(array) - 1].shape
  }

  package func tensor(of id: NodeID) -> Tensor {
    let node = nodes[id.index]
    return node.array == 0 ? Tensor(scalar: node.value) : arrays[Int(node.array) - 1]
  }

  package func attribute(of id: NodeID) -> Attribute {
    let node = nodes[id.index]
    return node.flags & Flag.hasAttribute == 0 ? .none : attributes[Int(node.operands.2)]
  }

  package func operands(of id: NodeID) -> [NodeID] {
    var operands: [NodeID] = []
    forEachOperand(of: id) { operands.append($0) }
    return operands
  }

  @inline(__always)
  package func forEachOperand(of id: NodeID, _ body: (NodeID) -> Void) {
    let node = nodes[id.index]
    if node.flags & (Flag.leaf | Flag.variadic) != 0 {
      guard node.flags & Flag.variadic != 0 else { return }
      let start = Int(node.operands.0)
      for place in start..<start + Int(node.operands.1) { body(NodeID(rawValue: lists[place])) }
      return
    }
    let arity = KernelTable.entries[Int(node.operation)].arity
    body(NodeID(rawValue: node.operands.0))
    if arity > 1 { body(NodeID(rawValue: node.operands.1)) }
    if arity > 2 { body(NodeID(rawValue: node.operands.2)) }
  }
}
