/// The nodes that an output is built from, latest first: the order of a reverse sweep.
///
/// Keeps its storage between uses.
package struct Reach: Sendable {
  private var stamps = Stamps()
  /// Nodes with operands, from the output down.
  package private(set) var inner: [NodeID] = []
  /// Nodes without operands, in the order they were met.
  package private(set) var leaves: [NodeID] = []

  package init() {}

  /// Collects what `output` is built from, leaving out nodes before `first` and what only they use.
  ///
  /// Where that is no longer wanted, it is a part of it.
  package mutating func collect(
    from output: NodeID, in graph: Graph, notBefore first: NodeID = NodeID(0)
  ) {
    collect(from: CollectionOfOne(output), in: graph, notBefore: first)
  }

  /// Collects what any of the outputs is built from, as one order.
  package mutating func collect(
    from outputs: some Collection<NodeID>, in graph: Graph, notBefore first: NodeID = NodeID(0)
  ) {
    stamps.begin(upTo: graph.count)
    inner.removeAll(keepingCapacity: true)
    leaves.removeAll(keepingCapacity: true)
    var pending = 0
    func meet(_ id: NodeID) {
      guard stamps.marks[id.index] != stamps.current, id >= first else { return }
      stamps.marks[id.index] = stamps.current
      if graph.isLeaf(id) { leaves.append(id) } else { pending += 1 }
    }
    for output in outputs { meet(output) }
    guard var index = outputs.max()?.index else { return }
    while pending > 0 {
      if graph.isUnwanted(atStep: index) { return }
      let id = NodeID(index)
      if stamps.marks[index] == stamps.current, !graph.isLeaf(id) {
        pending -= 1
        inner.append(id)
        graph.forEachOperand(of: id, meet)
      }
      index -= 1
    }
  }

  package func contains(_ id: NodeID) -> Bool { stamps.contains(id) }
}
