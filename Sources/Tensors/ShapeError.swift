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
  /// A function that has no value where there are no entries.
  case noEntries(String, Shape)
  /// Parts that differ elsewhere than along the axis they are joined along.
  case doNotJoin(Int, Shape, with: Shape, axis: Int)
  /// An order of axes that is not one of all axes.
  case notAnOrder([Int], Shape)
  /// An array of another rank than the function takes.
  case wrongRank(String, takes: String, Shape)
  /// A matrix function of a matrix that is not square.
  case notSquare(String, Shape)
  /// A right side that has not as many rows as the matrix.
  case rowsDiffer(Shape, Shape)
  /// A matrix that cannot be inverted in double precision.
  case singular(condition: Double)
  /// A matrix of which two opposite entries differ.
  case notSymmetric(row: Int, column: Int, Double, Double)
  /// A matrix without a Cholesky factor: where the first pivot is not positive.
  case notPositiveDefinite(row: Int, pivot: Double)
  /// An entry that is not the number of a class.
  case noClass(Double, count: Int)
  /// A number where others are expected, and what they are.
  case outside(String, Double)
  /// Steps that never arrive.
  case endlessRange(step: Double)
  /// A number that is not a count of anything.
  case noCount(String, Double)
  /// Work that is no longer wanted.
  case cancelled
  /// An array beyond `Shape.byteLimit`.
  case tooLarge(Shape)
}
