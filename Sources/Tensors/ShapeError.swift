/// Why shapes, axes or indices do not fit an operation.
package enum ShapeError: Error, Hashable, Sendable {
  /// An elementwise operation on shapes of which an axis differs.
  case doNotBroadcast([Shape])
  /// An array that cannot be stretched to the shape that is wanted.
  case doesNotBroadcast(Shape, to: Shape)
  /// A matrix product of which the summed axes differ.
  case innerSizesDiffer(Shape, Shape)
  /// A matrix product of something that is neither vector nor matrix.
  case notMatrices(Shape, Shape)
  /// An index beyond either end of its axis.
  case indexOutOfRange(Int, axis: Int, Shape)
  /// More indices than there are axes.
  case tooManyIndices(Int, Shape)
  /// A slice that would never advance.
  case zeroStep
  /// An axis that the array does not have.
  case axisOutOfRange(Int, Shape)
  /// An axis that a reduction names a second time.
  case axisGivenTwice(Int, Shape)
  /// A row of a literal, counted from 1, of another shape than the first.
  case raggedRow(Int, Shape, expected: Shape)
  /// A reshaping that would lose or invent entries.
  case doesNotFill(Shape, Shape)
  /// Sizes of which one is negative.
  case negativeSize([Int])
  /// An array beyond `Shape.byteLimit`.
  case tooLarge(Shape)
}
