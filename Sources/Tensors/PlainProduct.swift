/// The matrix product of small matrices, each entry the plain sum of its products.
package enum PlainProduct {
  /// How a factor lies in memory: the distances between neighbours along its axes.
  package struct Strides: Sendable {
    package let row: Int
    package let column: Int

    package init(row: Int, column: Int) { (self.row, self.column) = (row, column) }
  }

  /// Multiplies rows × inner by inner × columns, each sum from first to last.
  ///
  /// A sum begins with -0, which leaves every term as it is, even -0; an empty one is 0.
  package static func multiply(
    _ a: UnsafePointer<Double>, _ left: Strides, _ b: UnsafePointer<Double>, _ right: Strides,
    into c: UnsafeMutablePointer<Double>, rows: Int, inner: Int, columns: Int
  ) {
    guard columns > 1, right.column == 1, inner > 0 else {
      for i in 0..<rows {
        for j in 0..<columns {
          c[i * columns + j] = dot(
            a + i * left.row, left.column, b + j * right.column, right.row, count: inner)
        }
      }
      return
    }
    c.initialize(repeating: -0.0, count: rows * columns)
    addRows(a, left, b, right, to: c, rows: rows, inner: inner, columns: columns)
  }

  /// Whether a product of that size goes this way.
  package static func suits(rows: Int, inner: Int, columns: Int) -> Bool {
    Double(rows) * Double(inner) * Double(columns) < MatrixProduct.large
      || min(rows, columns) < MatrixProduct.narrow
  }

  /// The sum of products of numbers that lie a step apart.
  private static func dot(
    _ a: UnsafePointer<Double>, _ aStep: Int, _ b: UnsafePointer<Double>, _ bStep: Int, count: Int
  ) -> Double {
    var sum = count == 0 ? 0 : -0.0
    for k in 0..<count { sum += a[k * aStep] * b[k * bStep] }
    return sum
  }

  /// Adds a·b to `c`, with c[i,j] += a[i,k]·b[k,j] innermost along j.
  ///
  /// Rows of `b` and `c` are then read in order. Four values of k are taken at a time, so that
  /// c[i,j] is loaded and stored once for four products, and `b` goes by in blocks that stay in the
  /// cache. For each c[i,j] the products still arrive in the order of k.
  private static func addRows(
    _ a: UnsafePointer<Double>, _ left: Strides, _ b: UnsafePointer<Double>, _ right: Strides,
    to c: UnsafeMutablePointer<Double>, rows: Int, inner: Int, columns: Int
  ) {
    let (depth, next) = (32, left.column)
    for block in stride(from: 0, to: inner, by: depth) {
      let end = min(block + depth, inner)
      for i in 0..<rows {
        let c = c + i * columns
        var (k, a) = (block, a + i * left.row + block * next)
        while k + 4 <= end {
          let (a0, a1, a2, a3) = (a[0], a[next], a[2 * next], a[3 * next])
          let (b0, b1) = (b + k * right.row, b + (k + 1) * right.row)
          let (b2, b3) = (b + (k + 2) * right.row, b + (k + 3) * right.row)
          for j in 0..<columns {
            c[j] = c[j] + a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j]
          }
          k += 4
          a += 4 * next
        }
        while k < end {
          let (a0, b0) = (a[0], b + k * right.row)
          for j in 0..<columns { c[j] += a0 * b0[j] }
          k += 1
          a += next
        }
      }
    }
  }
}
