/// The value of a function at a place, and its gradient there.
package struct Sample: Sendable {
  package var position: [Double]
  package var value: Double
  package var gradient: [Double]

  package init(position: [Double], value: Double, gradient: [Double]) {
    (self.position, self.value, self.gradient) = (position, value, gradient)
  }

  package var isFinite: Bool { value.isFinite && gradient.allSatisfy(\.isFinite) }

  package var greatestSlope: Double { gradient.reduce(0) { max($0, abs($1)) } }
}

/// Searches along a direction for a step with less value and much less slope: the strong Wolfe
/// conditions.
///
/// Nocedal and Wright, algorithms 3.5 and 3.6, with cubic interpolation. A place where the function
/// is nan or infinite counts as too far. Where values differ by no more than rounding the slopes
/// decide alone, as in Hager and Zhang, A new conjugate gradient method, 2005.
package struct LineSearch {
  /// How much of the decrease that the slope promises has to come, and how much slope may stay.
  private let sufficient = 1e-4
  private let flat = 0.9
  private let start: Sample
  private let direction: [Double]
  private let slope: Double
  /// Differences of values that may be rounding.
  private let rounding: Double

  private struct Point {
    var step: Double
    var value: Double
    var slope: Double
    var sample: Sample
  }

  package init(from start: Sample, along direction: [Double]) {
    (self.start, self.direction) = (start, direction)
    slope = dot(start.gradient, direction)
    rounding = LineSearch.rounding(of: start.value)
  }

  /// The differences of values near one that may be rounding.
  package static func rounding(of value: Double) -> Double { 1e-14 * abs(value) }

  /// Looks for the step, trying that length first.
  ///
  /// - Returns: the best place found; nil where none is lower than the start.
  package func run<Failure: Error>(
    trying first: Double, _ evaluate: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Sample? {
    guard slope < 0 else { return nil }
    var before = Point(step: 0, value: start.value, slope: slope, sample: start)
    var step = first
    for turn in 0..<30 {
      let point = try self.point(at: step, evaluate)
      if !point.sample.isFinite {
        // Too far: halfway back to the last place that has a value.
        step = (before.step + step) / 2
        if step - before.step < 1e-16 * first { break }
        continue
      }
      if fails(point) || turn > 0 && point.value > before.value + rounding {
        return try zoom(before, point, evaluate)
      }
      if abs(point.slope) <= -flat * slope { return point.sample }
      if point.slope >= 0 { return try zoom(point, before, evaluate) }
      before = point
      step *= 2
    }
    return lower(before)
  }

  private func zoom<Failure: Error>(
    _ low: Point, _ high: Point, _ evaluate: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Sample? {
    var (low, high) = (low, high)
    for _ in 0..<40 {
      let width = abs(high.step - low.step)
      if width <= 1e-15 * max(low.step, high.step) { break }
      var step = cubicMinimum(low, high)
      // Away from the ends, so that the bracket shrinks.
      let (left, right) = (min(low.step, high.step), max(low.step, high.step))
      if !(step > left + 0.1 * width && step < right - 0.1 * width) { step = (left + right) / 2 }
      let point = try self.point(at: step, evaluate)
      if !point.sample.isFinite || fails(point) || point.value > low.value + rounding {
        high = point
      } else {
        if abs(point.slope) <= -flat * slope { return point.sample }
        if point.slope * (high.step - low.step) >= 0 { high = low }
        low = point
      }
    }
    return lower(low)
  }

  private func lower(_ point: Point) -> Sample? {
    let isLower = point.value < start.value || isLevel(point) && !fails(point)
    return point.step > 0 && isLower ? point.sample : nil
  }

  private func fails(_ point: Point) -> Bool {
    isLevel(point)
      ? point.slope > (2 * sufficient - 1) * slope
      : point.value > start.value + sufficient * point.step * slope
  }

  private func isLevel(_ point: Point) -> Bool { abs(point.value - start.value) <= rounding }

  private func point<Failure: Error>(
    at step: Double, _ evaluate: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Point {
    var position = start.position
    add(step, direction, to: &position)
    let sample = try evaluate(position)
    return Point(
      step: step, value: sample.value, slope: dot(sample.gradient, direction), sample: sample)
  }

  /// Where the cubic through two points and their slopes is least; nan where it is nowhere.
  private func cubicMinimum(_ a: Point, _ b: Point) -> Double {
    let first = a.slope + b.slope - 3 * (a.value - b.value) / (a.step - b.step)
    let square = first * first - a.slope * b.slope
    guard square >= 0 else { return .nan }
    let second = (b.step > a.step ? 1 : -1) * square.squareRoot()
    let share = (b.slope + second - first) / (b.slope - a.slope + 2 * second)
    return b.step - (b.step - a.step) * share
  }
}
