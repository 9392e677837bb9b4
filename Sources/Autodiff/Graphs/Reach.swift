/// The nodes that an output is built from, latest first: the order of a reverse sweep.
///
/// Keeps its storage between uses. Stamps make a use cost what it visits, not what the graph holds.
package struct Reach: Sendable {
  private(set) var stamps: [UInt32] = []
  private(set) var current: UInt32 = 0
  /// Nodes with operands, from the output down.
  package private(set) var inner: [NodeID] = []
  /// Nodes without operands, in the order they were met.
  package private(set) var leaves: [NodeID] = []

  package init() {}

  /// Collects what `output` is built from, or a part of it where that is no longer wanted, leaving out nodes before `first` and what only they use.
  package mutating func collect(
    from output: NodeID, in graph: Graph, notBefore first: NodeID = NodeID(0)
  ) {
    collect(from: CollectionOfOne(output), in: graph, notBefore: first)
  }

  /// Collects what any of the outputs is built from, as one order.
  package mutating func collect(
    from outputs: some Collection<NodeID>, in graph: Graph, notBefore first: NodeID = NodeID(0)
  ) {
    begin(upTo: graph.count)
    inner.removeAll(keepingCapacity: true)
    leaves.removeAll(keepingCapacity: true)
    var pending = 0
    func meet(_ id: NodeID) {
      guard stamps[id.index] != current, id >= first else { return }
      stamps[id.index] = current
      if graph.isLeaf(id) { leaves.append(id) } else { pending += 1 }
    }
    for output in outputs { meet(output) }
    guard var index = outputs.max()?.index else { return }
    while pending > 0 {
      if graph.isUnwanted(atStep: index) { return }
      let id = NodeID(index)
      if stamps[index] == current, !graph.isLeaf(id) {
        pending -= 1
        inner.append(id)
        graph.forEachOperand(of: id, meet)
      }
      index -= 1
    }
  }

  package func contains(_ id: NodeID) -> Bool {
    id.index < stamps.count && stamps[id.index] == current
  }

  private mutating func begin(upTo count: Int) {
    if stamps.count < count {
      let capacity = max(count, stamps.count * 2)
      stamps = [UInt32](repeating: 0, count: capacity)
      current = 0
    } else if current == .max {
      for index in stamps.indices { stamps[index] = 0 }
      current = 0
    }
    current += 1
  }
}
