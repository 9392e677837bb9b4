import Tensors

/// Evaluates graphs again with other nodes in the place of some of theirs.
///
/// Remembers what it has copied, so that results that share nodes go on sharing them.
package struct Substitution: Sendable {
  private var copies: [NodeID: NodeID]
  private var reach = Reach()
  private var tagged: [Tag: NodeID]

  package enum Failure: Error {
    case shape(ShapeError)
    /// The condition of an `if` expression would go the other way, and that side was never built.
    case otherSide(condition: NodeID)
  }

  /// Makes a substitution.
  ///
  /// - Parameters:
  ///   - replacements: what stands for which node.
  ///   - tagged: what stands for every input that bears a tag, earlier ones included.
  package init(replacing replacements: [NodeID: NodeID], inputsTagged tagged: [Tag: NodeID]) {
    copies = replacements
    self.tagged = tagged
  }

  /// The output with the replacements made; the output itself where it uses none of them.
  ///
  /// - Parameters:
  ///   - output: what is evaluated again.
  ///   - graph: the graph it belongs to.
  ///   - kept: inputs that stay whatever tag they bear, because they stand for others already.
  /// - Returns: a node like the output, over the replacements.
  /// - Throws: `Failure` when a shape no longer fits or a condition changes sides.
  package mutating func apply(
    to output: NodeID, in graph: inout Graph, keeping kept: [NodeID] = []
  ) throws(Failure) -> NodeID {
    reach.collect(from: output, in: graph)
    guard !graph.cancellation.wasNoticed else { throw .shape(.cancelled) }
    for leaf in reach.leaves
    where copies[leaf] == nil && graph.isInput(leaf) && !kept.contains(leaf) {
      if let replacement = tagged[graph.tag(of: leaf)], replacement != leaf {
        copies[leaf] = replacement
      }
    }
    for (place, id) in reach.inner.reversed().enumerated() where copies[id] == nil {
      if Cancellation.Pace.nodes.isDue(at: place), graph.cancellation.ask() {
        throw .shape(.cancelled)
      }
      let operands = graph.operands(of: id)
      let replaced = operands.map { copies[$0] ?? $0 }
      guard replaced != operands else { continue }
      let operation = graph.operation(of: id)
      if operation == .branch,
        graph.isTrue(operands[0]) != graph.isTrue(replaced[0])
      {
        throw .otherSide(condition: operands[0])
      }
      do throws(ShapeError) {
        let count = graph.count
        let copy = try graph.apply(operation, replaced, graph.attribute(of: id))
        if graph.isSlope(id) { graph.markSlope(copy, since: count) }
        graph.setTag(graph.tag(of: id), of: copy)
        if graph.isDerived(id) { graph.markDerived(from: copy.index) }
        copies[id] = copy
      } catch {
        throw .shape(error)
      }
    }
    return copies[output] ?? output
  }

  /// The nodes it refers to, which have to outlive it.
  package var held: [NodeID] { Array(copies.keys) + copies.values + tagged.values }

  package mutating func remap(_ move: (NodeID) -> NodeID) {
    copies = Dictionary(uniqueKeysWithValues: copies.map { (move($0.key), move($0.value)) })
    tagged = tagged.mapValues(move)
  }
}
