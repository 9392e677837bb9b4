extension Tensor {
  /// The array with its axes in another order, which names each once; negative ones from the end.
  package func permuted(_ axes: [Int]) throws(ShapeError) -> Tensor {
    let order = axes.map { $0 < 0 ? $0 + shape.rank : $0 }
    guard order.sorted() == Array(0..<shape.rank) else { throw .notAnOrder(axes, shape) }
    let view = View(shape).permuted(order)
    return Tensor(shape: Shape(view.dimensions), elements: view.gathered(from: elements))
  }

  /// Arrays end to end along an axis that they have; elsewhere their sizes agree.
  package static func concatenate(_ parts: [Tensor], axis: Int) throws(ShapeError) -> Tensor {
    guard let first = parts.first else { throw .noEntries("concat", Shape([0])) }
    guard -first.shape.rank..<first.shape.rank ~= axis else {
      throw .axisOutOfRange(axis, first.shape)
    }
    let place = axis < 0 ? axis + first.shape.rank : axis
    var dimensions = first.shape.dimensions
    for (number, part) in parts.enumerated().dropFirst() {
      var expected = part.shape.dimensions
      if expected.count == dimensions.count { expected[place] = first.shape.dimensions[place] }
      guard expected == first.shape.dimensions else {
        throw .doNotJoin(number + 1, part.shape, with: first.shape, axis: place)
      }
      dimensions[place] += part.shape.dimensions[place]
    }
    let shape = Shape(dimensions)
    try shape.requireRoom()
    // A part gives one run of neighbours for every place of the axes before the joined one.
    let runs = dimensions[..<place].reduce(1, *)
    var elements: [Double] = []
    elements.reserveCapacity(shape.count)
    for run in 0..<runs {
      for part in parts {
        let length = part.count / max(runs, 1)
        elements += part.elements[run * length..<(run + 1) * length]
      }
    }
    return Tensor(shape: shape, elements: elements)
  }

  /// Arrays of one shape along a new axis.
  package static func stack(_ parts: [Tensor], axis: Int) throws(ShapeError) -> Tensor {
    let stacked = try stack(parts)
    let rank = stacked.shape.rank
    guard -rank..<rank ~= axis else { throw .axisOutOfRange(axis, stacked.shape) }
    var order = Array(1..<max(rank, 1))
    order.insert(0, at: axis < 0 ? axis + rank : axis)
    return try stacked.permuted(order)
  }

  /// The entries of a diagonal of a matrix, or a square matrix with a vector on that diagonal.
  ///
  /// Diagonal 0 is the main one, positive ones lie above it.
  package func diagonal(_ diagonal: Int) throws(ShapeError) -> Tensor {
    guard shape.rank != 1 else {
      let size = count + abs(diagonal)
      return try placedOnDiagonal(diagonal, of: Shape(checking: [size, size]))
    }
    guard shape.rank == 2 else {
      throw .wrongRank("diag", takes: "a vector or a matrix", shape)
    }
    let places = shape.diagonal(diagonal)
    return Tensor(shape: Shape([places.count]), elements: places.map { elements[$0] })
  }

  /// Zeros with this vector on a diagonal.
  package func placedOnDiagonal(_ diagonal: Int, of shape: Shape) throws(ShapeError) -> Tensor {
    try shape.requireRoom()
    var elements = [Double](repeating: 0, count: shape.count)
    for (place, entry) in Swift.zip(shape.diagonal(diagonal), self.elements) {
      elements[place] = entry
    }
    return Tensor(shape: shape, elements: elements)
  }

  /// The matrix of the products of each entry of one vector with each of the other.
  package func outer(_ other: Tensor) throws(ShapeError) -> Tensor {
    let shape = try Shape(checking: [count, other.count])
    var products: [Double] = []
    products.reserveCapacity(shape.count)
    for entry in elements { products += other.elements.lazy.map { entry * $0 } }
    return Tensor(shape: shape, elements: products)
  }

  /// Ones on the main diagonal, zeros elsewhere.
  package static func identity(_ shape: Shape) -> Tensor {
    var elements = [Double](repeating: 0, count: shape.count)
    for place in shape.diagonal(0) { elements[place] = 1 }
    return Tensor(shape: shape, elements: elements)
  }
}

extension Shape {
  /// The places of a diagonal's entries in row-major order.
  func diagonal(_ diagonal: Int) -> [Int] {
    let (rows, columns) = (dimensions[0], dimensions[1])
    guard -rows...columns ~= diagonal else { return [] }
    let (row, column) = (max(0, -diagonal), max(0, diagonal))
    let count = max(0, min(rows - row, columns - column))
    return (0..<count).map { (row + $0) * columns + column + $0 }
  }

  /// Sizes as a user writes them for an array of so many entries, of which one may be -1.
  ///
  /// - Throws: `ShapeError` when the entries do not fill them.
  package func resolving(_ sizes: [Int]) throws(ShapeError) -> Shape {
    guard sizes.count(where: { $0 == -1 }) == 1 else { return try Shape(checking: sizes) }
    let known = try Shape(checking: sizes.map { $0 == -1 ? 1 : $0 }).count
    guard known > 0, count % known == 0 else { throw .doesNotFill(self, Shape(sizes.map(abs))) }
    return Shape(sizes.map { $0 == -1 ? count / known : $0 })
  }
}
