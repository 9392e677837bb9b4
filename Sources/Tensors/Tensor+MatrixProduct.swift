extension Tensor {
  /// The matrix product of vectors and matrices, a vector being a row at left, a column at right.
  ///
  /// Each entry of a small product is the plain sum of its products from first to last, the same on
  /// every machine. Larger ones go to `SystemBLAS` or to `BlockedProduct`, which agree with that to
  /// rounding.
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
    let elements = self.elements.withUnsafeBufferPointer { a in
      other.elements.withUnsafeBufferPointer { b in
        [Double](unsafeUninitializedCapacity: rows * columns) { result, count in
          if columns == 1 {
            for row in 0..<rows {
              let entry = dot(a, row * inner, b, count: inner)
              result.initializeElement(at: row, to: entry)
            }
          } else {
            result.initialize(repeating: emptySum(of: inner))
            multiply(a, b, into: result, rows: rows, inner: inner, columns: columns)
          }
          count = rows * columns
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

/// The sum of products of a vector and the part of `a` that begins at an offset.
private func dot(
  _ a: UnsafeBufferPointer<Double>, _ offset: Int, _ b: UnsafeBufferPointer<Double>, count: Int
) -> Double {
  var sum = emptySum(of: count)
  for k in 0..<count { sum += a[offset + k] * b[k] }
  return sum
}

/// What a sum of so many terms begins with: -0, which leaves every term as it is, even -0.
private func emptySum(of count: Int) -> Double {
  count == 0 ? 0 : -0.0
}

/// Adds a·b to `c`, with c[i,j] += a[i,k]·b[k,j] innermost along j.
///
/// Rows of `b` and `c` are then read in order. Four values of k are taken at a time, so that c[i,j]
/// is loaded and stored once for four products, and `b` goes by in blocks that stay in the cache.
/// For each c[i,j] the products still arrive in the order of k.
private func multiply(
  _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>,
  into c: UnsafeMutableBufferPointer<Double>, rows: Int, inner: Int, columns: Int
) {
  func row(_ k: Int) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(rebasing: b[k * columns..<(k + 1) * columns])
  }
  let depth = 32
  for block in stride(from: 0, to: inner, by: depth) {
    let end = min(block + depth, inner)
    for i in 0..<rows {
      let c = UnsafeMutableBufferPointer(rebasing: c[i * columns..<(i + 1) * columns])
      let a = UnsafeBufferPointer(rebasing: a[i * inner..<(i + 1) * inner])
      var k = block
      while k + 4 <= end {
        let (a0, a1, a2, a3) = (a[k], a[k + 1], a[k + 2], a[k + 3])
        let (b0, b1, b2, b3) = (row(k), row(k + 1), row(k + 2), row(k + 3))
        for j in 0..<columns {
          c[j] = c[j] + a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j]
        }
        k += 4
      }
      while k < end {
        let (a0, b0) = (a[k], row(k))
        for j in 0..<columns { c[j] += a0 * b0[j] }
        k += 1
      }
    }
  }
}
