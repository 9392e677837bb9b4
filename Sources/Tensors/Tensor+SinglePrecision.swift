import CArrayLoops

extension Tensor {
  /// The matrix product of numbers of 32 bits, each entry summed from first to last.
  ///
  /// Fused, a product joins its sum with one rounding instead of two. Throws a `ShapeError` when the
  /// shapes do not fit, or when it is no longer wanted.
  package func singleMatmul(
    _ other: Tensor, turned: (Bool, Bool) = (false, false), isFused: Bool,
    _ cancellation: Cancellation = .never
  ) throws(ShapeError) -> Tensor {
    let sizes = try ProductSizes(shape, other.shape, turned: turned)
    let product = MatrixProduct.singleElements(
      singles, other.singles, rows: sizes.rows, sizes.inner, sizes.columns, turned,
      isFused: isFused, cancellation)
    try cancellation.confirm()
    return Tensor(shape: sizes.shape, singles: product)
  }

  /// The entries as numbers of 32 bits.
  private var singles: [Float] {
    elements.withUnsafeBufferPointer { elements in
      [Float](unsafeUninitializedCapacity: elements.count) { result, count in
        count = elements.count
        array_narrow(elements.baseAddress, result.baseAddress, count)
      }
    }
  }

  private init(shape: Shape, singles: [Float]) {
    let elements = singles.withUnsafeBufferPointer { singles in
      [Double](unsafeUninitializedCapacity: singles.count) { result, count in
        count = singles.count
        array_widen(singles.baseAddress, result.baseAddress, count)
      }
    }
    self.init(shape: shape, elements: elements)
  }
}
