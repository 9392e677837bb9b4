/// The eigenvalues of a symmetric matrix and their vectors, by Jacobi's rotations.
///
/// Golub and Van Loan, Matrix Computations, 8.5: entries off the diagonal are rotated away one by
/// one until they are no more than rounding.
struct Eigenvalues {
  private(set) var values: [Double] = []
  /// One vector of length 1 for each value.
  private(set) var vectors: [[Double]]

  /// - Parameter rows: a symmetric matrix of finite numbers.
  init(of rows: [[Double]]) {
    var rows = rows
    let count = rows.count
    vectors = (0..<count).map { place in (0..<count).map { $0 == place ? 1 : 0 } }
    for _ in 0..<60 {
      var isDone = true
      for p in 0..<count {
        for q in p + 1..<max(p + 1, count) {
          let (a, b, c) = (rows[p][p], rows[q][q], rows[p][q])
          guard abs(c) > 1e-17 * (abs(a) + abs(b)) else { continue }
          isDone = false
          let ratio = (b - a) / (2 * c)
          let tangent = (ratio < 0 ? -1 : 1) / (abs(ratio) + (1 + ratio * ratio).squareRoot())
          let cosine = 1 / (1 + tangent * tangent).squareRoot()
          Eigenvalues.turn(&rows, p, q, cosine, cosine * tangent)
          turn(p, q, cosine, cosine * tangent)
          (rows[p][q], rows[q][p]) = (0, 0)
        }
      }
      if isDone { break }
    }
    values = (0..<count).map { rows[$0][$0] }
  }

  /// Rotates two rows and the two columns of the same places.
  private static func turn(
    _ rows: inout [[Double]], _ p: Int, _ q: Int, _ cosine: Double, _ sine: Double
  ) {
    for i in rows.indices {
      let (x, y) = (rows[p][i], rows[q][i])
      rows[p][i] = cosine * x - sine * y
      rows[q][i] = sine * x + cosine * y
    }
    for i in rows.indices {
      let (x, y) = (rows[i][p], rows[i][q])
      rows[i][p] = cosine * x - sine * y
      rows[i][q] = sine * x + cosine * y
    }
  }

  private mutating func turn(_ p: Int, _ q: Int, _ cosine: Double, _ sine: Double) {
    for i in vectors[p].indices {
      let (x, y) = (vectors[p][i], vectors[q][i])
      vectors[p][i] = cosine * x - sine * y
      vectors[q][i] = sine * x + cosine * y
    }
  }
}
