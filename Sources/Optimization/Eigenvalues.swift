/// The eigenvalues of a symmetric matrix and their vectors, by Jacobi's rotations.
///
/// Golub and Van Loan, Matrix Computations, 8.5: entries off the diagonal are rotated away one by
/// one until they are no more than rounding.
struct Eigenvalues {
  let values: [Double]
  /// One vector of length 1 for each value.
  let vectors: [[Double]]

  /// - Parameter rows: a symmetric matrix of finite numbers.
  init(of rows: [[Double]]) {
    let count = rows.count
    var entries = Array(rows.joined())
    var vectors = [Double](repeating: 0, count: count * count)
    for place in 0..<count { vectors[place * count + place] = 1 }
    for _ in 0..<60 {
      var isDone = true
      for p in 0..<count {
        for q in p + 1..<max(p + 1, count) {
          let (a, b) = (entries[p * count + p], entries[q * count + q])
          let c = entries[p * count + q]
          guard abs(c) > 1e-17 * (abs(a) + abs(b)) else { continue }
          isDone = false
          let ratio = (b - a) / (2 * c)
          let tangent = (ratio < 0 ? -1 : 1) / (abs(ratio) + (1 + ratio * ratio).squareRoot())
          let cosine = 1 / (1 + tangent * tangent).squareRoot()
          let turn = Rotation(cosine: cosine, sine: cosine * tangent, count: count)
          turn.apply(to: &entries, from: p * count, q * count, stride: 1)
          turn.apply(to: &entries, from: p, q, stride: count)
          turn.apply(to: &vectors, from: p * count, q * count, stride: 1)
          (entries[p * count + q], entries[q * count + p]) = (0, 0)
        }
      }
      if isDone { break }
    }
    values = (0..<count).map { entries[$0 * count + $0] }
    self.vectors = (0..<count).map { Array(vectors[$0 * count..<($0 + 1) * count]) }
  }

  /// A rotation of two rows, or of two columns.
  private struct Rotation {
    let cosine: Double
    let sine: Double
    let count: Int

    func apply(to entries: inout [Double], from p: Int, _ q: Int, stride: Int) {
      entries.withUnsafeMutableBufferPointer { entries in
        var (p, q) = (p, q)
        for _ in 0..<count {
          let (x, y) = (entries[p], entries[q])
          entries[p] = cosine * x - sine * y
          entries[q] = sine * x + cosine * y
          p += stride
          q += stride
        }
      }
    }
  }
}
