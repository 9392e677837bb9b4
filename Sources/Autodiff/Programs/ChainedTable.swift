/// Values by key, for tables that live no longer than a millisecond.
///
/// The first use of a dictionary makes the runtime look for what its keys conform to, which takes
/// longer than most loops take to become a program. This table asks nothing of its keys but where
/// they are compared, so there is nothing to look for.
struct ChainedTable<Key, Value> {
  private var entries: [(hash: UInt, key: Key, value: Value, next: Int)] = []
  /// The entry in which the chain of each remainder of hashes begins, -1 where there is none.
  private var heads = [Int](repeating: -1, count: 32)

  var isEmpty: Bool { entries.isEmpty }

  /// Adds a key that is not there yet.
  mutating func add(_ key: Key, _ value: Value, hash: UInt) {
    if entries.count >= heads.count { double() }
    let head = Int(hash % UInt(heads.count))
    entries.append((hash, key, value, heads[head]))
    heads[head] = entries.count - 1
  }

  private mutating func double() {
    heads = [Int](repeating: -1, count: 2 * heads.count)
    for place in entries.indices {
      let head = Int(entries[place].hash % UInt(heads.count))
      entries[place].next = heads[head]
      heads[head] = place
    }
  }
}

extension ChainedTable where Key: Equatable {
  /// The value of a key, found by a number that equal keys have in common.
  func value(of key: Key, hash: UInt) -> Value? {
    var place = heads[Int(hash % UInt(heads.count))]
    while place >= 0 {
      if entries[place].key == key { return entries[place].value }
      place = entries[place].next
    }
    return nil
  }
}

extension ChainedTable where Key == NodeID {
  subscript(id: NodeID) -> Value? { value(of: id, hash: UInt(id.rawValue)) }

  mutating func add(_ id: NodeID, _ value: Value) { add(id, value, hash: UInt(id.rawValue)) }
}
