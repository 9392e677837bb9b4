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
    var kept = NodeList()
    kept.reserveCapacity(live)
    var (arrays, lists, attributes): ([Tensor], [UInt32], [Attribute]) = ([], [], [])
    for index in 0..<nodes.count {
      moved[index] = NodeID(kept.count)
      guard isLive[index] else { continue }
      let flags = nodes.flags[index]
      var (link, label) = (nodes.links[index], nodes.labels[index])
      if flags & Flag.array != 0 {
        arrays.append(self.arrays[Int(label.array)])
        label.array = UInt32(arrays.count - 1)
      }
      if flags & Flag.variadic != 0 {
        let start = Int(link.operands.0)
        link.operands.0 = UInt32(lists.count)
        for place in start..<start + Int(link.operands.1) {
          lists.append(moved[Int(self.lists[place])].rawValue)
        }
      } else if flags & Flag.leaf == 0 {
        let arity = KernelTable.entries[Int(link.operation)].arity
        link.operands.0 = moved[Int(link.operands.0)].rawValue
        if arity > 1 { link.operands.1 = moved[Int(link.operands.1)].rawValue }
        if arity > 2 { link.operands.2 = moved[Int(link.operands.2)].rawValue }
      }
      if flags & Flag.hasAttribute != 0 {
        attributes.append(self.attributes[Int(link.operands.2)])
        link.operands.2 = UInt32(attributes.count - 1)
      }
      kept.append(nodes.values[index], flags, link, label)
    }
    replaceStores(nodes: kept, arrays: arrays, lists: lists, attributes: attributes)
    return Compaction(isLive: isLive, places: moved, end: NodeID(kept.count))
  }
}
