/// The second derivatives of a function at a place as a whole matrix, each entry measured in the
/// length in which it bends alike, so that the units of the params do not matter.
///
/// Of the matrix H that is D·H·D, where D = 1/√|Hᵢᵢ|.
struct Bends {
  let lengths: [Double]
  let rows: [[Double]]

  /// - Returns: nil where second derivatives are not finite.
  init?<Failure: Error>(
    at here: Sample, _ source: Curvature.Source<Failure>
  ) throws(Failure) {
    let count = here.position.count
    guard let matrix = try source(here.position, .matrix), matrix.allSatisfy(\.isFinite) else {
      return nil
    }
    var lengths = (0..<count).map { place in
      let own = abs(matrix[place * count + place])
      return own > 0 ? 1 / own.squareRoot() : 0
    }
    for place in 0..<count where lengths[place] == 0 {
      // Bent only together with others: as long as makes the greatest such entry 1.
      let others = (0..<count).reduce(0) {
        max($0, abs(matrix[place * count + $1]) * lengths[$1])
      }
      lengths[place] = others > 0 ? 1 / others : 1
    }
    rows = (0..<count).map { row in
      (0..<count).map { lengths[row] * matrix[row * count + $0] * lengths[$0] }
    }
    self.lengths = lengths
    guard rows.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
  }

  /// Newton's step, where the function bends up in every direction by more than rounding; else nil.
  ///
  /// That is told by Cholesky's decomposition, which costs much less than all axes.
  func step(against gradient: [Double]) -> [Double]? {
    var factor = rows
    for column in factor.indices {
      for row in column..<factor.count {
        var sum = factor[row][column]
        for k in 0..<column { sum -= factor[row][k] * factor[column][k] }
        if row > column {
          factor[row][column] = sum / factor[column][column]
        } else {
          guard sum > 1e-10 else { return nil }
          factor[row][row] = sum.squareRoot()
        }
      }
    }
    var step = zip(gradient, lengths).map { -$0 * $1 }
    for row in step.indices {
      for k in 0..<row { step[row] -= factor[row][k] * step[k] }
      step[row] /= factor[row][row]
    }
    for row in step.indices.reversed() {
      for k in row + 1..<max(row + 1, step.count) { step[row] -= factor[k][row] * step[k] }
      step[row] /= factor[row][row]
    }
    return zip(step, lengths).map { $0 * $1 }
  }
}
