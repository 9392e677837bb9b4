/// What there may be to say about a node, by its row alone: a look that costs nothing.
package struct RowTraits: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The row is a choice between sides.
  package static let chooses = RowTraits(rawValue: 1)
  /// The row has places where its derivative is a choice or does not exist.
  package static let hasCorners = RowTraits(rawValue: 2)
  /// Either of the two: there may be a corner.
  ///
  /// By its number: a literal would be put together by code that looks up at run time what an
  /// element is.
  package static let mayHaveCorner = RowTraits(
    rawValue: chooses.rawValue | hasCorners.rawValue)
  /// A result of 0 may be a number too small for a double.
  package static let underflows = RowTraits(rawValue: 4)
  /// A form that ends in the row may lose digits.
  package static let mayLoseDigits = RowTraits(rawValue: 8)

  /// The row asks for digits that large whole numbers do not have.
  package static let asksForUnits = RowTraits(rawValue: 32)
  /// The derivative is chosen at some places: the function has kinks, or is a choice itself.
  package static let hasKinks = RowTraits(rawValue: 16)
  /// The value jumps at some places, where the slope is that of what lies around them.
  package static let hasJumps = RowTraits(rawValue: 64)

  init(of row: Primitive) {
    var traits = RowTraits()
    if row.name == "where" || row.name == "if" { traits.insert(.chooses) }
    if !row.corners.isEmpty || row.arrayCorner != nil { traits.insert(.hasCorners) }
    if traits.contains(.chooses) || row.arrayCorner != nil || row.corners.contains(where: \.isKink)
      || row.hasKinkedSlope
    {
      traits.insert(.hasKinks)
    }
    if row.corners.contains(where: { $0.mark == .jump }) { traits.insert(.hasJumps) }
    if row.underflows { traits.insert(.underflows) }
    if row.remarkOnUnits != nil { traits.insert(.asksForUnits) }
    if Rewrite.lossy.contains(row.name) { traits.insert(.mayLoseDigits) }
    self = traits
  }
}

extension Graph {
  /// Whether any node, of this or another graph, may be at a corner: most texts have none.
  package static var mayHaveCorners: Bool { KernelTable.mayHaveCorners }

  package func traits(of id: NodeID) -> RowTraits {
    KernelTable.entries[Int(operation(of: id).rawValue)].traits
  }
}

extension Primitive {
  /// Whether the function is smooth and its slope is not, as that of softsign.
  fileprivate var hasKinkedSlope: Bool {
    guard case .partials(let partials) = rule else { return false }
    return partials.indices.contains { place in
      derivative(ofParameter: place)?.terms.contains { term in
        guard case .apply(let name, _) = term, name != self.name else { return false }
        return Primitive.row(name).row.corners.contains(where: \.isKink)
      } ?? false
    }
  }
}

extension Primitive.Corner {
  /// Whether slopes differ on the sides of the corner though values do not.
  fileprivate var isKink: Bool {
    switch mark {
    case .kink, .kinkOfUnknownSlope: true
    default: false
    }
  }
}
