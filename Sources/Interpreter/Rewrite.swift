import Autodiff

/// A form that loses numbers where another, equal one keeps them.
struct Rewrite: Sendable {
  /// Rows from the outermost inwards along operands that fit; the last one's operand is the argument.
  let pattern: [String]
  let better: String
  /// Whether the argument's sign is turned in the better form.
  let isTurned: Bool

  init(_ pattern: [String], _ better: String, isTurned: Bool = false) {
    (self.pattern, self.better, self.isTurned) = (pattern, better, isTurned)
  }

  static let all = [
    Rewrite(["divide", "add", "exp"], "sigmoid", isTurned: true),
    Rewrite(["log", "add", "exp"], "softplus"),
    Rewrite(["sqrt", "multiply"], "abs"),
    Rewrite(["sqrt", "power"], "abs"),
    Rewrite(["sqrt", "add", "power"], "hypot"),
    Rewrite(["sqrt", "add", "multiply"], "hypot"),
    Rewrite(["subtract", "exp"], "expm1"),
  ]
}

extension Session {
  /// The better form of something in the graph, as the end of a note.
  func rewriteHint(_ order: [NodeID]) -> String {
    for id in order.reversed() {
      for rewrite in Rewrite.all {
        guard let last = match(id, rewrite.pattern[...]) else { continue }
        return "; \(rewrite.better)(\(arguments(of: last, rewrite))) is right there"
      }
    }
    return ""
  }

  private func arguments(of id: NodeID, _ rewrite: Rewrite) -> String {
    let operand = graph.operands(of: id)[0]
    if rewrite.better == "hypot" { return "x, y" }
    guard rewrite.isTurned else { return phrase(operand) }
    let isNegated = graph.operation(of: operand) == .negate && graph.tag(of: operand) == .none
    return isNegated ? phrase(graph.operands(of: operand)[0]) : "-\(phrase(operand, depth: 1))"
  }

  /// The node that the innermost row of a pattern stands for; nil where the pattern does not fit.
  private func match(_ id: NodeID, _ pattern: ArraySlice<String>) -> NodeID? {
    guard let first = pattern.first, graph.operation(of: id).row.name == first else { return nil }
    let rest = pattern.dropFirst()
    if rest.isEmpty { return id }
    for operand in graph.operands(of: id) {
      if let found = match(operand, rest) { return found }
    }
    return nil
  }
}
