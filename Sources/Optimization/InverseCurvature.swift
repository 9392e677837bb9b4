/// The inverse of the second derivatives as gradients tell it, one step after the other.
///
/// That is the method of Broyden, Fletcher, Goldfarb and Shanno: Nocedal and Wright, 6.1.
/// At kinks it learns which directions they cut, which is why it gets down to them.
struct InverseCurvature {
  private var rows: [[Double]]

  init(lengths: [Double]) {
    rows = lengths.indices.map { row in
      lengths.indices.map { $0 == row ? lengths[row] * lengths[row] : 0 }
    }
  }

  func direction(_ gradient: [Double]) -> [Double] { rows.map { -dot($0, gradient) } }

  /// Learns from a step: how far it went and how the gradient changed.
  mutating func learn(move: [Double], change: [Double]) {
    let curvature = dot(move, change)
    let image = rows.map { dot($0, change) }
    let size = dot(change, image)
    guard curvature > 0, size > 0, curvature.isFinite, size.isFinite else { return }
    let weight = (1 + size / curvature) / curvature
    guard weight.isFinite else { return }
    for row in rows.indices {
      let (a, b) = (weight * move[row] - image[row] / curvature, move[row] / curvature)
      for column in rows.indices {
        rows[row][column] += a * move[column] - b * image[column]
      }
    }
  }
}
