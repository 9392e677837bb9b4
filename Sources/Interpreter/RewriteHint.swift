import Autodiff

extension Session {
  /// The better form of something in the graph, as the end of a note.
  func rewriteHint(_ order: [NodeID]) -> String {
    for id in order.reversed() {
      for rewrite in Rewrite.all {
        guard let found = match(id, rewrite.pattern) else { continue }
        return "; \(written(rewrite.better, found)) is right there"
      }
    }
    return ""
  }

  private func written(_ form: String, _ found: [Int: NodeID]) -> String {
    var text = ""
    var isPlace = false
    for letter in form {
      if isPlace, let id = found[letter == "x" ? 0 : 1] {
        let phrase = phrase(id)
        text +=
          text.hasSuffix("-") && graph.isVariable(id) && !graph.isLeaf(id)
            && graph.tag(of: id) == .none ? "(\(phrase))" : phrase
      } else if letter != "$" {
        text.append(letter)
      }
      isPlace = letter == "$"
    }
    return text
  }

  /// What the arguments of a pattern stand for; nil where the graph has another form.
  ///
  /// The pattern is read from its end, which is its outermost application, with the nodes that its
  /// parts have to match on a stack.
  private func match(_ id: NodeID, _ pattern: Formula) -> [Int: NodeID]? {
    var found: [Int: NodeID] = [:]
    var stack = [id]
    for term in pattern.terms.reversed() {
      guard let node = stack.popLast() else { return nil }
      switch term {
      case .argument(let place):
        guard found[place, default: node] == node else { return nil }
        found[place] = node
      case .constant(let value):
        guard graph.operation(of: node) == .constant, graph.scalar(of: node) == value else {
          return nil
        }
      case .apply(let name, _):
        guard graph.operation(of: node).row.name == name else { return nil }
        stack += graph.operands(of: node)
      case .result, .tieShare: return nil
      }
    }
    return found
  }
}
