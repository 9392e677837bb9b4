import Tensors

/// What an operation on arrays has to know besides its operands.
package enum Attribute: Hashable, Sendable {
  case none
  case options(CallOptions)
  /// Which factors of a matrix product are read with rows and columns changed.
  case turned(Bool, Bool)
  case shape(Shape)
  case items([IndexItem])
  /// Where a part is put back: the inverse of taking `items` of an array of that shape.
  case placement([IndexItem], in: Shape)
  case arrangement(Arrangement)
  /// How entries that are equal share, within groups along those axes.
  case ties(TieRule, axes: [Int]?)

  /// The axes of a reduction; all of them for nil.
  package static func axes(_ axes: [Int]?, keepingDimensions: Bool) -> Attribute {
    options(CallOptions(axes: axes, keepsDimensions: keepingDimensions))
  }
}

extension Attribute {
  /// The options of a call; those of a plain call where none were given.
  package var options: CallOptions {
    guard case .options(let options) = self else { return CallOptions() }
    return options
  }

  var items: [IndexItem] {
    switch self {
    case .items(let items), .placement(let items, in: _): items
    case .none, .options, .shape, .turned, .arrangement, .ties: []
    }
  }

  var shape: Shape {
    switch self {
    case .shape(let shape), .placement(_, in: let shape): shape
    case .arrangement(let arrangement): arrangement.shape
    case .none, .options, .items, .turned, .ties: .scalar
    }
  }

  /// Whether the left and the right factor of a matrix product are read as their transposes.
  package var turned: (Bool, Bool) {
    guard case .turned(let left, let right) = self else { return (false, false) }
    return (left, right)
  }
}
