import Autodiff
import Tensors

/// Which nodes of one graph are the same computations as which of another.
struct NodeMatches {
  private var twins: [NodeID: Set<NodeID>] = [:]
  private var originals: [NodeID: NodeID] = [:]

  /// Whether two nodes are the same computation of the same inputs, down to the bits of every value
  /// on the way; remembers the pairs where they are.
  ///
  /// An input has one twin. A computed node may have several, which are the same computation.
  mutating func match(_ id: NodeID, _ other: NodeID, _ graph: Graph, _ copy: Graph) -> Bool {
    var pairs: [(NodeID, NodeID)] = []
    var stack = [(id, other)]
    var isSame = true
    while isSame, let (one, two) = stack.popLast() {
      if let original = originals[two] {
        isSame = original == one
        continue
      }
      guard Self.areAlike(one, two, graph, copy), !graph.isInput(one) || twins[one] == nil else {
        isSame = false
        continue
      }
      twins[one, default: []].insert(two)
      originals[two] = one
      pairs.append((one, two))
      // A number that depends on no input may come about as it likes.
      guard graph.isVariable(one) else { continue }
      stack += zip(graph.operands(of: one), copy.operands(of: two))
    }
    if !isSame {
      for (one, two) in pairs {
        twins[one]?.remove(two)
        if twins[one]?.isEmpty == true { twins[one] = nil }
        originals[two] = nil
      }
    }
    return isSame
  }

  private static func areAlike(_ id: NodeID, _ other: NodeID, _ graph: Graph, _ copy: Graph) -> Bool
  {
    guard graph.isVariable(id) == copy.isVariable(other), haveSameBits(id, other, graph, copy)
    else { return false }
    guard graph.isVariable(id) else { return true }
    return graph.operation(of: id) == copy.operation(of: other)
      && graph.attribute(of: id) == copy.attribute(of: other)
      && graph.operands(of: id).count == copy.operands(of: other).count
  }

  private static func haveSameBits(
    _ id: NodeID, _ other: NodeID, _ graph: Graph, _ copy: Graph
  ) -> Bool {
    func areSame(_ a: Double, _ b: Double) -> Bool {
      a.bitPattern == b.bitPattern || a.isNaN && b.isNaN
    }
    guard graph.isScalar(id) == copy.isScalar(other) else { return false }
    if graph.isScalar(id) { return areSame(graph.scalar(of: id), copy.scalar(of: other)) }
    let (a, b) = (graph.tensor(of: id), copy.tensor(of: other))
    return a.shape == b.shape && zip(a.elements, b.elements).allSatisfy(areSame)
  }
}
