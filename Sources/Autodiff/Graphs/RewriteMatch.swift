import Tensors

/// A place of a graph that has the form of a rewrite's pattern.
package struct RewriteMatch {
  package let rewrite: Rewrite
  /// The nodes that stand for the parts of the pattern, from its end.
  package let nodes: [NodeID]
  /// What `x`, `y` and `z` stand for.
  package let arguments: [NodeID]

  /// Whether a node is one of those that the better form does away with.
  package func contains(_ id: NodeID) -> Bool {
    zip(rewrite.steps, nodes).contains { step, node in
      if case .argument = step { false } else { node == id }
    }
  }

  /// The options with which a row of the better form is applied: those of the same row in the graph,
  /// or of the first one that has what this row takes.
  func attribute(of row: PrimitiveID, in graph: Graph) -> Attribute {
    let parts = zip(rewrite.steps, nodes).compactMap { step, node -> Attribute? in
      guard case .apply(row) = step else { return nil }
      return graph.attribute(of: node)
    }
    if let same = parts.first { return same }
    let options = row.row.options
    guard !options.isEmpty else { return .none }
    for (step, node) in zip(rewrite.steps, nodes) {
      guard case .apply = step, case .options(var found) = graph.attribute(of: node) else {
        continue
      }
      if !options.contains(.axes), found.axes?.count != 1 { found.axes = nil }
      if !options.contains(.keepdims) { found.keepsDimensions = false }
      return .options(found)
    }
    return .none
  }
}

extension Graph {
  /// The form of a rewrite at a node; nil where the graph has another one.
  ///
  /// The nodes that the parts of the pattern have to match stand on a stack.
  package func match(_ id: NodeID, _ rewrite: Rewrite) -> RewriteMatch? {
    // Most nodes are something else, which their last operand tells without any search.
    let steps = rewrite.steps
    guard steps.count > 1, let last = lastOperand(of: id), fits(id, steps[0]), fits(last, steps[1])
    else { return nil }
    var found: [NodeID?] = [nil, nil, nil]
    var nodes: [NodeID] = []
    var stack = [id]
    for step in steps {
      guard let node = stack.popLast(), fits(node, step) else { return nil }
      nodes.append(node)
      switch step {
      case .argument(let place):
        if let other = found[place], !isSame(node, other) { return nil }
        found[place] = found[place] ?? node
      case .constant: break
      case .apply: forEachOperand(of: node) { stack.append($0) }
      }
    }
    return RewriteMatch(rewrite: rewrite, nodes: nodes, arguments: found.compactMap { $0 })
  }

  private func fits(_ id: NodeID, _ step: Rewrite.Step) -> Bool {
    switch step {
    case .argument: true
    case .constant(let value): isScalar(id) && !isVariable(id) && scalar(of: id) == value
    case .apply(let row): operation(of: id) == row && !isLeaf(id)
    }
  }

  /// Whether two nodes compute the same from the same inputs and equal constants, as far as a short
  /// look tells.
  private func isSame(_ id: NodeID, _ other: NodeID) -> Bool {
    var stack = [(id, other)]
    var budget = 64
    while let (one, two) = stack.popLast() {
      if one == two { continue }
      budget -= 1
      guard budget > 0, isVariable(one) == isVariable(two), isScalar(one) == isScalar(two) else {
        return false
      }
      if !isVariable(one) {
        guard
          isScalar(one) ? scalar(of: one) == scalar(of: two) : tensor(of: one) == tensor(of: two)
        else { return false }
        continue
      }
      guard !isLeaf(one), operation(of: one) == operation(of: two),
        attribute(of: one) == attribute(of: two), !operation(of: one).row.isRandom
      else { return false }
      let sides = (operands(of: one), operands(of: two))
      guard sides.0.count == sides.1.count else { return false }
      stack += zip(sides.0, sides.1)
    }
    return true
  }
}
