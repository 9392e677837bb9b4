import CArrayLoops

/// An array of numbers, a single number being the array without axes.
package struct Tensor: Sendable, Equatable {
  /// The sizes along the axes.
  package let shape: Shape

  /// The elements in row-major order, the last axis running fastest.
  package private(set) var elements: [Double]

  /// The elements given, which must be as many as the shape takes.
  package init(shape: Shape, elements: [Double]) {
    precondition(elements.count == shape.count, "elements do not fill the shape")
    self.shape = shape
    self.elements = elements
  }

  /// A single number.
  package init(scalar: Double) {
    shape = .scalar
    elements = [scalar]
  }

  /// One value in every place of a shape that the caller knows to have room.
  package init(repeating value: Double, shape: Shape) {
    self.shape = shape
    elements = [Double](repeating: value, count: shape.count)
  }

  /// The value of a tensor with exactly one element, of whatever rank.
  package var scalar: Double {
    precondition(elements.count == 1, "not a single number")
    return elements[0]
  }

  /// Whether some element is 0.
  package var hasZero: Bool {
    elements.withUnsafeBufferPointer { array_has_zero($0.baseAddress, $0.count) != 0 }
  }

  /// How many elements there are.
  package var count: Int { elements.count }

  /// The places in row-major order of the elements that are like that.
  package func places(where matches: (Double) -> Bool) -> [Int] {
    elements.indices.filter { matches(elements[$0]) }
  }

  /// The same elements in another shape that takes as many.
  package func reshaped(to shape: Shape) throws(ShapeError) -> Tensor {
    guard shape.count == count else { throw .doesNotFill(self.shape, shape) }
    return Tensor(shape: shape, elements: elements)
  }

  /// Parts of one shape on top of each other, along a new first axis.
  package static func stack(_ parts: [Tensor]) throws(ShapeError) -> Tensor {
    let shape = try Shape.stack(parts.map(\.shape))
    var elements: [Double] = []
    elements.reserveCapacity(shape.count)
    for part in parts { elements += part.elements }
    return Tensor(shape: shape, elements: elements)
  }

  /// Turns each -0 into 0, and tells whether no element is infinite or nan.
  package mutating func settle() -> Bool {
    elements.withUnsafeMutableBufferPointer { array_settle($0.baseAddress, $0.count) != 0 }
  }

  /// Rounds every element to a number of 32 bits.
  package mutating func roundToSingle() {
    elements.withUnsafeMutableBufferPointer { elements in
      array_single(elements.baseAddress, elements.baseAddress, elements.count)
    }
  }

  /// Adds a tensor of the same shape in place, as adjoints accumulate.
  package static func += (sum: inout Tensor, term: Tensor) {
    precondition(sum.shape == term.shape, "shapes differ in an accumulation")
    sum.elements.withUnsafeMutableBufferPointer { sum in
      term.elements.withUnsafeBufferPointer { term in
        array_add(sum.baseAddress, 1, term.baseAddress, 1, sum.baseAddress, sum.count)
      }
    }
  }
}
