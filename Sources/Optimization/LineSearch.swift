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

  /// The best place that a search has found.
  package struct Found: Sendable {
    package let sample: Sample
    /// Whether the function still fell as steeply at the greatest length, or to -inf.
    package let isEndless: Bool
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
  ) throws(Failure) -> Found? {
    guard slope < 0 else { return nil }
    var before = Point(step: 0, value: start.value, slope: slope, sample: start)
    var step = first
    var (turns, setbacks) = (0, 0)
    while turns < 40, setbacks < 60 {
      let point = try self.point(at: step, evaluate)
      if point.value == -.infinity { return Found(sample: before.sample, isEndless: true) }
      if !point.sample.isFinite {
        // Too far: back towards the last place that has a value, faster and faster.
        setbacks += 1
        let gap = (step - before.step) * (setbacks < 10 ? 0.5 : 0.1)
        if gap <= 1e-16 * before.step || gap == 0 { break }
        step = before.step + gap
        continue
      }
      if fails(point) || turns > 0 && point.value > before.value + rounding {
        return try zoom(before, point, evaluate).map { Found(sample: $0, isEndless: false) }
      }
      if abs(point.slope) <= -flat * slope { return Found(sample: point.sample, isEndless: false) }
      if point.slope >= 0 {
        return try zoom(point, before, evaluate).map { Found(sample: $0, isEndless: false) }
      }
      before = point
      turns += 1
      // On and on, faster and faster: 2^200 times as far in the end.
      step *= turns < 12 ? 2 : Double(1 << min(turns - 10, 10))
      if setbacks > 0, turns > 2 { break }
    }
    return lower(before).map { Found(sample: $0, isEndless: turns == 40) }
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
