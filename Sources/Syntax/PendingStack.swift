/// The operators and brackets that wait, the innermost one at hand.
struct PendingStack: Sendable {
  /// The innermost one; a `base` when nothing waits.
  var top = Pending(.base, start: 0)
  /// The others, in the first `depth` places. The places behind are kept for later use.
  private var below: [Pending] = []
  private var depth = 0

  mutating func push(_ entry: Pending) {
    if depth < below.count {
      below[depth] = top
    } else {
      below.append(top)
    }
    depth &+= 1
    top = entry
  }

  @discardableResult
  mutating func pop() -> Pending {
    let entry = top
    depth &-= 1
    top = below[depth]
    return entry
  }

  mutating func removeAll() {
    depth = 0
    top = Pending(.base, start: 0)
  }

  /// The innermost one that satisfies a condition.
  func last(where condition: (Pending) -> Bool) -> Pending? {
    condition(top) ? top : below[..<depth].last(where: condition)
  }
}
