/// The sizes of an array along its axes: `(2, 3)` is two rows of three, `()` a single number.
package struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The size along each axis, the slowest first.
  package let dimensions: [Int]

  /// A shape of the given sizes, none of which may be negative.
  ///
  /// Sizes that a user typed go through `init(checking:)` instead.
  package init(_ dimensions: [Int]) {
    precondition(dimensions.allSatisfy { $0 >= 0 }, "a size is negative")
    self.dimensions = dimensions
  }

  /// A shape of sizes that a user asked for, refused when one is negative or the array too large.
  package init(checking dimensions: [Int]) throws(ShapeError) {
    guard dimensions.allSatisfy({ $0 >= 0 }) else { throw .negativeSize(dimensions) }
    self.dimensions = dimensions
    try requireRoom()
  }

  /// The shape of a single number.
  package static let scalar = Shape([])

  /// How many axes there are.
  package var rank: Int { dimensions.count }

  /// Whether this is the shape of a single number; `(1,)` is not.
  package var isScalar: Bool { dimensions.isEmpty }

  /// How many elements there are, `Int.max` when that is more than fits.
  package var count: Int {
    var count = 1
    var overflows = false
    for size in dimensions {
      guard size > 0 else { return 0 }
      let product = count.multipliedReportingOverflow(by: size)
      overflows = overflows || product.overflow
      count = product.partialValue
    }
    return overflows ? .max : count
  }

  /// How far apart two neighbours along each axis lie in row-major order.
  package var rowMajorStrides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 1, to: 0, by: -1) {
      strides[axis - 1] = strides[axis] &* dimensions[axis]
    }
    return strides
  }

  /// Where an element stands along each axis, by its place in row-major order.
  package func indices(ofElement place: Int) -> [Int] {
    zip(rowMajorStrides, dimensions).map { stride, size in place / stride % size }
  }

  /// The axes in the opposite order.
  package var transposed: Shape { Shape(dimensions.reversed()) }

  /// As Python writes a tuple: `(2, 3)`, `(3,)`, `()`.
  package var description: String {
    guard rank != 1 else { return "(\(dimensions[0]),)" }
    return "(" + dimensions.map(String.init).joined(separator: ", ") + ")"
  }
}

extension Shape {
  /// The bytes at which an array is too large: 8 GB.
  package static let byteLimit = 8e9

  /// The bytes that an array of this shape takes, an empty axis counted as one.
  ///
  /// So counted, an array that is let through has no partial product of sizes that overflows.
  package var bytes: Double {
    dimensions.reduce(8) { $0 * Double(max($1, 1)) }
  }

  /// Refuses a shape whose array would reach the limit, before anything is allocated.
  func requireRoom() throws(ShapeError) {
    guard bytes < Shape.byteLimit else { throw .tooLarge(self) }
  }
}
