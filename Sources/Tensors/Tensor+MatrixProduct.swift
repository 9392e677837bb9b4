extension Tensor {
  /// The matrix product of vectors and matrices, a vector being a row at left, a column at right.
  ///
  /// A small product is a `PlainProduct`, the same on every machine. Larger ones go to `SystemBLAS`
  /// or to `BlockedProduct`, which agree with that to rounding.
  ///
  /// - Parameters:
  ///   - other: the right factor.
  ///   - turned: whether this matrix is read with rows and columns changed, and the other one.
  ///   - cancellation: asked between the parts of a large product.
  /// - Returns: the product.
  /// - Throws: `ShapeError` where the inner sizes differ, or when it is no longer wanted.
  package func matmul(
    _ other: Tensor, turned: (Bool, Bool) = (false, false), _ cancellation: Cancellation = .never
  ) throws(ShapeError) -> Tensor {
    let sizes = try ProductSizes(shape, other.shape, turned: turned)
    let (rows, inner, columns) = (sizes.rows, sizes.inner, sizes.columns)
    guard !sizes.isLarge else {
      let elements = MatrixProduct.elements(
        self, other, rows: rows, inner, columns, turned, cancellation)
      try cancellation.confirm()
      return Tensor(shape: sizes.shape, elements: elements)
    }
    if turned.0 || turned.1 {
      return try (turned.0 ? transposed : self).matmul(turned.1 ? other.transposed : other)
    }
    let (left, right) = (
      PlainProduct.Strides(row: inner, column: 1), PlainProduct.Strides(row: columns, column: 1)
    )
    let elements = self.elements.withUnsafeBufferPointer { a in
      other.elements.withUnsafeBufferPointer { b in
        [Double](unsafeUninitializedCapacity: rows * columns) { result, count in
          count = rows * columns
          guard let c = result.baseAddress else { return }
          guard let a = a.baseAddress, let b = b.baseAddress else {
            return result.initialize(repeating: 0)
          }
          PlainProduct.multiply(
            a, left, b, right, into: c, rows: rows, inner: inner, columns: columns)
        }
      }
    }
    return Tensor(shape: sizes.shape, elements: elements)
  }
}

/// The sizes of a matrix product, a vector being a row at left, a column at right.
struct ProductSizes {
  let shape: Shape
  let rows: Int
  let inner: Int
  let columns: Int

  init(_ a: Shape, _ b: Shape, turned: (Bool, Bool)) throws(ShapeError) {
    let (left, right) = (turned.0 ? a.transposed : a, turned.1 ? b.transposed : b)
    shape = try Shape.matmul(left, right)
    inner = right.dimensions[0]
    rows = left.rank == 2 ? left.dimensions[0] : 1
    columns = right.rank == 2 ? right.dimensions[1] : 1
  }

  /// Whether blocks and tiles pay.
  var isLarge: Bool {
    !PlainProduct.suits(rows: rows, inner: inner, columns: columns)
  }
}
