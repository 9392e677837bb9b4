/// A square matrix as a product P A = L U, by elimination with partial pivoting.
///
/// Golub and Van Loan, Matrix Computations, 3.4.
package struct LUDecomposition {
  private let size: Int
  /// U on and above the diagonal, L without its ones below it, row by row.
  private var factors: [Double]
  /// Which row of A stands in each row of L U.
  private var order: [Int]
  private var isOdd = false
  /// The largest sum of absolute values in a column of A.
  private let columnNorm: Double
  /// The units in which the rows and columns are decomposed; nil for those they come in.
  private let units: Equilibration?
  private let cancellation: Cancellation

  /// Decomposes a matrix in n³/3 steps; a singular one has a zero among its pivots.
  ///
  /// - Parameters:
  ///   - matrix: the matrix.
  ///   - function: what asks for it, for messages.
  ///   - isBalanced: whether its rows and columns are balanced even where they hardly differ.
  ///   - cancellation: asked between columns, here and in what is done with the factors.
  /// - Throws: `ShapeError` for what is no square matrix, or when it is no longer wanted.
  package init(
    _ matrix: Tensor, for function: String, isBalanced: Bool = false,
    _ cancellation: Cancellation = .never
  ) throws(ShapeError) {
    size = try matrix.squareSize(for: function)
    let needsUnits = isBalanced || Equilibration.isNeeded(matrix.elements, size: size)
    units = needsUnits ? Equilibration(matrix.elements, size: size) : nil
    factors = units?.scaled(matrix.elements) ?? matrix.elements
    order = Array(0..<size)
    columnNorm = LUDecomposition.columnNorm(of: factors, size)
    self.cancellation = cancellation.ifLarge(matrix.count)
    eliminate()
    try cancellation.confirm()
  }

  private static func columnNorm(of elements: [Double], _ size: Int) -> Double {
    var sums = [Double](repeating: 0, count: size)
    for place in elements.indices { sums[place % size] += abs(elements[place]) }
    return sums.reduce(0) { $0.isNaN || $0 >= $1 ? $0 : $1 }
  }

  private mutating func eliminate() {
    let size = size
    for column in 0..<size {
      if cancellation.ask() { return }
      var pivot = column
      for row in column..<size
      where abs(factors[row * size + column]) > abs(factors[pivot * size + column]) {
        pivot = row
      }
      if pivot != column {
        for place in 0..<size {
          factors.swapAt(column * size + place, pivot * size + place)
        }
        order.swapAt(column, pivot)
        isOdd.toggle()
      }
      let divisor = factors[column * size + column]
      guard divisor != 0 else { continue }
      factors.withUnsafeMutableBufferPointer { factors in
        for row in column + 1..<max(size, column + 1) {
          let factor = factors[row * size + column] / divisor
          factors[row * size + column] = factor
          guard factor != 0 else { continue }
          let (target, source) = (row * size, column * size)
          for place in column + 1..<max(size, column + 1) {
            factors[target + place] -= factor * factors[source + place]
          }
        }
      }
    }
  }

  private var pivots: [Double] { (0..<size).map { factors[$0 * size + $0] } }

  /// The determinant: the product of the pivots, with the sign of the row exchanges; 0 has none.
  package var determinant: Double {
    var product = ScaledProduct(exponent: -(units?.total ?? 0))
    for pivot in pivots { product.multiply(by: pivot) }
    return isOdd ? 0 - product.value : product.value
  }

  /// The logarithm of the determinant, nan where that is negative.
  package var logDeterminant: Double {
    let isNegative = pivots.reduce(isOdd) { $0 != ($1 < 0) }
    guard !isNegative else { return .nan }
    var sum = CompensatedSum(0)
    for pivot in pivots { sum.add(logarithm(abs(pivot))) }
    if let units { sum.add(-Double(units.total) * 0.6931471805599453) }
    return sum.value
  }

  /// Decomposes a matrix and refuses one whose inverse has no right digits.
  ///
  /// That is judged with balanced rows and columns: units of measurement make no matrix singular.
  static func regular(
    _ matrix: Tensor, for function: String, _ cancellation: Cancellation
  ) throws(ShapeError) -> LUDecomposition {
    var system = try LUDecomposition(matrix, for: function, cancellation)
    var condition = system.conditionNumber
    if condition > 1 / Double.ulpOfOne, system.units == nil {
      system = try LUDecomposition(matrix, for: function, isBalanced: true, cancellation)
      condition = system.conditionNumber
    }
    try cancellation.confirm()
    if condition > 1 / Double.ulpOfOne { throw .singular(condition: condition) }
    return system
  }

  /// An estimate of the condition number in the 1-norm, seldom too small by more than a factor of 3.
  ///
  /// Higham, Accuracy and Stability of Numerical Algorithms, algorithm 15.1 (LAPACK's `dlacon`).
  var conditionNumber: Double {
    guard size > 0 else { return 1 }
    guard !pivots.contains(0) else { return .infinity }
    var x = [Double](repeating: 1 / Double(size), count: size)
    var norm = 0.0
    for _ in 0..<5 where !cancellation.ask() {
      let y = solveWhileWanted(x, columns: 1)
      norm = max(norm, y.reduce(0) { $0 + abs($1) })
      let z = solveTransposed(y.map { $0 < 0 ? -1 : 1 })
      let place = z.indices.max { abs(z[$0]) < abs(z[$1]) } ?? 0
      guard abs(z[place]) > zip(z, x).reduce(0, { $0 + $1.0 * $1.1 }) else { break }
      x = [Double](repeating: 0, count: size)
      x[place] = 1
    }
    return norm * columnNorm
  }

  /// Solves A X = B for the columns of B, given row by row.
  ///
  /// - Throws: `ShapeError` when that is no longer wanted.
  package func solve(_ right: [Double], columns: Int) throws(ShapeError) -> [Double] {
    let right = units?.right(right, columns: columns) ?? right
    let result = solveWhileWanted(right, columns: columns)
    try cancellation.confirm()
    return units?.solution(result, columns: columns) ?? result
  }

  private func solveWhileWanted(_ right: [Double], columns: Int) -> [Double] {
    let size = size
    var result: [Double] = []
    result.reserveCapacity(right.count)
    for row in order { result += right[row * columns..<(row + 1) * columns] }
    result.withUnsafeMutableBufferPointer { x in
      factors.withUnsafeBufferPointer { factors in
        func subtract(_ factor: Double, row source: Int, from target: Int) {
          let (source, target) = (source * columns, target * columns)
          for place in 0..<columns { x[target + place] -= factor * x[source + place] }
        }
        for row in 0..<size {
          if cancellation.ask() { return }
          for k in 0..<row { subtract(factors[row * size + k], row: k, from: row) }
        }
        for row in stride(from: size - 1, through: 0, by: -1) {
          if cancellation.ask() { return }
          for k in row + 1..<max(size, row + 1) {
            subtract(factors[row * size + k], row: k, from: row)
          }
          let pivot = factors[row * size + row]
          for place in row * columns..<(row + 1) * columns { x[place] /= pivot }
        }
      }
    }
    return result
  }

  /// Solves Aᵀ x = b.
  private func solveTransposed(_ right: [Double]) -> [Double] {
    var x = right
    for row in 0..<size {
      x[row] /= factors[row * size + row]
      for k in row + 1..<max(size, row + 1) { x[k] -= factors[row * size + k] * x[row] }
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      for k in 0..<row { x[k] -= factors[row * size + k] * x[row] }
    }
    var result = x
    for (row, source) in order.enumerated() { result[source] = x[row] }
    return result
  }
}
