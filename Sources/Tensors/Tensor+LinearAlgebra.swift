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
    let system = try LUDecomposition(self, for: "solve", cancellation)
    guard 1...2 ~= right.shape.rank, right.shape.dimensions[0] == shape.dimensions[0] else {
      throw .rowsDiffer(shape, right.shape)
    }
    try system.requireRegular()
    let columns = right.shape.rank == 1 ? 1 : right.shape.dimensions[1]
    return Tensor(shape: right.shape, elements: try system.solve(right.elements, columns: columns))
  }

  /// The inverse matrix.
  package func inverse(_ cancellation: Cancellation = .never) throws(ShapeError) -> Tensor {
    let system = try LUDecomposition(self, for: "inv", cancellation)
    try system.requireRegular()
    let unit = Tensor.identity(shape)
    return Tensor(
      shape: shape, elements: try system.solve(unit.elements, columns: shape.dimensions[0]))
  }

  /// The determinant.
  package func determinant(_ cancellation: Cancellation = .never) throws(ShapeError) -> Double {
    try LUDecomposition(self, for: "det", cancellation).determinant
  }

  /// The logarithm of the determinant; nan where that is negative.
  package func logDeterminant(_ cancellation: Cancellation = .never) throws(ShapeError) -> Double {
    let system = try LUDecomposition(self, for: "logdet", cancellation)
    try system.requireRegular()
    return system.logDeterminant
  }

  /// The derivatives of the determinant with respect to each entry.
  ///
  /// They are det · A⁻ᵀ, and where A is singular the determinants of what is left of it without the
  /// entry's row and column.
  package func cofactors(_ cancellation: Cancellation = .never) throws(ShapeError) -> Tensor {
    let system = try LUDecomposition(self, for: "det", cancellation)
    let size = shape.dimensions[0]
    if system.conditionNumber < 1e12 {
      let determinant = system.determinant
      let inverse = try system.solve(Tensor.identity(shape).elements, columns: size)
      return Tensor(shape: shape, elements: inverse.map { $0 * determinant }).transposed
    }
    var entries: [Double] = []
    for row in 0..<size {
      for column in 0..<size {
        let minor = try without(row, column).determinant(cancellation)
        entries.append((row + column) % 2 == 0 ? minor : -minor)
      }
    }
    return Tensor(shape: shape, elements: entries)
  }

  private func without(_ row: Int, _ column: Int) -> Tensor {
    let size = shape.dimensions[0]
    let entries = elements.indices.filter { $0 / size != row && $0 % size != column }
    return Tensor(shape: Shape([size - 1, size - 1]), elements: entries.map { elements[$0] })
  }

  /// The lower triangular L of A = L Lᵀ, for a symmetric positive definite matrix.
  package func cholesky(_ cancellation: Cancellation = .never) throws(ShapeError) -> Tensor {
    guard shape.rank == 2 else { throw .wrongRank("cholesky", takes: "a square matrix", shape) }
    let size = shape.dimensions[0]
    guard size == shape.dimensions[1] else { throw .notSquare("cholesky", shape) }
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
