/// The place of a node in its graph: an operand's place is always smaller than its user's.
package struct NodeID: Hashable, Comparable, Sendable {
  package let rawValue: UInt32

  @inlinable package init(_ index: Int) { rawValue = UInt32(truncatingIfNeeded: index) }

  @inlinable init(rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable package var index: Int { Int(rawValue) }

  @inlinable package static func < (a: NodeID, b: NodeID) -> Bool { a.rawValue < b.rawValue }
}

/// What a caller wants to remember of a node, such as the name it is bound to.
///
/// The graph keeps tags and never reads them.
package struct Tag: Hashable, Sendable {
  package let rawValue: UInt32

  package init(_ rawValue: UInt32) { self.rawValue = rawValue }

  package static let none = Tag(.max)
}
