/// The second derivatives of a function at a place, as axes along which it bends.
package struct Curvature: Sendable {
  /// What a search may ask about second derivatives.
  package enum Question {
    /// The matrix, row by row.
    case matrix
    /// The matrix times a direction.
    case product([Double])
  }

  /// Answers a question at a place; nil where there is no answer.
  package typealias Source<Failure: Error> =
    (_ position: [Double], Question) throws(Failure) -> [Double]?

  /// Up to so many entries the whole matrix is taken apart.
  package static let mostEntries = 64
  /// How many products stand for the matrix of more.
  private static let mostProducts = 40

  struct Axis: Sendable {
    /// A direction, by which an entry moves when the axis is followed by 1.
    let direction: [Double]
    /// The second derivative along it.
    let bend: Double
    /// The first.
    let slope: Double
  }

  let axes: [Axis]
  /// Of the axes that bend: the greatest amount.
  private let greatest: Double

  /// The axes of a whole matrix.
  init(_ bends: Bends, at here: Sample) {
    let found = Eigenvalues(of: bends.rows)
    axes = zip(found.values, found.vectors).map { value, vector in
      let direction = zip(vector, bends.lengths).map { $0 * $1 }
      return Axis(direction: direction, bend: value, slope: dot(direction, here.gradient))
    }
    greatest = axes.reduce(0) { max($0, abs($1.bend)) }
  }

  /// The axes that a few products show.
  ///
  /// - Returns: nil where second derivatives are not finite.
  init?<Failure: Error>(
    byProductsAt here: Sample, _ source: Source<Failure>
  ) throws(Failure) {
    guard let axes = try Curvature.axes(at: here, byProducts: source) else { return nil }
    self.axes = axes
    greatest = axes.reduce(0) { max($0, abs($1.bend)) }
  }

  /// The axes of the space that the gradient and the products of it span: Lanczos's method, with
  /// every vector made orthogonal to all before it.
  private static func axes<Failure: Error>(
    at here: Sample, byProducts source: Source<Failure>
  ) throws(Failure) -> [Axis]? {
    // A share of everything, so that no axis is missed for its lack of slope.
    let slope = max(here.greatestSlope, 1e-300)
    var vector = here.gradient.enumerated().map { place, entry in
      entry / slope + 1e-3 * (Double((place * 7919 + 13) % 101) / 50 - 1)
    }
    var basis: [[Double]] = []
    var products: [[Double]] = []
    while basis.count < mostProducts {
      for _ in 0..<2 { for other in basis { add(-dot(other, vector), other, to: &vector) } }
      let length = dot(vector, vector).squareRoot()
      guard length > 1e-10, length.isFinite else { break }
      vector = vector.map { $0 / length }
      guard let product = try source(here.position, .product(vector)),
        product.allSatisfy(\.isFinite)
      else { return nil }
      basis.append(vector)
      products.append(product)
      let size = dot(product, product).squareRoot()
      guard size > 0 else { break }
      vector = product.map { $0 / size }
    }
    let rows = basis.indices.map { row in
      basis.indices.map { (dot(basis[row], products[$0]) + dot(basis[$0], products[row])) / 2 }
    }
    let found = Eigenvalues(of: rows)
    return zip(found.values, found.vectors).map { value, vector in
      var direction = [Double](repeating: 0, count: here.position.count)
      for (share, part) in zip(vector, basis) { add(share, part, to: &direction) }
      return Axis(direction: direction, bend: value, slope: dot(direction, here.gradient))
    }
  }

  /// Whether there is nothing but slopes.
  var isFlat: Bool { greatest == 0 }

  /// Bends below this are rounding.
  private var rounding: Double { greatest * Double(max(axes.count, 10)) * 1e-15 }

  func bendsDown(_ axis: Axis) -> Bool { axis.bend < -rounding }

  func isLevel(_ axis: Axis) -> Bool { abs(axis.bend) <= rounding }

  /// The decrease that Newton's step promises.
  var promise: Double {
    axes.reduce(0) { isLevel($1) ? $0 : $0 + $1.slope * $1.slope / abs($1.bend) / 2 }
  }

  /// Newton's step, downwards along axes that bend down, too; level axes are left alone.
  ///
  /// - Parameter limit: the greatest length that it may have, measured along the axes.
  /// - Returns: the step, and its length along the axes.
  func step(upTo limit: Double) -> (step: [Double], length: Double) {
    func shares(_ damping: Double) -> [Double] {
      axes.map { isLevel($0) ? 0 : -$0.slope / (abs($0.bend) + damping) }
    }
    func length(_ shares: [Double]) -> Double { dot(shares, shares).squareRoot() }
    var chosen = shares(0)
    if length(chosen) > limit {
      var (low, high) = (0.0, axes.reduce(0) { max($0, abs($1.slope)) } * 100 / limit + greatest)
      for _ in 0..<60 {
        let middle = low == 0 ? high / 16 : (low * high).squareRoot()
        if length(shares(middle)) > limit { low = middle } else { high = middle }
        if low > 0.8 * high || high < 1e-16 * greatest { break }
      }
      chosen = shares(high)
    }
    var step = [Double](repeating: 0, count: axes.first?.direction.count ?? 0)
    for (share, axis) in zip(chosen, axes) where share != 0 {
      add(share, axis.direction, to: &step)
    }
    return (step, length(chosen))
  }
}
