import Synchronization

/// Which way a large matrix product goes.
enum MatrixProduct {
  /// From how many multiplications on packing pays.
  static let large = 20_000.0
  /// With fewer rows or columns there is nothing to reuse.
  static let narrow = 4
  /// After how many multiplications a BLAS is looked for: the built-in product takes some ten
  /// milliseconds for them, as long as loading one takes.
  private static let worthLoading = 2e8
  private static let done = Atomic<Int>(0)

  /// The elements of a product of matrices; a vector is a row on the left, a column on the right.
  static func elements(
    _ a: Tensor, _ b: Tensor, rows: Int, _ inner: Int, _ columns: Int, _ turned: (Bool, Bool),
    _ cancellation: Cancellation
  ) -> [Double] {
    a.elements.withUnsafeBufferPointer { left in
      b.elements.withUnsafeBufferPointer { right in
        [Double](unsafeUninitializedCapacity: rows * columns) { result, count in
          count = rows * columns
          guard let x = left.baseAddress, let y = right.baseAddress,
            let target = result.baseAddress
          else { return }
          let first = MatrixFactor(
            x, rows: turned.0 ? inner : rows, columns: turned.0 ? rows : inner,
            isTransposed: turned.0)
          let second = MatrixFactor(
            y, rows: turned.1 ? columns : inner, columns: turned.1 ? inner : columns,
            isTransposed: turned.1)
          if paysForLoading(rows * columns * inner),
            SystemBLAS.multiply(first, second, into: target, cancellation)
          {
            return
          }
          result.initialize(repeating: 0)
          BlockedProduct.add(first, second, to: target, cancellation)
        }
      }
    }
  }

  private static func paysForLoading(_ work: Int) -> Bool {
    done.wrappingAdd(work, ordering: .relaxed).newValue >= Int(worthLoading)
  }
}
