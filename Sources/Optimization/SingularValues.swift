/// The singular value decomposition A = U·Σ·Vᵀ of a tall matrix, by one-sided Jacobi rotations.
///
/// Columns are rotated in pairs until all are at right angles. Small singular values come out with
/// as many right digits as large ones, which ill-conditioned fits live on. Demmel and Veselić,
/// Jacobi's method is more accurate than QR, 1992.
struct SingularValues {
  /// The columns of U·Σ, then of U.
  private(set) var left: [[Double]]
  /// The columns of V.
  private(set) var right: [[Double]]
  private(set) var values: [Double]

  init(ofColumns columns: [[Double]]) {
    left = columns
    let count = columns.count
    right = (0..<count).map { place in (0..<count).map { $0 == place ? 1 : 0 } }
    values = []
    for _ in 0..<60 {
      if rotate() { break }
    }
    for place in 0..<count {
      let length = dot(left[place], left[place]).squareRoot()
      values.append(length)
      if length > 0 { left[place] = left[place].map { $0 / length } }
    }
  }

  /// Rotates every pair once; true when nothing was left to do.
  private mutating func rotate() -> Bool {
    var isDone = true
    for p in left.indices {
      for q in left.indices where q > p {
        let (a, b, c) = (dot(left[p], left[p]), dot(left[q], left[q]), dot(left[p], left[q]))
        guard abs(c) > 1e-16 * (a * b).squareRoot(), c.isFinite else { continue }
        isDone = false
        let ratio = (b - a) / (2 * c)
        let tangent = (ratio < 0 ? -1 : 1) / (abs(ratio) + (1 + ratio * ratio).squareRoot())
        let cosine = 1 / (1 + tangent * tangent).squareRoot()
        turn(&left, p, q, cosine, cosine * tangent)
        turn(&right, p, q, cosine, cosine * tangent)
      }
    }
    return isDone
  }

  private func turn(
    _ columns: inout [[Double]], _ p: Int, _ q: Int, _ cosine: Double, _ sine: Double
  ) {
    for i in columns[p].indices {
      let (x, y) = (columns[p][i], columns[q][i])
      columns[p][i] = cosine * x - sine * y
      columns[q][i] = sine * x + cosine * y
    }
  }

  /// How many singular values are more than rounding.
  var rank: Int {
    let greatest = values.max() ?? 0
    let rows = Double(left.first?.count ?? 0)
    return values.count { $0 > greatest * max(rows, 10) * 0x1p-52 && $0 > 0 }
  }

  /// The x that makes ‖A·x - b‖² + damping·‖x‖² least; the shortest where there are several.
  func solve(_ b: [Double], damping: Double = 0) -> [Double] {
    let least = (values.max() ?? 0) * 1e-14
    var solution = [Double](repeating: 0, count: values.count)
    for (place, value) in values.enumerated() where value > least || damping > 0 && value > 0 {
      let share = dot(left[place], b) * value / (value * value + damping)
      add(share, right[place], to: &solution)
    }
    return solution
  }
}
