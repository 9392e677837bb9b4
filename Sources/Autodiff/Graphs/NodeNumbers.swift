/// A whole number for each of some nodes: a list in the order of the nodes, in which a search finds
/// them.
///
/// Where nodes come in their order already, as they mostly do, it takes a tenth of the time of a
/// dictionary, which has to hash every one of them.
package struct NodeNumbers: Sendable {
  package typealias Entry = (id: NodeID, number: Int)

  private var entries: [Entry]

  package init(_ entries: [Entry]) {
    self.entries = entries
    let isInOrder = zip(entries, entries.dropFirst()).allSatisfy { $0.id < $1.id }
    if !isInOrder { self.entries.sort { $0.id < $1.id } }
  }

  package subscript(id: NodeID) -> Int? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].id == id ? entries[low].number : nil
  }
}
