/// Steps among kinks, where slopes jump: a quasi-Newton method that needs no smoothness, and at its
/// end the question whether the gradients around cancel.
extension Descent {
  /// The entries up to which that is tried: the method keeps a square of numbers.
  private static let mostEntries = 300

  mutating func followKinks<Failure: Error>(
    _ sample: ([Double]) throws(Failure) -> Sample, _ source: Curvature.Source<Failure>
  ) throws(Failure) -> Progress {
    guard here.position.count <= Descent.mostEntries else { return .ended(.stuck) }
    while knows.rounds < 30 {
      if let progress = try descendAmongKinks(sample) { return progress }
      knows.inverse = nil
      knows.rounds += 1
      if case .verdict(let verdict) = try lookAround(sample, source) { return .ended(verdict) }
      var isFirst = true
      var lower: Sample?
      // Gradients that cancel within a length are asked again within ever smaller ones.
      for radius in [1e-7, 1e-10, 1e-13] where lower == nil {
        switch try surroundings(within: radius, sample) {
        case .cancel: break
        case .lower(let place): lower = place
        case .unclear where isFirst: return .ended(stuck)
        case .unclear: break
        }
        isFirst = false
      }
      guard let lower else { return .ended(try verdictAtKink(sample)) }
      move(to: lower)
      return .moved
    }
    return .ended(stuck)
  }

  /// The verdict where no lower place is found: slopes that have become so steep have no end.
  private var stuck: Verdict {
    here.greatestSlope > 1e20 * first.greatestSlope ? .endless : .stuck
  }

  /// How far each entry may go before slopes as great as those on the way use up the loss.
  private var lengths: [Double] {
    zip(slopes, sizes).map { slope, size in
      let length = slope > 0 ? range / slope : size
      return length > 0 && length < .infinity ? length : 1
    }
  }

  private mutating func descendAmongKinks<Failure: Error>(
    _ sample: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Progress? {
    if knows.inverse == nil {
      let lengths = self.lengths
      let sum = zip(lengths, here.gradient).reduce(0) { $0 + $1.0 * abs($1.1) }
      guard sum > 0 else { return nil }
      let root = sum.squareRoot()
      knows.inverse = InverseCurvature(lengths: lengths.map { $0 / root })
      knows.mark = (here.value, counts[2])
    }
    if counts[2] >= knows.mark.step + 20 + 2 * here.position.count {
      let gain = knows.mark.value - here.value
      guard gain > 1e-13 * range else { return nil }
      knows.mark = (here.value, counts[2])
    }
    guard let direction = knows.inverse?.direction(here.gradient),
      let found = try WeakWolfe(start: here, direction: direction).run(trying: 1, sample)
    else { return nil }
    let next = found.sample
    knows.inverse?.learn(
      move: zip(next.position, here.position).map { $0 - $1 },
      change: zip(next.gradient, here.gradient).map { $0 - $1 })
    move(to: next)
    return found.isEndless ? .ended(.endless) : .moved
  }

  /// What the gradients around a place tell.
  private enum Surroundings {
    /// They cancel: no direction leads down from all of them.
    case cancel
    case lower(Sample)
    case unclear
  }

  /// Collects gradients within a radius, each where the shortest vector of the hull of those before
  /// promised a lower place that is not there.
  ///
  /// Wolfe, A method of conjugate subgradients, 1975.
  private func surroundings<Failure: Error>(
    within radius: Double, _ sample: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Surroundings {
    let lengths = self.lengths
    var hull = Hull()
    hull.add(zip(here.gradient, lengths).map { $0 * $1 })
    for _ in 0..<(4 * here.position.count + 20) {
      let shortest = hull.shortest()
      let length = dot(shortest, shortest).squareRoot()
      if length <= 1e-7 * hull.greatest { return .cancel }
      let direction = zip(shortest, lengths).map { -$0 / length * radius * $1 }
      let slope = -length * radius
      var step = 1.0
      var gradient: [Double]?
      for _ in 0..<40 {
        var position = here.position
        add(step, direction, to: &position)
        guard position != here.position else { break }
        let there = try sample(position)
        if there.isFinite, there.value < here.value + 0.1 * step * slope {
          // Lower by as much as was promised: as far along as it goes.
          let found = try WeakWolfe(start: here, direction: direction).run(trying: step, sample)
          return .lower(found.map { $0.sample.value <= there.value ? $0.sample : there } ?? there)
        }
        if there.isFinite {
          gradient = there.gradient
          if dot(there.gradient, direction) >= 0.5 * slope { break }
        }
        step /= 2
      }
      guard let gradient else { return .unclear }
      hull.add(zip(gradient, lengths).map { $0 * $1 })
    }
    return .unclear
  }

  /// The verdict on a place around which gradients cancel.
  private func verdictAtKink<Failure: Error>(
    _ sample: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Verdict {
    var falls: [Neighbours] = []
    var isFlat = false
    for place in here.position.indices {
      var direction = [Double](repeating: 0, count: here.position.count)
      direction[place] = 1
      let found = try neighbours(along: direction, sample)
      if found.lower > 0 { falls.append(found) }
      if found.level == 2, here.gradient[place] == 0, slopes[place] > 0 { isFlat = true }
    }
    if falls.isEmpty, try fallsAside(sample) { return .saddle }
    if falls.isEmpty { return isFlat ? .flat : .minimum }
    return falls.count == here.position.count && falls.allSatisfy { $0.lower == 2 }
      ? .maximum : .saddle
  }
}
