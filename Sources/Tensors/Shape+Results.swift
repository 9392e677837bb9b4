// The shapes that operations give, known before any element is computed.

extension Shape {
  /// The shape of an elementwise operation on both, `nil` when they do not broadcast.
  ///
  /// Axes are matched from the last one; a missing axis or one of size 1 is stretched to the other.
  package static func broadcast(_ a: Shape, _ b: Shape) -> Shape? {
    if b.isScalar || a == b { return a }
    if a.isScalar { return b }
    let (longer, shorter) = a.rank >= b.rank ? (a, b) : (b, a)
    var dimensions = longer.dimensions
    let lead = longer.rank - shorter.rank
    for (axis, size) in shorter.dimensions.enumerated() where size != dimensions[lead + axis] {
      guard size == 1 || dimensions[lead + axis] == 1 else { return nil }
      // Of the two sizes one is 1; the other, which may be 0, is the result's.
      if size != 1 { dimensions[lead + axis] = size }
    }
    return Shape(dimensions)
  }

  /// The shape of an elementwise operation on both, which must broadcast and have room.
  static func broadcasting(_ a: Shape, _ b: Shape) throws(ShapeError) -> Shape {
    guard let result = broadcast(a, b) else { throw .doNotBroadcast([a, b]) }
    try result.requireRoom()
    return result
  }

  /// The shape of an elementwise operation on all of the shapes.
  package static func broadcast(_ shapes: [Shape]) throws(ShapeError) -> Shape {
    var result = Shape.scalar
    for shape in shapes {
      guard let wider = broadcast(result, shape) else { throw .doNotBroadcast(shapes) }
      result = wider
    }
    try result.requireRoom()
    return result
  }

  /// The shape of `a @ b`: the last axis of `a` and the first of `b` are summed away.
  package static func matmul(_ a: Shape, _ b: Shape) throws(ShapeError) -> Shape {
    guard 1...2 ~= a.rank, 1...2 ~= b.rank else { throw .notMatrices(a, b) }
    guard a.dimensions.last == b.dimensions.first else { throw .innerSizesDiffer(a, b) }
    let result = Shape(Array(a.dimensions.dropLast() + b.dimensions.dropFirst()))
    try result.requireRoom()
    return result
  }

  /// The shape after summing over the axes (all of them for `nil`), negative ones from the end.
  ///
  /// A summed axis disappears, or stays with size 1 when dimensions are kept.
  package func reducedShape(
    axes: [Int]?, keepingDimensions: Bool
  ) throws(ShapeError) -> Shape {
    reduced(over: try axisMarks(axes), keepingDimensions: keepingDimensions)
  }

  /// The shape that indexing gives; see `IndexItem`.
  package func indexed(by items: [IndexItem]) throws(ShapeError) -> Shape {
    Shape(try View(self).indexed(by: items).dimensions)
  }

  /// The shape of as many parts on top of each other, which must be of one shape.
  package static func stack(_ shapes: [Shape]) throws(ShapeError) -> Shape {
    guard let first = shapes.first else { return Shape([0]) }
    if let odd = shapes.firstIndex(where: { $0 != first }) {
      throw .raggedRow(odd + 1, shapes[odd], expected: first)
    }
    let result = Shape([shapes.count] + first.dimensions)
    try result.requireRoom()
    return result
  }

  /// For each axis whether the list names it, all of them for `nil`.
  package func axisMarks(_ axes: [Int]?) throws(ShapeError) -> [Bool] {
    guard let axes else { return [Bool](repeating: true, count: rank) }
    var marks = [Bool](repeating: false, count: rank)
    for axis in axes {
      let place = axis < 0 ? axis + rank : axis
      guard marks.indices.contains(place) else { throw .axisOutOfRange(axis, self) }
      guard !marks[place] else { throw .axisGivenTwice(axis, self) }
      marks[place] = true
    }
    return marks
  }

  /// The shape without the marked axes, or with size 1 in their place.
  func reduced(over marks: [Bool], keepingDimensions: Bool) -> Shape {
    Shape(
      zip(dimensions, marks).compactMap { size, isSummed in
        isSummed ? (keepingDimensions ? 1 : nil) : size
      })
  }
}
