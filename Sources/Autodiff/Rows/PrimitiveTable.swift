/// The place of a row in `Primitive.all`.
package struct PrimitiveID: Hashable, Sendable {
  package let rawValue: UInt16

  @inlinable package init(rawValue: UInt16) { self.rawValue = rawValue }

  package var row: Primitive {
    // Lent rather than copied, which would count a dozen references.
    _read { yield Primitive.all[Int(rawValue)] }
  }
}

extension Primitive {
  /// Every row; leaves first, then family by family.
  package static let all: [Primitive] =
    leaves + operators + comparisons + elementary + hyperbolic + activations + special + kinked
    + arrays + arranging + reductions + extrema + rearrangement + makers + linearAlgebra + softmax
    + losses + limits
    + random

  private static let leaves = [
    Primitive(leaf: "input", "a number or an array that derivatives are taken with respect to"),
    Primitive(leaf: "constant", "a number or an array that never changes"),
  ]

  private static let places = PrimitivePlaces(of: all)

  /// The row that formulas and machine formats call by that name.
  package static func named(_ name: String) -> PrimitiveID? { places.find(name) }

  /// The row of that name, which is known to stand in the table.
  package static func row(_ name: String) -> PrimitiveID {
    guard let id = places.find(name) else { preconditionFailure("no row is called \(name)") }
    return id
  }
}

/// The places of rows by their names.
///
/// An open hash table over bytes: a start makes it in a tenth of the time that a dictionary takes.
private struct PrimitivePlaces: Sendable {
  private static let size = 1024

  /// The place of a row and one; 0 where there is none.
  private var slots = [UInt16](repeating: 0, count: size)
  private let rows: [Primitive]

  init(of rows: [Primitive]) {
    self.rows = rows
    precondition(rows.count < Self.size / 2, "there are too many rows for the table of names")
    for (place, row) in rows.enumerated() {
      let slot = slot(of: row.name)
      precondition(slots[slot] == 0, "two rows are called \(row.name)")
      slots[slot] = UInt16(place + 1)
    }
  }

  func find(_ name: String) -> PrimitiveID? {
    let place = slots[slot(of: name)]
    return place == 0 ? nil : PrimitiveID(rawValue: place - 1)
  }

  /// The slot of a name, or the free one where it would stand.
  private func slot(of name: String) -> Int {
    var slot = name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & (Self.size - 1) }
    while slots[slot] != 0, !rows[Int(slots[slot]) - 1].name.utf8.elementsEqual(name.utf8) {
      slot = (slot + 1) & (Self.size - 1)
    }
    return slot
  }
}

extension PrimitiveID {
  package static let input = PrimitiveID(rawValue: 0)
  package static let constant = PrimitiveID(rawValue: 1)
  package static let add = Primitive.row("add")
  package static let subtract = Primitive.row("subtract")
  package static let multiply = Primitive.row("multiply")
  package static let divide = Primitive.row("divide")
  package static let negate = Primitive.row("negate")
  package static let power = Primitive.row("power")
  static let logicalNot = Primitive.row("not")
  package static let logicalOr = Primitive.row("or")
  package static let logicalAnd = Primitive.row("and")
  static let equal = Primitive.row("equal")
  package static let notEqual = Primitive.row("not_equal")
  package static let select = Primitive.row("where")
  package static let branch = Primitive.row("if")
  package static let identity = Primitive.row("identity")
  package static let stack = Primitive.row("stack")
  package static let index = Primitive.row("index")
  package static let take = Primitive.row("take")
  package static let set = Primitive.row("_set")
  static let scatter = Primitive.row("_scatter")
  package static let arrange = Primitive.row("_arrange")
  static let sumTo = Primitive.row("_sum_to")
  package static let broadcastTo = Primitive.row("_broadcast")
  package static let reshape = Primitive.row("_reshape")
  package static let transpose = Primitive.row("transpose")
  static let permute = Primitive.row("_permute")
  static let sum = Primitive.row("sum")
  package static let clamp = Primitive.row("clamp")
  package static let max = Primitive.row("max")
  package static let min = Primitive.row("min")
  package static let greatest = Primitive.row("_amax")
  package static let least = Primitive.row("_amin")
  static let tieShares = Primitive.row("_tie_shares")
  package static let limit = Primitive.row("_limit")
  package static let matmul = Primitive.row("matmul")
}
