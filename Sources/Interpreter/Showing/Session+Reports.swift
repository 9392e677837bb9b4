import Autodiff
import Syntax
import Tensors

/// What followed from a new value: `y: 48.9 → 57.9`.
extension Session {
  /// The most followers that are told one by one.
  private static let mostFollowersTold = 10

  /// The live formulas that follow a name, with their values as they are now.
  ///
  /// Only for a person who is watching, and only where a name gets a new value.
  mutating func followedFormulas(of name: NameID) -> [(name: NameID, value: Tensor)] {
    guard options.isInteractive, frames.count == 1, loops.isEmpty, readNames.contains(name)
    else { return [] }
    if case .none = bindings[name.index] { return [] }
    let followers = followers(of: name)
    guard !followers.isEmpty else { return [] }
    return zip(followers, values(of: followers)).compactMap { follower, value in
      value.map { (follower, $0) }
    }
  }

  /// Tells of each formula whose value has moved.
  mutating func reportFollowers(of name: NameID, _ before: [(name: NameID, value: Tensor)]) {
    guard !before.isEmpty else { return }
    var lines: [String] = []
    for ((follower, old), new) in zip(before, values(of: before.map(\.name))) {
      let former = text(old)
      let present = new.map(text) ?? "no value"
      // Beyond the digits that are shown nothing is said to have changed.
      guard former != present || new.map({ $0.count > Session.entriesTold && $0 != old }) ?? false
      else { continue }
      lines.append("\(self.name(follower)): \(former) → \(present)")
    }
    if lines.count > Session.mostFollowersTold {
      let others = lines.count - Session.mostFollowersTold + 1
      lines.removeLast(others)
      lines.append("and \(others) more that follow \(self.name(name))")
    }
    if !lines.isEmpty { outcomes.append(.answer(lines)) }
  }

  /// The most entries of an array that are told.
  private static let entriesTold = 6

  private func text(_ value: Tensor) -> String {
    NumberFormat.text(value, digits: options.digits, atMost: Session.entriesTold)
  }

  /// The live formulas that read a name, themselves or through others, in the order of names.
  private func followers(of name: NameID) -> [NameID] {
    var readers: [NameID: [NameID]] = [:]
    for index in bindings.indices {
      let reader = NameID(index: index)
      for read in reads(reader) { readers[read, default: []].append(reader) }
    }
    var seen: Set<NameID> = [name]
    var stack = [name]
    while let next = stack.popLast() {
      for reader in readers[next] ?? [] where seen.insert(reader).inserted { stack.append(reader) }
    }
    return seen.filter { follower in
      guard follower != name, case .live = bindings[follower.index] else { return false }
      return true
    }.sorted { $0.index < $1.index }
  }

  /// The values of live formulas, each computed once; nil for those that have none.
  private mutating func values(of names: [NameID]) -> [Tensor?] {
    aside { session in
      names.map { name in
        let value = try? session.evaluate(name, at: Span(start: 0, end: 0))
        guard case .node(let id)? = value else { return nil }
        return session.graph.tensor(of: id)
      }
    }
  }
}
