import Autodiff
import Syntax

/// Live formulas: which follow a name, and whether they run in a circle.
extension Session {
  /// The names that a binding reads from the session, or may read.
  func reads(_ name: NameID) -> Set<NameID> {
    guard case .function(let function) = bindings[name.index] else { return sureReads(name) }
    return function.reads.union(function.mayRead)
  }

  /// The names that a binding reads as the session's own, and never as names of a function's.
  ///
  /// A circle that is closed by any others shows when a formula comes back to itself.
  private func sureReads(_ name: NameID) -> Set<NameID> {
    switch bindings[name.index] {
    case .live(let formula): formula.reads
    case .function(let function): function.reads
    case .none, .value, .parameter: []
    }
  }

  /// The way from a name back to itself if it were to read those names; nil where there is none.
  func circle(from start: NameID, through reads: Set<NameID>) -> [NameID]? {
    if reads.contains(start) { return [start, start] }
    guard readNames.contains(start) else { return nil }
    var cameFrom: [NameID: NameID] = [:]
    var stack = reads.sorted { $0.index > $1.index }
    for name in stack { cameFrom[name] = start }
    while let name = stack.popLast() {
      for next in sureReads(name) {
        if next == start { return way(to: name, from: start, cameFrom) + [start] }
        guard cameFrom[next] == nil, next.index < bindings.count else { continue }
        cameFrom[next] = name
        stack.append(next)
      }
    }
    return nil
  }

  private func way(to name: NameID, from start: NameID, _ cameFrom: [NameID: NameID]) -> [NameID] {
    var way = [name]
    while let last = way.last, last != start, let before = cameFrom[last] { way.append(before) }
    return way.reversed()
  }

  /// The way that the running code has gone from a live formula, where that is about to be entered
  /// again; nil where it is not running.
  func runningCircle(of formula: LiveFormula) -> [NameID]? {
    let start = frames.lastIndex { frame in
      if case .live(let running) = frame.kind { running === formula } else { false }
    }
    guard let start else { return nil }
    let way = frames[start...].compactMap { frame -> NameID? in
      switch frame.kind {
      case .live(let formula): formula.name
      case .function(let function, _, _): function.name
      case .statement, .part: nil
      }
    }
    return way + [formula.name]
  }

  /// A circle that a function closes through a live formula; plain recursion is none.
  func liveCircle(through function: UserFunction) -> [NameID]? {
    guard let circle = circle(from: function.name, through: function.reads) else { return nil }
    let passesLive = circle.contains {
      if case .live = bindings[$0.index] { true } else { false }
    }
    return passesLive ? circle : nil
  }

  /// Names a formula needs, itself or through other formulas, that have no value.
  func unboundNames(of formula: LiveFormula) -> [NameID] {
    var seen = formula.reads
    var stack = Array(seen)
    var missing: [NameID] = []
    while let name = stack.popLast() {
      if case .none = bindings[name.index], !isBuiltin(name) { missing.append(name) }
      for next in sureReads(name) where seen.insert(next).inserted { stack.append(next) }
    }
    return missing.sorted { $0.index < $1.index }
  }

  private func isBuiltin(_ name: NameID) -> Bool {
    guard name.index < builtins.count else { return false }
    if case .none = builtins[name.index] { return false }
    return true
  }
}
