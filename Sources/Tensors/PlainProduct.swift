/// The matrix product of small matrices, each entry the plain sum of its products.
package enum PlainProduct {
  /// A matrix in memory, by the distances between neighbours along its axes.
  package struct Factor: Sendable {
    package let rowStride: Int
    package let columnStride: Int

    package init(rowStride: Int, columnStride: Int) {
      (self.rowStride, self.columnStride) = (rowStride, columnStride)
    }
  }

  /// Multiplies rows × inner by inner × columns, in the order of `Tensor.matmul`.
  ///
  /// A sum begins with -0, which leaves every term as it is, even -0; an empty one is 0.
  package static func multiply(
    _ a: UnsafePointer<Double>, _ left: Factor, _ b: UnsafePointer<Double>, _ right: Factor,
    into c: UnsafeMutablePointer<Double>, rows: Int, inner: Int, columns: Int
  ) {
    for i in 0..<rows {
      for j in 0..<columns {
        var (x, y) = (a + i * left.rowStride, b + j * right.columnStride)
        var sum = inner == 0 ? 0 : -0.0
        for _ in 0..<inner {
          sum += x.pointee * y.pointee
          x += left.columnStride
          y += right.rowStride
        }
        c[i * columns + j] = sum
      }
    }
  }

  /// Whether a product of that size goes this way.
  package static func suits(rows: Int, inner: Int, columns: Int) -> Bool {
    Double(rows) * Double(inner) * Double(columns) < MatrixProduct.large
      || min(rows, columns) < MatrixProduct.narrow
  }
}
