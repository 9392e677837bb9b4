import Tensors

/// Forward mode in numbers, for graphs whose reached nodes are scalars.
///
/// A tangent is *absent*, not 0, where no seed leads or only by shut gates, as an adjoint is in
/// reverse mode: nothing is multiplied there, so the two modes agree wherever one has an answer.
package struct TangentSweep: Sendable {
  /// A direction to go in from a node.
  package struct Seed: Sendable {
    package let node: NodeID
    package let tangent: Double

    package init(_ node: NodeID, _ tangent: Double) { (self.node, self.tangent) = (node, tangent) }
  }

  private var tangents: [Double] = []
  private var stamps = Stamps()
  private var reach = Reach()

  package init() {}

  /// Whether a seed leads to a node that the swept output is built from.
  package func isReached(_ id: NodeID) -> Bool { stamps.contains(id) }

  /// How fast a node changes in the direction of the seeds; 0 where none leads to it.
  package func tangent(_ id: NodeID) -> Double { isReached(id) ? tangents[id.index] : 0 }

  /// Sweeps from the seeds up to an output.
  ///
  /// The tangent of a seeded node is its seed and what other seeds lead to it. A seed of 0 counts as
  /// none: along it nothing changes, however steep the way is.
  ///
  /// - Returns: false when an array was met or the sweep is no longer wanted; the tangents then mean
  ///   nothing.
  package mutating func run(to output: NodeID, along seeds: [Seed], in graph: Graph) -> Bool {
    guard !graph.cornerChoice.overrides, !graph.precision.isSingle else { return false }
    begin(upTo: graph.count)
    guard let first = seeds.map(\.node).min(), graph.isScalar(output) else {
      return graph.isScalar(output)
    }
    for seed in seeds where seed.tangent != 0 {
      guard graph.isScalar(seed.node) else { return false }
      add(seed.tangent, to: seed.node.index)
    }
    reach.collect(from: output, in: graph, notBefore: first)
    guard !graph.cancellation.wasNoticed else { return false }
    return graph.withScalarNodes { nodes in
      for id in reach.inner.reversed() where isLed(to: id, in: graph) {
        guard carry(to: id.index, nodes) else { return false }
        if graph.isUnwanted(atStep: id.index) { return false }
      }
      return true
    }
  }

  private func isLed(to id: NodeID, in graph: Graph) -> Bool {
    var isLed = false
    graph.forEachOperand(of: id) { operand in
      if stamps.contains(operand) { isLed = true }
    }
    return isLed
  }

  @inline(__always)
  private mutating func add(_ tangent: Double, to index: Int) {
    if stamps.marks[index] == stamps.current {
      tangents[index] += tangent
    } else {
      stamps.marks[index] = stamps.current
      tangents[index] = tangent
    }
  }

  /// Adds up what a node gets from its operands; false where it is an array or made of one.
  private mutating func carry(to index: Int, _ nodes: ScalarNodes) -> Bool {
    let link = nodes.links[index]
    let entry = nodes.entries + Int(link.operation)
    let arity = entry.pointee.arity
    guard entry.pointee.hasRule else { return true }
    guard entry.pointee.isElementwise, nodes.flags[index] & ScalarNodes.Flag.array == 0 else {
      return false
    }
    let (a, b, c) = (Int(link.operands.0), Int(link.operands.1), Int(link.operands.2))
    for place in 0..<Int(arity) {
      let operand = place == 0 ? a : place == 1 ? b : c
      guard stamps.marks[operand] == stamps.current else { continue }
      let factor = entry.pointee.partial(place)
      guard let slope = nodes.slope(factor, of: index, a, b, c, arity: arity) else { continue }
      add(slope * tangents[operand], to: index)
    }
    return true
  }

  private mutating func begin(upTo count: Int) {
    stamps.begin(upTo: count)
    let room = stamps.marks.count
    if tangents.count < room { tangents = [Double](repeating: 0, count: room) }
  }
}
