/// Least squares for functions that are not linear: Levenberg's and Marquardt's method in the form
/// of Moré (The Levenberg-Marquardt algorithm: implementation and theory, 1978), a step being the
/// best of the linear model within a trust region whose axes are scaled by the columns.
package struct LeastSquares: Sendable {
  /// The residuals at a place, and their derivatives with respect to each parameter, a column each.
  package struct Linearization: Sendable {
    package var residuals: [Double]
    package var columns: [[Double]]

    package init(residuals: [Double], columns: [[Double]]) {
      (self.residuals, self.columns) = (residuals, columns)
    }

    var sum: Double { dot(residuals, residuals) }

    var isFinite: Bool { sum.isFinite && columns.allSatisfy { $0.allSatisfy(\.isFinite) } }
  }

  /// How a search goes about it; what is easy is found by all, what is hard by one or another.
  package struct Manner: Sendable {
    /// The first radius of the trust region, in lengths of the scaled start.
    var radius: Double
    /// Whether the scale of a column never shrinks.
    var keepsScale = true
    /// Whether steps bend with the curvature of the model: Transtrum and Sethna, Improvements to
    /// the Levenberg-Marquardt algorithm, 2012.
    var bends = false

    package static let all = [
      Manner(radius: 100), Manner(radius: 1, bends: true), Manner(radius: 0.1),
      Manner(radius: 0.1, keepsScale: false), Manner(radius: 1, keepsScale: false, bends: true),
      Manner(radius: 0.01, bends: true),
    ]
  }

  package private(set) var position: [Double]
  package private(set) var here: Linearization
  package private(set) var iterations = 0
  /// Whether no step leads lower.
  package private(set) var hasConverged = false

  private let manner: Manner
  /// The length of residuals that is rounding of the data.
  private let rounding: Double
  private var scale: [Double] = []
  private var radius = 0.0

  package init(
    from start: [Double], _ here: Linearization, _ manner: Manner, rounding: Double = 0
  ) {
    (position, self.here, self.manner, self.rounding) = (start, here, manner, rounding)
    rescale()
    let length = scaledLength(position)
    radius = manner.radius * (length > 0 ? length : 1)
  }

  package var sum: Double { here.sum }

  /// A place and what is there.
  package typealias Function<Failure: Error> = ([Double]) throws(Failure) -> Linearization

  /// Makes one step lower.
  ///
  /// - Returns: false when there is none; `hasConverged` tells whether that is the end.
  package mutating func advance<Failure: Error>(_ function: Function<Failure>) throws(Failure)
    -> Bool
  {
    let factors = SingularValues(ofColumns: scaledColumns)
    let length = here.sum.squareRoot()
    guard length > 0 else {
      hasConverged = true
      return false
    }
    for _ in 0..<60 {
      let (step, damping) = trustedStep(factors)
      var next = position
      add(1, unscaled(step), to: &next)
      let bend = try bend(along: step, factors, damping, function)
      if let bend { add(1, unscaled(bend), to: &next) }
      guard next != position else { break }
      let there = try function(next)
      let change = columnsTimes(step)
      let promised = (dot(change, change) + 2 * damping * dot(step, step)) / here.sum
      let found = there.isFinite ? 1 - there.sum / here.sum : -1
      let ratio = promised > 0 ? found / promised : 0
      let stepLength = dot(step, step).squareRoot()
      if ratio <= 0.25 {
        radius = min(radius, stepLength * 10) * (found < 0 ? 0.25 : 0.5)
      } else if ratio >= 0.75 || damping == 0 {
        radius = 2 * stepLength
      }
      if ratio > 1e-4 {
        iterations += 1
        (position, here) = (next, there)
        rescale()
        if found < 1e-12, promised < 1e-12 { hasConverged = true }
        return !hasConverged
      }
      if promised < 1e-15 || stepLength <= 1e-14 * scaledLength(position) {
        hasConverged = true
        return false
      }
    }
    hasConverged = slopeIsSmall || length <= rounding
    return false
  }

  /// Steps of Gauss and Newton as long as they get shorter: near the end they gain the digits that
  /// the sum of squares, flat as it is there, does not show.
  package mutating func polish<Failure: Error>(_ function: Function<Failure>) throws(Failure) {
    var before = Double.infinity
    for _ in 0..<100 {
      rescale()
      let step = SingularValues(ofColumns: scaledColumns).solve(here.residuals.map { -$0 })
      let length = dot(step, step).squareRoot()
      guard length < 0.9 * before, length > 0 else { return }
      var next = position
      add(1, unscaled(step), to: &next)
      let there = try function(next)
      guard there.isFinite, there.sum <= here.sum * (1 + 1e-9) else { return }
      (position, here) = (next, there)
      iterations += 1
      before = length
    }
  }

  /// Whether every column is nearly at right angles to the residuals.
  private var slopeIsSmall: Bool {
    let length = here.sum.squareRoot()
    return here.columns.allSatisfy { column in
      abs(dot(column, here.residuals)) <= 1e-7 * dot(column, column).squareRoot() * length
    }
  }

  private var scaledColumns: [[Double]] {
    zip(here.columns, scale).map { column, scale in column.map { $0 / scale } }
  }

  private func columnsTimes(_ scaledStep: [Double]) -> [Double] {
    var change = [Double](repeating: 0, count: here.residuals.count)
    for (place, column) in here.columns.enumerated() {
      add(scaledStep[place] / scale[place], column, to: &change)
    }
    return change
  }

  private func unscaled(_ step: [Double]) -> [Double] { zip(step, scale).map { $0 / $1 } }

  private func scaledLength(_ position: [Double]) -> Double {
    zip(position, scale).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 }.squareRoot()
  }

  private mutating func rescale() {
    let lengths = here.columns.map { column in
      let length = dot(column, column).squareRoot()
      return length > 0 && length.isFinite ? length : 1
    }
    let keeps = manner.keepsScale && !scale.isEmpty
    scale = keeps ? zip(scale, lengths).map { max($0, $1) } : lengths
  }

  /// The best step of the linear model that is no longer than the radius, and the damping for it.
  ///
  /// The length falls as the damping grows; Newton's method on 1/length finds the place.
  private func trustedStep(_ factors: SingularValues) -> ([Double], Double) {
    let target = here.residuals.map { -$0 }
    var step = factors.solve(target)
    var length = dot(step, step).squareRoot()
    guard length > 1.1 * radius else { return (step, 0) }
    let shares = factors.left.map { dot($0, target) }
    var (low, high) = (0.0, dot(shares, shares).squareRoot() * (factors.values.max() ?? 1) / radius)
    var damping = 0.001 * high
    for _ in 0..<50 {
      var (square, slope) = (0.0, 0.0)
      for (share, value) in zip(shares, factors.values) where value > 0 {
        let denominator = value * value + damping
        let part = share * value / denominator
        square += part * part
        slope -= part * part / denominator
      }
      length = square.squareRoot()
      if abs(length - radius) <= 0.1 * radius { break }
      if length > radius { low = max(low, damping) } else { high = min(high, damping) }
      let next = damping - square / slope * (length - radius) / radius
      damping = next > low && next < high ? next : max(0.001 * high, (low * high).squareRoot())
    }
    step = factors.solve(target, damping: damping)
    return (step, damping)
  }

  /// What is added to a step so that it follows the curve that the model makes.
  private func bend<Failure: Error>(
    along step: [Double], _ factors: SingularValues, _ damping: Double,
    _ function: Function<Failure>
  ) throws(Failure) -> [Double]? {
    guard manner.bends else { return nil }
    let part = 0.1
    var place = position
    add(part, unscaled(step), to: &place)
    let there = try function(place)
    guard there.isFinite else { return nil }
    let change = columnsTimes(step)
    let curvature = here.residuals.indices.map { i in
      2 / part * ((there.residuals[i] - here.residuals[i]) / part - change[i])
    }
    let bend = factors.solve(curvature.map { -$0 / 2 }, damping: damping)
    let isSlight = dot(bend, bend) * 4 <= 0.5625 * dot(step, step)
    return isSlight && bend.allSatisfy(\.isFinite) ? bend : nil
  }
}

extension LeastSquares {
  /// What the residuals and their derivatives say about the certainty of the parameters.
  package struct Certainty: Sendable {
    /// The standard error of each parameter; infinite for one that the data leave open.
    package let errors: [Double]
    /// How many data there are beyond the directions that they determine.
    package let degreesOfFreedom: Int
    package let residualDeviation: Double
    /// How many directions of the parameters the data determine.
    package let rank: Int
  }

  package var certainty: Certainty {
    let count = position.count
    let lengths = here.columns.map { dot($0, $0).squareRoot() }.map { $0 > 0 ? $0 : 1 }
    let factors = SingularValues(
      ofColumns: zip(here.columns, lengths).map { column, length in column.map { $0 / length } })
    let rank = factors.rank
    let freedom = here.residuals.count - rank
    let deviation = freedom > 0 ? (here.sum / Double(freedom)).squareRoot() : 0
    let greatest = factors.values.max() ?? 0
    let rounding = greatest * Double(max(here.residuals.count, 10)) * 0x1p-52
    let errors = (0..<count).map { place in
      var square = 0.0
      for (column, value) in zip(factors.right, factors.values) {
        if value > rounding {
          let part = column[place] / value
          square += part * part
        } else if abs(column[place]) > 1e-8 {
          square = .infinity
        }
      }
      return deviation * square.squareRoot() / lengths[place]
    }
    return Certainty(
      errors: errors, degreesOfFreedom: freedom, residualDeviation: deviation, rank: rank)
  }
}
