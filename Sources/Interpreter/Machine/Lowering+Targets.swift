import Syntax

/// The nodes that a derivative is taken with respect to, as they are written: names, entries of
/// them, and lists of both.
struct TargetPlaces: Sendable {
  /// The lists that stand for several nodes, or for a direction of each, rather than for an array.
  private(set) var groups: Set<Int> = []
  /// The indices that ask for entries of a node rather than for a node of their own.
  private(set) var parts: Set<Int> = []
  /// By the place of a call: what is no target where one is wanted.
  private(set) var faults: [Int: Diagnostic] = [:]

  /// Finds the targets of every call in a tree that takes derivatives.
  ///
  /// - Parameters:
  ///   - tree: the statement.
  ///   - form: the form that a name calls, if it calls one.
  ///   - text: how a part of the statement is written.
  init(in tree: SyntaxTree, form: (NameID) -> Form?, text: (Span) -> String) {
    for (place, node) in tree.nodes.enumerated() where node.kind == .call {
      guard let form = form(NameID(index: Int(node.payload))), form.takesGroup,
        node.count == form.parameters.count
      else { continue }
      var end = place
      var (direction, isGroup): (Int?, Bool) = (nil, false)
      for argument in (0..<Int(node.count)).reversed() {
        var (root, parameter) = (end - 1, form.parameters[argument])
        end = tree.start(ofOperandEndingAt: end)
        if tree.nodes[root].kind == .keyword {
          parameter = String(text(tree.nodes[root].span).prefix { $0 != "=" && $0 != " " })
          root -= 1
        }
        if parameter == form.parameters[1] {
          isGroup = tree.nodes[root].kind == .list
          addTargets(at: root, of: place, in: tree)
        } else if form.takesDirections, parameter == form.parameters[2],
          tree.nodes[root].kind == .list
        {
          direction = root
        }
      }
      if isGroup, let direction { groups.insert(direction) }
    }
  }

  private mutating func addTargets(at root: Int, of call: Int, in tree: SyntaxTree) {
    guard tree.nodes[root].kind == .list else { return addTarget(at: root, of: call, in: tree) }
    groups.insert(root)
    if tree.nodes[root].count == 0 { faults[call] = .notANode(at: tree.nodes[root].span) }
    var end = root
    for _ in 0..<tree.nodes[root].count {
      addTarget(at: end - 1, of: call, in: tree)
      end = tree.start(ofOperandEndingAt: end)
    }
  }

  /// A name, a result, or entries of one by as many indices as there are.
  private mutating func addTarget(at root: Int, of call: Int, in tree: SyntaxTree) {
    var place = root
    var indices: [Int] = []
    while tree.nodes[place].kind == .index {
      indices.append(place)
      var end = place
      for _ in 0..<tree.nodes[place].count { end = tree.start(ofOperandEndingAt: end) }
      place = end - 1
    }
    switch tree.nodes[place].kind {
    case .name, .result: parts.formUnion(indices)
    case .text, .join: faults[call] = .notANode(at: tree.nodes[root].span)
    default: faults[call] = .notANode(at: tree.nodes[root].span, isNameable: true)
    }
  }
}
