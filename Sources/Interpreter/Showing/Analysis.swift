import Autodiff
import Syntax
import Tensors

/// A derivative of the shown output with respect to a node.
package enum Partial: Sendable {
  /// The output is an array, so there is no single derivative.
  case none
  case scalar(Double)
  case array(Tensor)
}

/// A graph made ready to be shown: its nodes in topological order with everything about them.
package struct Analysis: Sendable {
  package let output: NodeID
  /// Post-order from the output, each node once.
  package let order: [NodeID]
  /// One for each node of `order`.
  package let partials: [Partial]
  /// The calls that are shown as one row.
  package let calls: [NodeID: CallRecord]
  /// What stands in the rows for nodes that only pass it on.
  let standIns: [NodeID: NodeID]
  /// The rows that show the operation of another node.
  let guarded: [NodeID: NodeID]
  /// The inputs that the graph has and no row shows.
  let hiddenInputs: Set<NodeID>
  /// Marks by place in `order`, for the few nodes that have some.
  package let marks: [Int: [Mark]]
  /// What is worth knowing, such as where a nan came from.
  package let notes: [String]
  /// For names that several nodes bear: which of them a node is; 0 for the newest.
  let versions: NodeNumbers

  package var isDifferentiable: Bool {
    if case .some(.none) = partials.last { false } else { true }
  }
}

/// What a row is called.
package enum Label: Sendable {
  case name(NameID)
  /// An earlier node of a name that was bound anew.
  case version(NameID, Int)
  /// A constant without a name: its value says it.
  case number
  /// A node without a name: `v` and its place in the order.
  case place
}

extension Analysis {
  /// The node that a row shows in the place of another one.
  package func shown(_ id: NodeID) -> NodeID { standIns[id] ?? id }

  /// The node whose operation a row shows.
  package func operation(shownBy id: NodeID) -> NodeID { guarded[id] ?? id }

  /// Whether a node only passes on one that is shown.
  package func isPassedOn(_ id: NodeID) -> Bool { standIns[id] != nil }

  /// Whether an input is in the graph and in no row.
  package func hides(_ input: NodeID) -> Bool { hiddenInputs.contains(input) }

  package func label(of id: NodeID, in session: borrowing Session) -> Label {
    let id = shown(id)
    let tag = session.graph.tag(of: id)
    guard tag != .none else {
      return session.graph.operation(of: id) == .constant ? .number : .place
    }
    let name = NameID(index: Int(tag.rawValue))
    let version = versions[id] ?? 0
    return version == 0 ? .name(name) : .version(name, version)
  }
}

extension Session {
  /// Orders, differentiates and explains the graph of a derivation.
  ///
  /// - Parameters:
  ///   - derivation: what is to be shown; it must be the latest outcome.
  ///   - isUnfolded: whether the nodes inside calls are shown one by one.
  ///   - showsMachinery: whether nodes of derivatives that only pass on another one are shown.
  /// - Returns: the graph's rows, in topological order.
  /// - Throws: a `Diagnostic` when that is no longer wanted.
  package mutating func analyze(
    _ derivation: Derivation, isUnfolded: Bool, showsMachinery: Bool = true
  ) throws(Diagnostic) -> Analysis {
    let output = derivation.output
    let folding = folding(
      of: output, isUnfolded: isUnfolded || calls.isEmpty, showsMachinery: showsMachinery)
    try confirmInterest(at: derivation.span)
    var partials = partials(of: output, withRespectTo: folding.nodes)
    try confirmInterest(at: derivation.span)
    for (place, id) in folding.nodes.enumerated() where !graph.isVariable(id) {
      // The exponent of (-3)^2 has no derivative, and nobody asks for that of a constant.
      if case .scalar(let value) = partials[place], value.isNaN { partials[place] = .none }
    }
    let findings = findings(folding, partials)
    try confirmInterest(at: derivation.span)
    return Analysis(
      output: output, order: folding.rows, partials: folding.ofRows(partials),
      calls: folding.calls, standIns: folding.standIns, guarded: folding.guarded,
      hiddenInputs: Set(
        folding.standIns.isEmpty
          ? [] : folding.nodes.filter { graph.isInput($0) }
      ).subtracting(folding.rows),
      marks: marks(findings.marks, partials, by: folding),
      notes: findings.notes, versions: versions(of: folding.rows, title: derivation.title))
  }

  /// Several nodes may bear one name: the newest keeps it bare, earlier ones are counted.
  private func versions(of order: [NodeID], title: NameID?) -> NodeNumbers {
    var bearers: [(tag: Tag, id: NodeID)] = []
    // The output bears the name it is asked for by, whatever its node is called.
    if let title, let output = order.last, graph.tag(of: output) != tag(title) {
      bearers.append((tag(title), output))
    }
    for id in order {
      let tag = graph.tag(of: id)
      // Two uses of pi are no versions of it.
      if tag != .none, graph.operation(of: id) != .constant { bearers.append((tag, id)) }
    }
    bearers.sort { ($0.tag.rawValue, $0.id) < ($1.tag.rawValue, $1.id) }
    var versions: [NodeNumbers.Entry] = []
    var version = 0
    for (bearer, next) in zip(bearers, bearers.dropFirst()) {
      version = next.tag == bearer.tag ? version + 1 : 0
      if version > 0, graph.tag(of: bearer.id) == bearer.tag {
        versions.append((bearer.id, version))
      }
    }
    return NodeNumbers(versions)
  }

  /// The partial derivatives of an output with respect to nodes it is built from.
  ///
  /// Of an output that is a derivative itself they are second derivatives, and at a corner not made
  /// of what was chosen there.
  mutating func partials(of output: NodeID, withRespectTo nodes: [NodeID]) -> [Partial] {
    var partials = plainPartials(of: output, withRespectTo: nodes)
    guard graph.isScalar(output), graph.hasChosenSlopes(output) else { return partials }
    for (place, node) in nodes.enumerated() where graph.isInput(node) {
      let plain: Tensor
      switch partials[place] {
      case .none: continue
      case .scalar(let value): plain = Tensor(scalar: value)
      case .array(let tensor): plain = tensor
      }
      guard let found = try? graph.limitNumber(plain, of: output, at: node) else { continue }
      partials[place] = found.shape.isScalar ? .scalar(found.scalar) : .array(found)
    }
    return partials
  }

  private mutating func plainPartials(
    of output: NodeID, withRespectTo nodes: [NodeID]
  ) -> [Partial] {
    guard graph.isScalar(output) else { return nodes.map { _ in .none } }
    if sweep.run(from: output, in: graph) {
      return nodes.map { node in
        graph.isScalar(node)
          ? .scalar(sweep.partial(node))
          : .array(Tensor(repeating: 0, shape: graph.shape(of: node)))
      }
    }
    // Arrays: the derivative is built as nodes, read, and forgotten again.
    let count = graph.count
    defer { graph.truncate(to: count) }
    guard
      let found = try? builder.gradient(of: output, withRespectTo: nodes, in: &graph)
    else { return nodes.map { _ in .none } }
    return zip(nodes, found).map { node, adjoint in
      let shape = graph.shape(of: node)
      guard let adjoint else {
        return shape.isScalar ? .scalar(0) : .array(Tensor(repeating: 0, shape: shape))
      }
      return shape.isScalar ? .scalar(graph.scalar(of: adjoint)) : .array(graph.tensor(of: adjoint))
    }
  }
}

extension Session {
  /// Ends the showing of something long that is no longer wanted; called for every row.
  package func confirmInterest(in derivation: Derivation, at row: Int) throws(Diagnostic) {
    guard Cancellation.Pace.nodes.isDue(at: row), graph.cancellation.ask() else { return }
    throw .interrupted(turn: nil, at: derivation.span)
  }
}

/// An input that a name of the session stands for.
package struct ScopeInput: Sendable {
  package let name: NameID
  package let node: NodeID
}

extension Session {
  /// The inputs that names of the session stand for, in the order the names were first read.
  package mutating func inputsInScope() -> [ScopeInput] {
    if scopeInputs.epoch == epoch { return scopeInputs.inputs }
    var inputs: [ScopeInput] = []
    for index in bindings.indices {
      guard let node = bindings[index].node, graph.isInput(node) else { continue }
      inputs.append(ScopeInput(name: NameID(index: index), node: node))
    }
    scopeInputs = (epoch, inputs)
    return inputs
  }

  /// The partials of an output with respect to the inputs in scope, without ordering its graph.
  ///
  /// Where the output was computed with another value of a name, that value's partial counts.
  ///
  /// - Throws: a `Diagnostic` when they are no longer wanted.
  package mutating func partialsOfScope(
    of derivation: Derivation
  ) throws(Diagnostic) -> [Partial] {
    let output = derivation.output
    var nodes = inputsInScope().map(\.node)
    if hasFormerInputs {
      reach.collect(from: output, in: graph)
      for (place, node) in nodes.enumerated() where !reach.contains(node) {
        let tag = graph.tag(of: node)
        let others = reach.leaves.filter { graph.isInput($0) && graph.tag(of: $0) == tag }
        nodes[place] = others.max() ?? node
      }
    }
    let partials = partials(of: output, withRespectTo: nodes)
    try confirmInterest(at: derivation.span)
    return partials
  }

  /// Whether an input may bear the name of another.
  private var hasFormerInputs: Bool { !formerNodes.isEmpty || hasSubstituted }
}
