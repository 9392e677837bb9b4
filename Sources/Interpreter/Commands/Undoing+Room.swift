import Autodiff

/// The room that former states take.
extension Session {
  /// Drops the oldest levels where what they alone hold takes too much room.
  mutating func forgetCostlyLevels() {
    guard graph.byteCount > Undoing.mostBytes else { return }
    var isMet = [Bool](repeating: false, count: graph.count)
    let alive = meet(roots(withUndoing: false), &isMet)
    var room = max(Undoing.mostBytes, alive)
    for level in undoing.future { room -= meet(nodes(of: level.changes) + level.results, &isMet) }
    if room < 0 { undoing.future.removeAll() }
    var end = undoing.changes.count
    for place in undoing.levels.indices.reversed() {
      let level = undoing.levels[place]
      let nodes = nodes(of: undoing.changes[level.firstChange..<end])
      room -= meet(nodes + (level.forgottenResults ?? []), &isMet)
      if room < 0 { return undoing.forget(place + 1) }
      end = level.firstChange
    }
  }

  /// Drops the oldest levels where what `backward` has added up would take too much room in all.
  mutating func forgetCostlySums() {
    let bytes = imperative.byteCount
    guard bytes * undoing.levels.count > Undoing.mostBytes else { return }
    undoing.forget(undoing.levels.count - max(1, Undoing.mostBytes / bytes))
  }

  /// Marks what nodes are built from; the bytes of what was not marked before.
  private func meet(_ nodes: [NodeID], _ isMet: inout [Bool]) -> Int {
    var stack = nodes
    var bytes = 0
    while let id = stack.popLast() {
      guard !isMet[id.index] else { continue }
      isMet[id.index] = true
      bytes += graph.byteCount(of: id)
      graph.forEachOperand(of: id) { if !isMet[$0.index] { stack.append($0) } }
    }
    return bytes
  }

  private func nodes(of changes: some Sequence<Change>) -> [NodeID] {
    var nodes: [NodeID] = []
    for change in changes { collect(change, into: &nodes) }
    return nodes
  }
}
