extension Tensor {
  /// The matrix product of numbers of 32 bits, each entry summed from first to last.
  ///
  /// Fused, a product joins its sum with one rounding instead of two. Throws a `ShapeError` when the
  /// shapes do not fit.
  package func singleMatmul(_ other: Tensor, isFused: Bool) throws(ShapeError) -> Tensor {
    let result = try Shape.matmul(shape, other.shape)
    let inner = other.shape.dimensions[0]
    let columns = other.shape.rank == 2 ? other.shape.dimensions[1] : 1
    let (a, b) = (elements.map { Float($0) }, other.elements.map { Float($0) })
    let entries = (0..<result.count).map { place -> Double in
      let (row, column) = (place / columns, place % columns)
      var sum: Float = 0
      for k in 0..<inner {
        let (x, y) = (a[row * inner + k], b[k * columns + column])
        if isFused { sum.addProduct(x, y) } else { sum += x * y }
      }
      return Double(sum)
    }
    return Tensor(shape: result, elements: entries)
  }
}
