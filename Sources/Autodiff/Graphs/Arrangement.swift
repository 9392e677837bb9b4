import Tensors

/// Where the entries of an array go in another one: entry `sources[k]` is added to `targets[k]`.
///
/// Both are places in row-major order. Places that are no target are 0.
package struct Arrangement: Hashable, Sendable {
  package let shape: Shape
  let sources: [Int32]
  let targets: [Int32]

  /// Every entry of the result from one source.
  package init(shape: Shape, sources: [Int32]) {
    self.init(shape: shape, sources: sources, targets: sources.indices.map(Int32.init))
  }

  /// Every entry of the source to one place of the result.
  package init(shape: Shape, targets: [Int32]) {
    self.init(shape: shape, sources: targets.indices.map(Int32.init), targets: targets)
  }

  init(shape: Shape, sources: [Int32], targets: [Int32]) {
    (self.shape, self.sources, self.targets) = (shape, sources, targets)
  }

  /// Blocks of that many entries, one after the other in the source, at places of the target that
  /// are counted in blocks.
  init(shape: Shape, blocksOf size: Int, at places: [Int]) {
    let targets = places.flatMap { place in (place * size..<(place + 1) * size).map(Int32.init) }
    self.init(shape: shape, sources: targets.indices.map(Int32.init), targets: targets)
  }

  /// 1 at every target, 0 elsewhere.
  package var mask: Tensor {
    var elements = [Double](repeating: 0, count: shape.count)
    for target in targets { elements[Int(target)] = 1 }
    return Tensor(shape: shape, elements: elements)
  }

  /// Whether several entries come to one place.
  package var addsUp: Bool { Set(targets).count < targets.count }

  func arranged(_ x: Tensor) -> Tensor {
    var elements = [Double](repeating: 0, count: shape.count)
    for (source, target) in zip(sources, targets) {
      elements[Int(target)] += x.elements[Int(source)]
    }
    return Tensor(shape: shape, elements: elements)
  }

  /// The way back, from an array of this shape to one of the shape given.
  func transposed(to shape: Shape) -> Arrangement {
    Arrangement(shape: shape, sources: targets, targets: sources)
  }
}
