import Autodiff

/// A form that loses numbers where another, equal one keeps them.
struct Rewrite: Sendable {
  /// Rows from the outermost inwards along first fitting operands.
  let pattern: [String]
  let written: String
  let better: String

  static let all = [
    Rewrite(pattern: ["divide", "add", "exp"], written: "1/(1+exp(-x))", better: "sigmoid(x)"),
    Rewrite(pattern: ["log", "add", "exp"], written: "log(1+exp(x))", better: "softplus(x)"),
    Rewrite(pattern: ["sqrt", "multiply"], written: "sqrt(x*x)", better: "abs(x)"),
    Rewrite(pattern: ["sqrt", "power"], written: "sqrt(x^2)", better: "abs(x)"),
    Rewrite(pattern: ["sqrt", "add", "power"], written: "sqrt(x^2+y^2)", better: "hypot(x, y)"),
    Rewrite(pattern: ["sqrt", "add", "multiply"], written: "sqrt(x*x+y*y)", better: "hypot(x, y)"),
    Rewrite(pattern: ["log", "add"], written: "log(1+x)", better: "log1p(x)"),
    Rewrite(pattern: ["subtract", "exp"], written: "exp(x)-1", better: "expm1(x)"),
  ]
}

extension Session {
  /// The better form of something in the graph, as the end of a note.
  func rewriteHint(_ order: [NodeID]) -> String {
    for id in order.reversed() {
      for rewrite in Rewrite.all where matches(id, rewrite.pattern[...]) {
        return "; \(rewrite.better) is right there (for \(rewrite.written))"
      }
    }
    return ""
  }

  private func matches(_ id: NodeID, _ pattern: ArraySlice<String>) -> Bool {
    guard let first = pattern.first else { return true }
    guard graph.operation(of: id).row.name == first else { return false }
    let rest = pattern.dropFirst()
    if rest.isEmpty { return true }
    return graph.operands(of: id).contains { matches($0, rest) }
  }
}
