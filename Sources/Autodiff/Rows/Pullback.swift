import Tensors

/// What a pullback is given.
package struct PullbackSite: Sendable {
  package let operands: [NodeID]
  package let result: NodeID
  package let adjoint: NodeID
  package let attribute: Attribute
}

/// Builds the contributions to the operands' adjoints; nil for those that are not wanted.
package typealias Pullback =
  @Sendable (inout Graph, PullbackSite, [Bool]) throws(ShapeError) -> [NodeID?]
