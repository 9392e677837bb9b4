/// The place of a row in `Primitive.all`.
package struct PrimitiveID: Hashable, Sendable {
  package let rawValue: UInt16

  @inlinable package init(rawValue: UInt16) { self.rawValue = rawValue }

  package var row: Primitive { Primitive.all[Int(rawValue)] }
}

extension Primitive {
  /// Every row; leaves first, then family by family.
  package static let all: [Primitive] =
    leaves + operators + comparisons + elementary + hyperbolic + activations + special + kinked
    + arrays + arranging + reductions + rearrangement + makers + linearAlgebra + softmax + losses
    + random

  private static let leaves = [
    Primitive(leaf: "input", "a number or an array that derivatives are taken with respect to"),
    Primitive(leaf: "constant", "a number or an array that never changes"),
  ]

  private static let places: [String: PrimitiveID] = {
    var places: [String: PrimitiveID] = [:]
    places.reserveCapacity(all.count * 2)
    for (index, row) in all.enumerated() {
      precondition(places[row.name] == nil, "two rows are called \(row.name)")
      places[row.name] = PrimitiveID(rawValue: UInt16(index))
    }
    return places
  }()

  /// The row that formulas and machine formats call by that name.
  package static func named(_ name: String) -> PrimitiveID? { places[name] }

  /// The row of that name, which is known to stand in the table.
  package static func row(_ name: String) -> PrimitiveID {
    guard let id = places[name] else { preconditionFailure("no row is called \(name)") }
    return id
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
  package static let set = Primitive.row("_set")
  static let scatter = Primitive.row("_scatter")
  static let arrange = Primitive.row("_arrange")
  static let sumTo = Primitive.row("_sum_to")
  static let broadcastTo = Primitive.row("_broadcast")
  package static let reshape = Primitive.row("_reshape")
  package static let transpose = Primitive.row("transpose")
  static let permute = Primitive.row("_permute")
  static let sum = Primitive.row("sum")
  package static let matmul = Primitive.row("matmul")
}
