/// The shortest vector of the convex hull of vectors: the steepest descent there is where they are
/// the gradients next to a place.
///
/// Wolfe, Finding the nearest point in a polytope, 1976. The affine minima on the way come from a
/// decomposition that keeps small digits, since what is asked is whether gradients cancel.
struct Hull {
  private var vectors: [[Double]] = []

  var count: Int { vectors.count }

  /// The length of the longest of them.
  var greatest: Double { vectors.reduce(0) { max($0, dot($1, $1).squareRoot()) } }

  mutating func add(_ vector: [Double]) { vectors.append(vector) }

  func shortest() -> [Double] {
    let squares = vectors.map { dot($0, $0) }
    guard let first = squares.indices.min(by: { squares[$0] < squares[$1] }) else { return [] }
    var members = [first]
    var weights = [1.0]
    var point = vectors[first]
    for _ in 0..<(20 * vectors.count) {
      let square = dot(point, point)
      let products = vectors.map { dot($0, point) }
      guard square > 0, let next = products.indices.min(by: { products[$0] < products[$1] }),
        products[next] < square * (1 - 1e-9), !members.contains(next)
      else { break }
      members.append(next)
      weights.append(0)
      while true {
        let affine = affineMinimum(members)
        guard let worst = share(towards: affine, weights) else {
          weights = affine
          break
        }
        weights = zip(weights, affine).map { $0 + worst * ($1 - $0) }
        let kept = weights.indices.filter { weights[$0] > 1e-14 }
        guard kept.count < members.count, !kept.isEmpty else { break }
        (members, weights) = (kept.map { members[$0] }, kept.map { weights[$0] })
      }
      var found = [Double](repeating: 0, count: point.count)
      for (member, weight) in zip(members, weights) {
        Optimization.add(weight, vectors[member], to: &found)
      }
      guard dot(found, found) < square else { break }
      point = found
    }
    return point
  }

  /// How far weights can go towards others before one of them is 0; nil for all the way.
  private func share(towards affine: [Double], _ weights: [Double]) -> Double? {
    guard affine.contains(where: { $0 <= 1e-14 }) else { return nil }
    var least = 1.0
    for (weight, end) in zip(weights, affine) where end <= 1e-14 && weight > end {
      least = min(least, weight / (weight - end))
    }
    return least
  }

  /// The weights, of sum 1, with which the sum of the members is shortest.
  private func affineMinimum(_ members: [Int]) -> [Double] {
    let base = vectors[members[0]]
    let columns = members.dropFirst().map { member in
      zip(vectors[member], base).map { $0 - $1 }
    }
    guard !columns.isEmpty else { return [1] }
    let others = SingularValues(ofColumns: Array(columns)).solve(base.map { -$0 })
    return [1 - others.reduce(0, +)] + others
  }
}
