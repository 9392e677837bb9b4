import Tensors

/// What a graph notes while nodes are made that are to become a `Program`.
///
/// The nodes alone do not tell what would come out with other numbers: some leaves hold the number
/// of another node, and whoever made the nodes has looked at numbers and gone one way or another.
/// The one is kept as a copy, the other as a decision. Every look at a number of a node that may
/// change goes through the graph, so no decision is missed; who looks at the bare memory of nodes
/// makes the trace void.
///
/// A class, since those who only look at a graph cannot change it. One session writes it.
package final class Trace: @unchecked Sendable {
  /// What has to come out again for the nodes to stand for the same computation.
  enum Decision {
    /// The value, bit for bit.
    case value(NodeID)
    /// Whether the number is other than 0.
    case truth(NodeID)
    /// Whether a formula of a node's operands and its value is 0.
    case zero(Formula, operands: [NodeID], result: NodeID)
  }

  /// For leaves that hold the number of another node: which one.
  var copies: [NodeID: NodeID] = [:]
  var decisions: [Decision] = []
  /// For entries of an array: the nodes whose numbers say which ones, nil for those that stay.
  var places: [NodeID: [NodeID?]] = [:]
  /// Whether something was done that a program cannot do.
  package var isVoid = false

  package init() {}
}

extension Graph {
  /// A leaf that holds the number of another node now.
  package mutating func input(copying id: NodeID, tag: Tag = .none) -> NodeID {
    copy(
      id, as: isScalar(id) ? input(nodes.values[id.index], tag: tag) : input(stored(id), tag: tag))
  }

  package mutating func constant(copying id: NodeID) -> NodeID {
    copy(id, as: isScalar(id) ? constant(nodes.values[id.index]) : constant(stored(id)))
  }

  private mutating func copy(_ id: NodeID, as leaf: NodeID) -> NodeID {
    guard let trace, isTracked(id) else { return leaf }
    track(leaf)
    trace.copies[leaf] = id
    return leaf
  }

  /// Whether a number is other than 0; nan is.
  package func isTrue(_ id: NodeID) -> Bool {
    if let trace, isTracked(id) { trace.decisions.append(.truth(id)) }
    return nodes.values[id.index] != 0
  }

  /// Whether a formula of a node's operands and its value, all of them scalars, is 0.
  package func isZero(_ formula: Formula, at operands: [NodeID], result: NodeID) -> Bool {
    if let trace, operands.contains(where: isTracked) {
      trace.decisions.append(.zero(formula, operands: operands, result: result))
    }
    let point = operands.map { nodes.values[$0.index] }
    return formula.value(at: point, result: nodes.values[result.index]) == 0
  }

  /// A scalar as a place in an array; nil where it is no whole number.
  ///
  /// It is followed where the caller goes on to say what it is the place of, by `follow`.
  package func place(of id: NodeID, isFollowed: Bool) -> Int? {
    Int(exactly: isFollowed ? nodes.values[id.index] : scalar(of: id))
  }

  /// Says from which nodes the places have come at which an entry was taken.
  package mutating func follow(_ entry: NodeID, places: [NodeID?]) {
    guard let trace, places.contains(where: { $0.map(isTracked) ?? false }) else { return }
    track(entry)
    trace.places[entry] = places
  }
}
