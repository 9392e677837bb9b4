/// One place between the brackets of `X[0, 1:3]`, with Python's meaning.
package enum IndexItem: Hashable, Sendable {
  /// One entry, counted from the end when negative; its axis disappears.
  case at(Int)
  /// Every `step`-th entry from `start` to before `stop`; bounds beyond the ends are clamped.
  case slice(start: Int?, stop: Int?, step: Int)

  /// A whole axis, `:`.
  package static let all = IndexItem.slice(start: nil, stop: nil, step: 1)
}

extension Tensor {
  /// The part that the items choose; axes without an item are taken whole.
  package func indexed(by items: [IndexItem]) throws(ShapeError) -> Tensor {
    let view = try View(shape).indexed(by: items)
    return Tensor(shape: Shape(view.dimensions), elements: view.gathered(from: elements))
  }

  /// Zeros with a part put where indexing with the items would find it.
  ///
  /// This is the transpose of indexing. The items must be ones that indexing has accepted.
  package static func scatter(
    _ part: Tensor, into shape: Shape, at items: [IndexItem]
  ) -> Tensor {
    guard let result = try? Tensor(repeating: 0, shape: shape).replacing(items, with: part) else {
      preconditionFailure("a part does not fit the place it was taken from")
    }
    return result
  }

  /// This array with the part that the items choose replaced by another, which may broadcast to it.
  package func replacing(_ items: [IndexItem], with part: Tensor) throws(ShapeError) -> Tensor {
    let view = try View(shape).indexed(by: items)
    let part = try part.broadcast(to: Shape(view.dimensions))
    var elements = elements
    view.scatter(part.elements, into: &elements)
    return Tensor(shape: shape, elements: elements)
  }
}

extension View {
  /// The view of the part that the items choose.
  func indexed(by items: [IndexItem]) throws(ShapeError) -> View {
    let shape = Shape(self.dimensions)
    guard items.count <= shape.rank else { throw .tooManyIndices(items.count, shape) }
    var offset = offset
    var dimensions: [Int] = []
    var strides: [Int] = []
    for (axis, item) in items.enumerated() {
      let size = self.dimensions[axis]
      let stride = self.strides[axis]
      switch item {
      case .at(let index):
        guard -size..<size ~= index else { throw .indexOutOfRange(index, axis: axis, shape) }
        offset += (index < 0 ? index + size : index) * stride
      case .slice(let start, let stop, let step):
        guard step != 0 else { throw .zeroStep }
        let (first, count) = slice(start, stop, step, ofAxisSized: size)
        // A huge step takes at most one entry, and then its stride is never walked.
        offset += first * stride
        dimensions.append(count)
        strides.append(step &* stride)
      }
    }
    return View(
      offset: offset, dimensions: dimensions + self.dimensions[items.count...],
      strides: strides + self.strides[items.count...])
  }
}

extension Shape {
  /// Where the entries lie, in row-major order, that indexing gives when one axis is left to a list
  /// of places, each of them as often and in the order in which it is named.
  ///
  /// - Parameters:
  ///   - items: one an axis; `.all` where the list stands.
  ///   - list: the places, counted from the end when negative.
  ///   - number: which of the items it stands for.
  /// - Returns: the shape of the result, and for each of its entries its place in this shape.
  /// - Throws: a `ShapeError` where a place lies outside.
  package func sources(
    indexedBy items: [IndexItem], with list: [Int], inPlaceOf number: Int
  ) throws(ShapeError) -> (shape: Shape, sources: [Int32]) {
    let view = try View(self).indexed(by: items)
    let size = dimensions[number]
    var places: [Int] = []
    for index in list {
      guard -size..<size ~= index else { throw .indexOutOfRange(index, axis: number, self) }
      places.append(index < 0 ? index + size : index)
    }
    let axis = items[..<number].count { if case .slice = $0 { true } else { false } }
    var dimensions = view.dimensions
    dimensions[axis] = places.count
    let shape = Shape(dimensions)
    try shape.requireRoom()
    var sources = [view.offset]
    for (place, count) in dimensions.enumerated() {
      let steps = place == axis ? places : Array(0..<count)
      let stride = view.strides[place]
      sources = sources.flatMap { start in steps.map { start + $0 * stride } }
    }
    return (shape, sources.map(Int32.init))
  }
}

/// The first place and the number of places that a slice takes of an axis.
private func slice(
  _ start: Int?, _ stop: Int?, _ step: Int, ofAxisSized size: Int
) -> (first: Int, count: Int) {
  // Going down, the places before the first and at the last are -1 and size - 1.
  let (lowest, highest) = step > 0 ? (0, size) : (-1, size - 1)
  func clamped(_ place: Int) -> Int {
    min(max(place < 0 ? place + size : place, lowest), highest)
  }
  let first = start.map(clamped) ?? (step > 0 ? lowest : highest)
  let end = stop.map(clamped) ?? (step > 0 ? highest : lowest)
  let distance = step > 0 ? end - first : first - end
  guard distance > 0 else { return (0, 0) }
  return (first, Int((UInt(distance) - 1) / step.magnitude) + 1)
}
