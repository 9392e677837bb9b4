/// What is asked before a minimum is said to be one.
extension Descent {
  /// Looks once more at a verdict: what is small beside where a search began may be large where it
  /// is, and a function that levels off has slopes as small as those of a minimum.
  mutating func confirm<Failure: Error>(
    _ verdict: Verdict, _ sample: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Progress {
    if isRenewed, !isNews(verdict) { return .ended(.minimum) }
    guard verdict == .minimum else { return .ended(verdict) }
    let onward = zip(here.gradient, sizes).map { $0 > 0 ? -$1 : $0 < 0 ? $1 : 0 }
    let way = zip(here.position, first.position).map { $0 - $1 }
    for direction in [onward, way] {
      if let other = try fate(along: direction, sample) { return .ended(other) }
    }
    if counts.allSatisfy({ $0 == 0 }), try fallsAside(sample) { return .ended(.saddle) }
    // Among kinks the end is where gradients cancel, whatever the sizes.
    guard !isRenewed, self.way != .kinks, here.greatestSlope > 0,
      zip(here.position, sizes).contains(where: { abs($0) < 1e-2 * $1 })
    else { return .ended(verdict) }
    isRenewed = true
    first = here
    sizes = here.position.map { abs($0) }
    slopes = here.gradient.map { abs($0) }
    knows = Knowledge(memory: knows.memory)
    self.way = .newton
    return .moved
  }

  /// Whether a search that had found a minimum before has found something else since.
  private func isNews(_ verdict: Verdict) -> Bool {
    switch verdict {
    case .minimum: true
    case .receding, .endless:
      zip(here.position, first.position).contains { abs($0) > 2 * abs($1) }
    case .saddle, .maximum:
      // Where almost nothing is left of the loss, bends are rounding.
      first.value - here.value > 1e-3 * abs(first.value)
        && abs(here.value) > 1e-2 * abs(first.value)
    case .flat, .stuck, .slight: false
    }
  }

  /// The verdict on a place from which slopes lead down a long way along a direction: receding where
  /// they become smaller and smaller, a saddle where they do not; nil where they turn.
  private func fate<Failure: Error>(
    along direction: [Double], _ sample: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Verdict? {
    var slope = -dot(here.gradient, direction)
    guard slope > 0 else { return nil }
    let rounding = LineSearch.rounding(of: here.value)
    var (isFading, isLower) = (true, false)
    for share in [0.02, 0.1, 0.5, 2] {
      var position = here.position
      add(share, direction, to: &position)
      let there = try sample(position)
      let next = -dot(there.gradient, direction)
      guard there.isFinite, there.value <= here.value + rounding, next >= 0 else {
        return isLower ? .saddle : nil
      }
      isFading = isFading && (next < slope || next == 0 && share > 0.02)
      isLower = isLower || !isFading && there.value < here.value - 1e3 * rounding
      slope = next
    }
    return isFading ? .receding : isLower ? .saddle : nil
  }

  /// Whether a place between the axes is lower.
  func fallsAside<Failure: Error>(
    _ sample: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Bool {
    let lengths = sizes.map { $0 > 0 ? $0 : 1 }
    for signs in Descent.corners(of: lengths.count) {
      let direction = zip(signs, lengths).map { $0 * $1 }
      if try neighbours(along: direction, sample).lower > 0 { return true }
    }
    return false
  }

  /// Directions between the axes: those of all pairs of a few entries, and of many some.
  private static func corners(of count: Int) -> [[Double]] {
    guard count > 1 else { return [] }
    var directions: [[Double]] = []
    if count <= 10 {
      for one in 0..<count {
        for other in (one + 1)..<max(count, one + 1) {
          for sign in [1.0, -1] {
            var direction = [Double](repeating: 0, count: count)
            (direction[one], direction[other]) = (1, sign)
            directions.append(direction)
          }
        }
      }
      return directions
    }
    for round in 1...32 {
      // Multiples of the golden ratio, whose signs follow no pattern.
      directions.append(
        (1...count).map { place in
          let part = (Double(place * round) * 0.6180339887498949)
            .truncatingRemainder(dividingBy: 1)
          return part < 0.5 ? 1 : -1
        })
    }
    return directions
  }
}
