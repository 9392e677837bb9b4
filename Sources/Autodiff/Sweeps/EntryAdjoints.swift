import Tensors

/// What entries of an array, taken one by one, add to its adjoint, until all of them are known.
///
/// A loop over `x[i]` makes n of them. Each by itself would be an array of zeros but for one entry,
/// and the array's adjoint would cost n² numbers.
struct EntryAdjoints: Sendable {
  typealias Adjoint = GradientBuilder.Adjoint

  private struct Entry: Sendable {
    let items: [IndexItem]
    var adjoint: Adjoint
  }

  /// By how many axes were indexed, and by the place of the part among those of that many.
  private var entries: [Int: [Int: Entry]] = [:]

  /// Adds what a part gets; false where the items are no plain list of indices.
  mutating func add(
    _ adjoint: Adjoint, at items: [IndexItem], of shape: Shape, in graph: inout Graph
  ) throws(ShapeError) -> Bool {
    guard !items.isEmpty else { return false }
    var place = 0
    for (item, size) in zip(items, shape.dimensions) {
      guard case .at(let index) = item else { return false }
      place = place * size + (index < 0 ? index + size : index)
    }
    if let before = entries[items.count]?[place]?.adjoint {
      entries[items.count]?[place]?.adjoint = try graph.sum(before, adjoint)
    } else {
      entries[items.count, default: [:]][place] = Entry(items: items, adjoint: adjoint)
    }
    return true
  }

  /// The adjoints of a whole array that the parts make up.
  ///
  /// What no part belongs to is absent rather than 0. An input passes nothing on, so it needs no
  /// mask that says so.
  func wholes(of id: NodeID, areMasked: Bool, in graph: inout Graph) throws(ShapeError)
    -> [Adjoint]
  {
    let shape = graph.shape(of: id)
    let isMasked = areMasked && !graph.isLeaf(id)
    var wholes: [Adjoint] = []
    for (axes, parts) in entries.sorted(by: { $0.key < $1.key }) {
      if let entry = parts.first?.value, parts.count == 1 {
        wholes.append(try scattered(entry, shape, isMasked: isMasked, in: &graph))
      } else {
        wholes.append(try assembled(parts, axes, shape, isMasked: isMasked, in: &graph))
      }
    }
    return wholes
  }

  private func scattered(
    _ entry: Entry, _ shape: Shape, isMasked: Bool, in graph: inout Graph
  ) throws(ShapeError) -> Adjoint {
    let attribute = Attribute.placement(entry.items, in: shape)
    let value = try graph.fold(.scatter, [entry.adjoint.value], attribute)
    guard isMasked else { return Adjoint(value: value, mask: nil) }
    let part = graph.shape(of: entry.adjoint.value)
    let mask = entry.adjoint.mask ?? graph.constant(Tensor(repeating: 1, shape: part))
    let whole = try graph.fold(.scatter, [mask], attribute)
    return graph.masked(value, by: whole)
  }

  private func assembled(
    _ parts: [Int: Entry], _ axes: Int, _ shape: Shape, isMasked: Bool, in graph: inout Graph
  ) throws(ShapeError) -> Adjoint {
    let lead = Shape(Array(shape.dimensions[..<axes]))
    let rest = Shape(Array(shape.dimensions[axes...]))
    let isSparse = parts.count < lead.count / 4
    let places = isSparse ? parts.keys.sorted() : Array(0..<lead.count)
    let zero = graph.constant(Tensor(repeating: 0, shape: rest))
    let one = graph.constant(Tensor(repeating: 1, shape: rest))
    func whole(_ operands: [NodeID], in graph: inout Graph) throws(ShapeError) -> NodeID {
      let stack = try graph.fold(.stack, operands)
      if isSparse {
        let arrangement = Arrangement(shape: shape, blocksOf: rest.count, at: places)
        return try graph.fold(.arrange, [stack], .arrangement(arrangement))
      }
      return graph.shape(of: stack) == shape
        ? stack : try graph.fold(.reshape, [stack], .shape(shape))
    }
    let value = try whole(places.map { parts[$0]?.adjoint.value ?? zero }, in: &graph)
    guard isMasked else { return Adjoint(value: value, mask: nil) }
    let masks = places.map { place in
      parts[place].map { $0.adjoint.mask ?? one } ?? zero
    }
    let mask = try whole(masks, in: &graph)
    return graph.masked(value, by: mask)
  }
}

extension Graph {
  /// An adjoint with that mask, without one that lets everything through.
  fileprivate func masked(_ value: NodeID, by mask: NodeID) -> GradientBuilder.Adjoint {
    GradientBuilder.Adjoint(value: value, mask: isEverywhere(mask) ? nil : mask)
  }

  /// Two contributions to one adjoint; masked only where both are.
  mutating func sum(_ a: GradientBuilder.Adjoint, _ b: GradientBuilder.Adjoint)
    throws(ShapeError) -> GradientBuilder.Adjoint
  {
    var mask: NodeID?
    if let one = a.mask, let other = b.mask { mask = try fold(.logicalOr, one, other) }
    return GradientBuilder.Adjoint(value: try apply(.add, a.value, b.value), mask: mask)
  }
}
