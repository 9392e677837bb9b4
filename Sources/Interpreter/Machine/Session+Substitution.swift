import Autodiff
import Syntax

/// `e at x = 1`.
extension Session {
  /// Takes the values from the stack and lets their names mean them until the scope is left.
  mutating func enterSubstitution(_ names: [NameID], at span: Span) throws(Diagnostic) {
    var leaves: [NodeID] = []
    for name in names.reversed() {
      let id = try popNode(at: span)
      // What depends on an input stands for the name itself, so that derivatives go through it.
      leaves.append(
        graph.isVariable(id) ? id : graph.input(graph.tensor(of: id), tag: tag(name)))
    }
    leaves.reverse()
    var replacements: [NodeID: NodeID] = [:]
    for (name, leaf) in zip(names, leaves) {
      if let node = bindings[name.index].node { replacements[node] = leaf }
    }
    openScope(names, leaves, replacing: replacements, areUsed: false)
  }

  /// Lets names mean leaves, wherever inputs have their tags.
  ///
  /// - Parameters:
  ///   - names: the names.
  ///   - leaves: one for each name.
  ///   - replacements: the leaves that stand for nodes, whatever tags those have.
  ///   - areUsed: whether it is known already that all names are read.
  mutating func openScope(
    _ names: [NameID], _ leaves: [NodeID], replacing replacements: [NodeID: NodeID], areUsed: Bool
  ) {
    hasSubstituted = true
    var tags: [Tag: NodeID] = [:]
    for (name, leaf) in zip(names, leaves) { tags[tag(name)] = leaf }
    scopes.append(
      SubstitutionScope(
        names: names, leaves: leaves, isUsed: Array(repeating: areUsed, count: names.count),
        substitution: Substitution(replacing: replacements, inputsTagged: tags)))
    epoch &+= 1
  }

  mutating func leaveSubstitution(_ code: Code, at span: Span) throws(Diagnostic) {
    let scope = scopes.removeLast()
    epoch &+= 1
    for (name, isUsed) in zip(scope.names, scope.isUsed) where !isUsed {
      // A side of an `if` that was not taken uses its names too.
      let isRead = code.instructions.contains { instruction in
        instruction.operation == .name && Int(instruction.payload) == name.index
      }
      if isRead { continue }
      if case .none = bindings[name.index] { throw .unusedSubstitution(self.name(name), at: span) }
    }
  }

  /// The leaf that stands for a name, from the innermost scope that gives it one.
  mutating func substituted(_ name: NameID) -> NodeID? {
    for scope in scopes.indices.reversed() {
      guard let place = scopes[scope].names.firstIndex(of: name) else { continue }
      scopes[scope].isUsed[place] = true
      return scopes[scope].leaves[place]
    }
    return nil
  }

  /// A node's graph, evaluated again with the values of all open scopes.
  mutating func substitute(in id: NodeID, at span: Span) throws(Diagnostic) -> NodeID {
    var id = id
    for scope in scopes.indices.reversed() {
      do throws(Substitution.Failure) {
        let inner = scopes[(scope + 1)...].flatMap(\.leaves)
        id = try scopes[scope].substitution.apply(to: id, in: &graph, keeping: inner)
      } catch {
        throw diagnostic(error, at: span)
      }
    }
    return id
  }

  func diagnostic(_ failure: Substitution.Failure, at span: Span) -> Diagnostic {
    switch failure {
    case .shape(let error): .shape(error, [], at: span)
    case .otherSide(let condition): .otherSide(describe(condition), at: span)
    }
  }
}
