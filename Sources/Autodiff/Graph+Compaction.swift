import Tensors

/// Where nodes have gone when a graph was compacted.
package struct Compaction: Sendable {
  fileprivate(set) var isLive: [Bool]
  fileprivate(set) var places: [NodeID]
  fileprivate(set) var end: NodeID

  /// The new place of a node; nil where it was forgotten.
  package func place(of id: NodeID) -> NodeID? { isLive[id.index] ? places[id.index] : nil }

  /// The new place of the first node that stayed from an old place on, the end if none did.
  package func firstPlace(from id: NodeID) -> NodeID {
    id.index < places.count ? places[id.index] : end
  }
}

extension Graph {
  /// Forgets the nodes that no root is built from and closes the gaps.
  ///
  /// The order of the nodes that stay is kept.
  package mutating func compact(keeping roots: [NodeID]) -> Compaction {
    var isLive = [Bool](repeating: false, count: nodes.count)
    for root in roots { isLive[root.index] = true }
    var live = 0
    for index in stride(from: nodes.count - 1, through: 0, by: -1) where isLive[index] {
      live += 1
      forEachOperand(of: NodeID(index)) { isLive[$0.index] = true }
    }
    var moved = [NodeID](repeating: NodeID(0), count: nodes.count)
    var kept: [Node] = []
    kept.reserveCapacity(live)
    var (arrays, lists, attributes): ([Tensor], [UInt32], [Attribute]) = ([], [], [])
    for index in nodes.indices {
      moved[index] = NodeID(kept.count)
      guard isLive[index] else { continue }
      var node = nodes[index]
      if node.array != 0 {
        arrays.append(self.arrays[Int(node.array) - 1])
        node.array = UInt32(arrays.count)
      }
      if node.flags & Flag.variadic != 0 {
        let start = Int(node.operands.0)
        node.operands.0 = UInt32(lists.count)
        for place in start..<start + Int(node.operands.1) {
          lists.append(moved[Int(self.lists[place])].rawValue)
        }
      } else if node.flags & Flag.leaf == 0 {
        let arity = KernelTable.entries[Int(node.operation)].arity
        node.operands.0 = moved[Int(node.operands.0)].rawValue
        if arity > 1 { node.operands.1 = moved[Int(node.operands.1)].rawValue }
        if arity > 2 { node.operands.2 = moved[Int(node.operands.2)].rawValue }
      }
      if node.flags & Flag.hasAttribute != 0 {
        attributes.append(self.attributes[Int(node.operands.2)])
        node.operands.2 = UInt32(attributes.count - 1)
      }
      kept.append(node)
    }
    replaceStores(nodes: kept, arrays: arrays, lists: lists, attributes: attributes)
    return Compaction(isLive: isLive, places: moved, end: NodeID(kept.count))
  }
}
