import Tensors

/// What an operation on arrays has to know besides its operands.
package enum Attribute: Hashable, Sendable {
  case none
  case axes([Int]?, keepingDimensions: Bool)
  case shape(Shape)
  case items([IndexItem])
  /// Where a part is put back: the inverse of taking `items` of an array of that shape.
  case placement([IndexItem], in: Shape)
  case arrangement(Arrangement)
}
