/// Which nodes a walk over a graph has met.
///
/// The storage is kept between walks. The next one begins with another stamp, so it costs what it
/// visits, not what the graph holds.
struct Stamps: Sendable {
  /// By node: the stamp of the walk that has met it last.
  var marks: [UInt8] = []
  private(set) var current: UInt8 = 0

  func contains(_ id: NodeID) -> Bool {
    id.index < marks.count && marks[id.index] == current
  }

  /// Begins a walk over a graph of so many nodes, none of which has been met.
  mutating func begin(upTo count: Int) {
    if marks.count < count {
      marks = [UInt8](repeating: 0, count: max(count, marks.count * 2))
      current = 0
    } else if current == .max {
      for index in marks.indices { marks[index] = 0 }
      current = 0
    }
    current += 1
  }
}
