import Autodiff

/// Derivatives in what is to become a program.
extension Session {
  /// The derivatives of a single number as nodes that hold numbers, as `NumericSweep` has them.
  ///
  /// The nodes have to come out with the very bits of the sweep, or the trace is void.
  ///
  /// - Returns: nil where the sweep cannot do it.
  mutating func tracedGradients(of output: NodeID, _ targets: [NodeID]) -> [NodeID?]? {
    let trace = graph.trace
    graph.trace = nil
    defer { graph.trace = trace }
    guard sweep.run(from: output, in: graph) else { return nil }
    graph.trace = trace
    builder.decidesGates = true
    let found = try? builder.gradient(of: output, withRespectTo: targets, in: &graph)
    builder.decidesGates = false
    graph.trace = nil
    let partials = targets.map { sweep.isReached($0) ? sweep.partial($0) : nil }
    let numbers = (found ?? []).map { $0.map(graph.scalar(of:)) }
    if numbers.map(\.?.bitPattern) != partials.map(\.?.bitPattern) || partials.contains(nil) {
      trace?.isVoid = true
    }
    graph.trace = trace
    return (found ?? []).map { node in node.map { graph.constant(copying: $0) } }
  }
}
