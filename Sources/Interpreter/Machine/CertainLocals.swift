import Syntax

/// The locals that surely have a value at a place in a function, found as its code is translated.
///
/// Only where a local may still be without one can reading it fall through to the session's name: a
/// name that is always assigned first is no read of the session, whatever it is called there.
struct CertainLocals: Sendable {
  /// A set of slots; nil where the code is never come to, and anything may be said.
  typealias Slots = Set<Int>?

  /// A loop that is being translated: what is certain before it and at its ways out.
  private struct Turns {
    let before: Slots
    var breaks: Slots = nil
    var ends: Slots = nil
  }

  /// When a loop can end.
  enum Ending {
    /// Before its first turn.
    case atOnce
    /// After a turn at the soonest.
    case afterTurn
    /// By `break` alone.
    case byBreak
  }

  private(set) var slots: Slots = []
  /// The names that were read where they may still have been without a value.
  private(set) var doubtful: Set<NameID> = []
  private var loops: [Turns] = []

  /// Notes that a local is read.
  mutating func read(_ name: NameID, in slot: Int) {
    if let slots, !slots.contains(slot) { doubtful.insert(name) }
  }

  mutating func assign(_ slot: Int) { slots?.insert(slot) }

  /// Goes on as if from that place; behind `return` and `break` nothing is come to.
  mutating func resume(from slots: Slots) { self.slots = slots }

  /// The slots that are certain whichever of two ways was taken.
  static func common(_ one: Slots, _ other: Slots) -> Slots {
    guard let one, let other else { return one ?? other }
    return one.intersection(other)
  }

  mutating func beginLoop() { loops.append(Turns(before: slots)) }

  /// `break`, or `continue` where the loop goes on.
  mutating func leaveTurn(goingOn: Bool) {
    let last = loops.count - 1
    if goingOn {
      loops[last].ends = Self.common(loops[last].ends, slots)
    } else {
      loops[last].breaks = Self.common(loops[last].breaks, slots)
    }
    slots = nil
  }

  mutating func endLoop(_ ending: Ending) {
    let loop = loops.removeLast()
    switch ending {
    case .atOnce: slots = loop.before
    case .afterTurn: slots = Self.common(loop.breaks, Self.common(loop.ends, slots))
    case .byBreak: slots = loop.breaks
    }
  }
}

extension Lowering {
  /// The number that an expression is, where it is written as one.
  private func literal(_ expression: Expression) -> Double? {
    guard expression.end - expression.first == 1 else { return nil }
    let node = tree.nodes[expression.first]
    return node.kind == .number ? tree.numbers[Int(node.payload)] : nil
  }

  /// When `repeat` can end, by how its count is written.
  func ending(ofCount count: Expression) -> CertainLocals.Ending {
    (literal(count) ?? 0) >= 1 ? .afterTurn : .atOnce
  }

  /// When `while` can end, by how its condition is written.
  func ending(ofCondition condition: Expression) -> CertainLocals.Ending {
    if let number = literal(condition) { return number == 0 ? .atOnce : .byBreak }
    let node = tree.nodes[condition.end - 1]
    guard condition.end - condition.first == 1, node.kind == .name,
      Int(node.payload) < builtins.count, case .constant(let value) = builtins[Int(node.payload)]
    else { return .atOnce }
    return value == 0 ? .atOnce : .byBreak
  }

  /// When `for` can end: after a turn where every source is written with entries.
  func ending(ofSources sources: [Expression]) -> CertainLocals.Ending {
    let haveEntries = sources.allSatisfy { source in
      let root = tree.nodes[source.end - 1]
      if root.kind == .list { return root.count > 0 }
      guard root.kind == .range, source.end - source.first == 3 else { return false }
      let bounds = (source.first..<source.end - 1).map { place in
        literal(Expression(first: place, end: place + 1))
      }
      guard let first = bounds[0], let last = bounds[1] else { return false }
      return root.aux == 0 ? first <= last : first < last
    }
    return haveEntries ? .afterTurn : .atOnce
  }
}
