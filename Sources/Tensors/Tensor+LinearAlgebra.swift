#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The natural logarithm, where a type has a member of that name.
func logarithm(_ x: Double) -> Double { log(x) }

extension Tensor {
  /// The x of A x = b, for a vector or for the columns of a matrix b.
  package func solve(
    _ right: Tensor, _ cancellation: Cancellation = .never
  ) throws(ShapeError) -> Tensor {
    let size = try squareSize(for: "solve")
    guard 1...2 ~= right.shape.rank, right.shape.dimensions[0] == size else {
      throw .rowsDiffer(shape, right.shape)
    }
    let system = try LUDecomposition.regular(self, for: "solve", cancellation)
    let columns = right.shape.rank == 1 ? 1 : right.shape.dimensions[1]
    return Tensor(shape: right.shape, elements: try system.solve(right.elements, columns: columns))
  }

  /// The inverse matrix.
  package func inverse(_ cancellation: Cancellation = .never) throws(ShapeError) -> Tensor {
    let system = try LUDecomposition.regular(self, for: "inv", cancellation)
    let unit = Tensor.identity(shape)
    let entries = try system.solve(unit.elements, columns: shape.dimensions[0])
    return Tensor(shape: shape, elements: entries.map { $0 + 0 })
  }

  /// The determinant.
  package func determinant(_ cancellation: Cancellation = .never) throws(ShapeError) -> Double {
    try LUDecomposition(self, for: "det", cancellation).determinant
  }

  /// The logarithm of the determinant; nan where that is negative.
  package func logDeterminant(_ cancellation: Cancellation = .never) throws(ShapeError) -> Double {
    try LUDecomposition.regular(self, for: "logdet", cancellation).logDeterminant
  }

  /// The lower triangular L of A = L Lᵀ, for a symmetric positive definite matrix.
  package func cholesky(_ cancellation: Cancellation = .never) throws(ShapeError) -> Tensor {
    let size = try squareSize(for: "cholesky")
    try requireSymmetry(size)
    let cancellation = cancellation.ifLarge(count)
    var factor = [Double](repeating: 0, count: count)
    for row in 0..<size {
      if cancellation.ask() { throw .cancelled }
      for column in 0...row {
        var sum = CompensatedSum(elements[row * size + column])
        for k in 0..<column { sum.add(-factor[row * size + k] * factor[column * size + k]) }
        guard row == column else {
          factor[row * size + column] = sum.value / factor[column * size + column]
          continue
        }
        guard sum.value > 0 || sum.value.isNaN else {
          throw .notPositiveDefinite(row: row, pivot: sum.value)
        }
        factor[row * size + row] = sum.value.squareRoot()
      }
    }
    return Tensor(shape: shape, elements: factor)
  }

  /// The number of rows of a square matrix, which a function of that name takes.
  func squareSize(for function: String) throws(ShapeError) -> Int {
    guard shape.rank == 2 else { throw .wrongRank(function, takes: "a square matrix", shape) }
    guard shape.dimensions[0] == shape.dimensions[1] else { throw .notSquare(function, shape) }
    return shape.dimensions[0]
  }

  /// Opposite entries may differ by what rounding does to a product such as A Aᵀ.
  private func requireSymmetry(_ size: Int) throws(ShapeError) {
    for row in 0..<size {
      for column in row + 1..<max(size, row + 1) {
        let (upper, lower) = (elements[row * size + column], elements[column * size + row])
        let scale = (elements[row * size + row] * elements[column * size + column]).magnitude
        guard abs(upper - lower) > 1e-10 * scale.squareRoot(), upper != lower else { continue }
        throw .notSymmetric(row: row, column: column, upper, lower)
      }
    }
  }
}
