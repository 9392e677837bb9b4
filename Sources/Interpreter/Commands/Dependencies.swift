import Autodiff
import Syntax

/// `:deps y`: what a name is built from, and what is built from it.
extension Session {
  /// The most names in a line.
  private static let mostNames = 12

  func dependencies(_ argument: Argument) throws(Diagnostic) -> [String] {
    guard let word = argument.words.first, argument.words.count == 1 else {
      throw .nameExpected(argument.text, argument.example, at: argument.span)
    }
    guard let name = parser.names.find(word.text), name.index < bindings.count else {
      throw unknown(word)
    }
    switch bindings[name.index] {
    case .none: throw unknown(word)
    case .value(.node(let id)), .parameter(let id):
      var lines = ["\(statement(of: name))"]
      let parts = namedParts(of: id)
      if graph.isInput(id) {
        lines.append("  an input: built from nothing")
      } else if !parts.isEmpty {
        lines.append("  built from   \(list(parts.map { phrase(part: $0) }))")
        let inputs = inputs(of: id).filter { !parts.contains($0) }
        if !inputs.isEmpty {
          lines.append("  in the end   \(list(inputs.map { phrase(part: $0) }))")
        }
      }
      let others = boundNames(of: id).filter { $0 != name }
      if !others.isEmpty {
        lines.append("  the same as  \(others.map(self.name).joined(separator: ", "))")
      }
      return lines + users(of: name, id)
    case .value: return [statement(of: name)] + users(of: name, nil)
    case .live, .function:
      let direct = reads(name).sorted { $0.index < $1.index }.filter(isBound)
      let further = allReads(of: name).subtracting(direct).filter(isInput)
      var lines = [statement(of: name)]
      if !direct.isEmpty { lines.append("  reads        \(list(direct.map(statement)))") }
      if !further.isEmpty {
        let inputs = further.sorted { $0.index < $1.index }
        lines.append("  in the end   \(list(inputs.map(statement)))")
      }
      return lines + users(of: name, nil)
    }
  }

  private func unknown(_ word: Word) -> Diagnostic {
    let nearest = nearest(to: word.text, among: boundNames)
    return .unknownName(
      word.text, at: word.span,
      hint: nearest.map { "did you mean '\($0)'?" } ?? "':vars' lists the names")
  }

  func isBound(_ name: NameID) -> Bool {
    if case .none = bindings[name.index] { return false }
    return true
  }

  private func boundNames(of id: NodeID) -> [NameID] {
    bindings.indices.filter { bindings[$0].node == id }.map { NameID(index: $0) }
  }

  private func isInput(_ name: NameID) -> Bool {
    bindings[name.index].node.map(graph.isInput) ?? false
  }

  /// What follows a name: live formulas and functions that read it, names computed from its node.
  private func users(of name: NameID, _ id: NodeID?) -> [String] {
    var followers: [NameID] = []
    var computed: [NameID] = []
    let isBuiltFrom = id.map(nodesBuilt) ?? { _ in false }
    for index in bindings.indices where index != name.index {
      let other = NameID(index: index)
      if let node = bindings[index].node {
        if isBuiltFrom(node) { computed.append(other) }
      } else if allReads(of: other).contains(name) {
        followers.append(other)
      }
    }
    var lines: [String] = []
    if !followers.isEmpty { lines.append("  followed by  \(list(followers.map(statement)))") }
    if !computed.isEmpty { lines.append("  went into    \(list(computed.map(statement)))") }
    return lines
  }

  /// The names that a live formula or a function reads, itself or through others.
  func allReads(of name: NameID) -> Set<NameID> {
    var seen = reads(name)
    var stack = Array(seen)
    while let next = stack.popLast() {
      for further in reads(next) where seen.insert(further).inserted { stack.append(further) }
    }
    return seen
  }

  /// Whether a node is built from another one: one pass over what came after it.
  private func nodesBuilt(from id: NodeID) -> (NodeID) -> Bool {
    var isBuilt = [Bool](repeating: false, count: graph.count - id.index)
    isBuilt[0] = true
    for index in (id.index + 1)..<max(graph.count, id.index + 1) {
      graph.forEachOperand(of: NodeID(index)) { operand in
        if operand >= id, isBuilt[operand.index - id.index] { isBuilt[index - id.index] = true }
      }
    }
    return { $0 > id && isBuilt[$0.index - id.index] }
  }

  /// The nearest nodes below one that a name of the session stands for, and the inputs.
  private func namedParts(of id: NodeID) -> [NodeID] {
    graph.frontier(below: id) { graph.isInput($0) || isNamed($0) }
  }

  private func inputs(of id: NodeID) -> [NodeID] { graph.frontier(below: id, graph.isInput) }

  private func isNamed(_ id: NodeID) -> Bool {
    let tag = graph.tag(of: id)
    return tag != .none && !graph.isLeaf(id) && stands(NameID(index: Int(tag.rawValue)), for: id)
  }

  /// `x1 = 2`, and for a number that the name has no longer `x1 = 2 (now 5)`.
  private func phrase(part id: NodeID) -> String {
    let tag = graph.tag(of: id)
    guard tag != .none else { return valueText(id) }
    let name = NameID(index: Int(tag.rawValue))
    let text = "\(self.name(name)) = \(valueText(id))"
    guard !stands(name, for: id), let now = bindings[name.index].node else { return text }
    return "\(text) (now \(valueText(now)))"
  }

  private func list(_ phrases: [String]) -> String {
    guard phrases.count > Session.mostNames else { return phrases.joined(separator: ", ") }
    let shown = phrases.prefix(Session.mostNames - 1).joined(separator: ", ")
    return "\(shown) and \(phrases.count - Session.mostNames + 1) more"
  }
}

extension Graph {
  /// The first nodes on each way down from an output for which a condition holds, in the order of
  /// the graph.
  func frontier(below output: NodeID, _ isWanted: (NodeID) -> Bool) -> [NodeID] {
    var isMet = [Bool](repeating: false, count: output.index + 1)
    var found: [NodeID] = []
    var stack = [output]
    while let id = stack.popLast() {
      forEachOperand(of: id) { operand in
        guard !isMet[operand.index] else { return }
        isMet[operand.index] = true
        if isWanted(operand) { found.append(operand) } else { stack.append(operand) }
      }
    }
    return found.sorted()
  }
}
