/// Looks along a direction for a place that is lower and where the slope is much less, by doubling
/// and halving: the weak Wolfe conditions, which a function with kinks can meet.
///
/// Lewis and Overton, Nonsmooth optimization via quasi-Newton methods, 2013.
struct WeakWolfe {
  let start: Sample
  let direction: [Double]

  /// - Returns: the best place found; nil where none is lower than the start.
  func run<Failure: Error>(
    trying first: Double, _ evaluate: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> LineSearch.Found? {
    let slope = dot(start.gradient, direction)
    guard slope < 0 else { return nil }
    var (low, high) = (0.0, Double.infinity)
    var best: Sample?
    var step = first
    for turn in 0..<100 {
      var position = start.position
      add(step, direction, to: &position)
      if position == start.position { break }
      let sample = try evaluate(position)
      if sample.value == -.infinity {
        return LineSearch.Found(sample: best ?? start, isEndless: true)
      }
      if !sample.isFinite || sample.value >= start.value + 1e-4 * step * slope {
        high = step
      } else {
        best = sample
        if dot(sample.gradient, direction) > 0.5 * slope {
          return LineSearch.Found(sample: sample, isEndless: false)
        }
        low = step
      }
      if high < .infinity {
        if high - low <= 1e-15 * high { break }
        step = (low + high) / 2
      } else {
        step *= turn < 12 ? 2 : Double(1 << min(turn - 10, 10))
        if turn > 40, let best { return LineSearch.Found(sample: best, isEndless: true) }
      }
    }
    return best.map { LineSearch.Found(sample: $0, isEndless: false) }
  }
}
