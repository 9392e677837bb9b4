/// The operators and brackets that wait, the innermost one on top.
struct PendingStack: Sendable {
  /// Those that wait, in the first `depth` places; the places behind are kept for later use.
  private var entries: [Pending] = []
  private var depth = 0

  var top: Pending {
    get { entries[depth &- 1] }
    _modify { yield &entries[depth &- 1] }
  }

  @inline(__always)
  mutating func push(_ entry: Pending) {
    if depth == entries.count { grow() }
    entries[depth] = entry
    depth &+= 1
  }

  @discardableResult
  @inline(__always)
  mutating func pop() -> Pending {
    depth &-= 1
    return entries[depth]
  }

  mutating func removeAll() {
    depth = 0
  }

  private mutating func grow() {
    let room = max(32, entries.count)
    entries.append(contentsOf: repeatElement(Pending(.base, start: 0), count: room))
  }

  /// The innermost one that satisfies a condition.
  func last(where condition: (Pending) -> Bool) -> Pending? {
    entries[..<depth].last(where: condition)
  }
}
