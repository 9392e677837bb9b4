import CMatrixTile
import Synchronization

/// Which way a large matrix product goes.
enum MatrixProduct {
  /// From how many multiplications on a product is no longer summed plainly.
  static let large = 20_000.0
  /// With fewer rows or columns there is nothing to reuse.
  static let narrow = 4
  /// From how many multiplications on a BLAS is faster than the built-in product, by its threads.
  private static let huge = 3e7
  /// After how many multiplications in huge products a BLAS is looked for: loading one takes as
  /// long as the built-in product takes for them.
  private static let worthLoading = 3e8
  private static let done = Atomic<Int>(0)

  private static let double = {
    let kind = matrix_tile_widest()
    return BlockedProduct<Double>(rows: Int(kind.rows), columns: Int(kind.columns)) {
      kind.run($0 ? 1 : 0, Int32($1), $2, $3, $4, $5, $6, $7, $8, $9)
    }
  }()

  private static let (single, fused) = {
    let kind = matrix_tile_single_widest()
    let (rows, columns) = (Int(kind.rows), Int(kind.columns))
    return (
      BlockedProduct<Float>(rows: rows, columns: columns) {
        kind.run($0 ? 1 : 0, Int32($1), $2, $3, $4, $5, $6, $7, $8, $9)
      },
      BlockedProduct<Float>(rows: rows, columns: columns) {
        kind.run_fused($0 ? 1 : 0, Int32($1), $2, $3, $4, $5, $6, $7, $8, $9)
      }
    )
  }()

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
          let first = MatrixFactor(x, rows: rows, columns: inner, isTransposed: turned.0)
          let second = MatrixFactor(y, rows: inner, columns: columns, isTransposed: turned.1)
          let work = Double(rows) * Double(columns) * Double(inner)
          if work >= huge, paysForLoading(work),
            SystemBLAS.multiply(first, second, into: target, cancellation)
          {
            return
          }
          double.write(first, second, to: target, cancellation)
        }
      }
    }
  }

  /// The same for numbers of 32 bits, each entry summed from first to last.
  static func singleElements(
    _ a: [Float], _ b: [Float], rows: Int, _ inner: Int, _ columns: Int, _ turned: (Bool, Bool),
    isFused: Bool, _ cancellation: Cancellation
  ) -> [Float] {
    a.withUnsafeBufferPointer { left in
      b.withUnsafeBufferPointer { right in
        [Float](unsafeUninitializedCapacity: rows * columns) { result, count in
          count = rows * columns
          guard let x = left.baseAddress, let y = right.baseAddress,
            let target = result.baseAddress
          else { return }
          (isFused ? fused : single).write(
            MatrixFactor(x, rows: rows, columns: inner, isTransposed: turned.0),
            MatrixFactor(y, rows: inner, columns: columns, isTransposed: turned.1), to: target,
            cancellation)
        }
      }
    }
  }

  private static func paysForLoading(_ work: Double) -> Bool {
    let work = Int(min(work, 1e15))
    return done.wrappingAdd(work, ordering: .relaxed).newValue >= Int(worthLoading)
  }
}
