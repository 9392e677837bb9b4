/// Steps that second derivatives lead, and what they say of a place.
extension Descent {
  /// How far second derivatives are trusted.
  struct Trust: Sendable {
    /// The longest step, measured along the axes.
    var radius = Double.infinity
    /// Steps in a row that were much shorter than Newton's.
    var shortSteps = 0
    /// Steps in a row that went on as the one before, with as much left to do.
    var idleSteps = 0
    /// Steps in a row that turned aside, with as much left to do.
    var turnedSteps = 0
    /// The step before, and what it promised.
    var step: [Double] = []
    var promise = Double.infinity
  }

  /// The amount of loss that counts: how much the search has gained, or else a share of what is.
  var range: Double { max(first.value - here.value, 1e-3 * abs(here.value)) }

  /// One step of Newton's method, or the verdict; nil where second derivatives are of no help.
  mutating func followCurvature<Failure: Error>(
    _ sample: ([Double]) throws(Failure) -> Sample, _ source: Curvature.Source<Failure>
  ) throws(Failure) -> Progress? {
    let curvature: Curvature
    switch try lookAround(sample, source) {
    case .nothing: return nil
    case .verdict(let verdict): return .ended(verdict)
    case .curvature(let found): curvature = found
    }
    guard !curvature.isFlat, knows.trust.shortSteps < 5, knows.trust.turnedSteps < 15
    else { return nil }
    let full = curvature.step(upTo: .infinity)
    for _ in 0..<40 {
      let (step, length) = curvature.step(upTo: knows.trust.radius)
      var position = here.position
      add(1, step, to: &position)
      guard position != here.position, length > 0 else { break }
      let there = try sample(position)
      if there.value == -.infinity { return .ended(.endless) }
      guard there.isFinite, isBetter(there, curvature) else {
        knows.trust.radius = length / 4
        continue
      }
      let gain = here.value - there.value
      // Where gains are rounding they say nothing of the step.
      if abs(gain) > LineSearch.rounding(of: here.value) {
        let ratio = gain / curvature.promise(of: step, from: here)
        if ratio < 0.25 { knows.trust.radius = length / 2 }
        if ratio > 0.75 { knows.trust.radius = length * 4 }
      }
      knows.trust.shortSteps = length < 1e-3 * full.length ? knows.trust.shortSteps + 1 : 0
      compare(step, curvature.promise)
      (knows.trust.step, knows.trust.promise) = (step, curvature.promise)
      move(to: there)
      guard knows.trust.idleSteps < 60 || !goesOut(step) else {
        let isEndless = try fallsOn(curvature, along: step, sample)
        return .ended(isEndless ? .endless : .receding)
      }
      return .moved
    }
    // Nothing lower anywhere: a minimum if no more than rounding was promised.
    let isSlight = curvature.promise <= max(1e-12 * range, 1e-9 * abs(here.value))
    if isSlight, !curvature.axes.contains(where: curvature.bendsDown),
      areSlight(curvature.axes.filter(curvature.isLevel))
    {
      return .ended(.minimum)
    }
    return nil
  }

  /// Whether a step leads away from 0 in the entry that it changes most.
  private func goesOut(_ step: [Double]) -> Bool {
    guard let goer else { return true }
    return step[goer] * here.position[goer] > 0
  }

  /// Whether a function that falls on and on does so without end: it bends down, or is lower by as
  /// much again as the search has gained so far, very far along.
  private func fallsOn<Failure: Error>(
    _ curvature: Curvature, along step: [Double],
    _ sample: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Bool {
    if curvature.axes.contains(where: curvature.bendsDown) { return true }
    for length in [1e100, 1e200] {
      var position = here.position
      add(length, step, to: &position)
      if try sample(position).value < here.value - range { return true }
    }
    return false
  }

  /// What second derivatives tell of a place.
  enum View {
    case nothing
    case verdict(Verdict)
    /// It is no end.
    case curvature(Curvature)
  }

  /// Asks second derivatives whether here is an end.
  func lookAround<Failure: Error>(
    _ sample: ([Double]) throws(Failure) -> Sample, _ source: Curvature.Source<Failure>
  ) throws(Failure) -> View {
    let curvature: Curvature
    if here.position.count > Curvature.mostEntries {
      guard let found = try Curvature(byProductsAt: here, source) else { return .nothing }
      curvature = found
    } else {
      guard let bends = try Bends(at: here, source) else { return .nothing }
      if let step = bends.step(against: here.gradient) {
        let promise = -dot(step, here.gradient) / 2
        if isSlight(step) || isSettled(promise) { return .verdict(.minimum) }
      }
      curvature = Curvature(bends, at: here)
    }
    if let verdict = try verdict(curvature, sample) { return .verdict(verdict) }
    return .curvature(curvature)
  }

  /// Whether a place is lower, or as low with less to gain.
  private func isBetter(_ there: Sample, _ curvature: Curvature) -> Bool {
    let gain = here.value - there.value
    let rounding = LineSearch.rounding(of: here.value)
    if gain > rounding { return true }
    return gain >= -rounding && curvature.promise(at: there) < 0.8 * curvature.promise
  }

  /// Compares a step with the one before, and what they promised.
  private mutating func compare(_ step: [Double], _ promise: Double) {
    let before = knows.trust.step
    var (isIdle, isTurned) = (false, false)
    if before.count == step.count {
      let (a, b) = (dot(step, step), dot(before, before))
      let isAlong = dot(step, before) > 0.8 * (a * b).squareRoot()
      let isUndone = promise > 0.5 * knows.trust.promise
      (isIdle, isTurned) = (isAlong && (a > 0.64 * b || isUndone), !isAlong && isUndone)
    }
    knows.trust.idleSteps = isIdle ? knows.trust.idleSteps + 1 : 0
    knows.trust.turnedSteps = isTurned ? knows.trust.turnedSteps + 1 : 0
  }

  /// The verdict on a place where slopes have nothing more to give; nil where they have.
  private func verdict<Failure: Error>(
    _ curvature: Curvature, _ sample: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Verdict? {
    let level = curvature.axes.filter(curvature.isLevel)
    let step = curvature.step(upTo: .infinity).step
    let down = curvature.axes.filter(curvature.bendsDown)
    guard areSlight(level),
      down.allSatisfy({ $0.slope * $0.slope <= 1e-12 * range * abs($0.bend) })
    else { return nil }
    if !isSlight(step), !isSettled(curvature.promise) {
      guard try leadsToAnEnd(step, curvature, sample) else { return nil }
    }
    var falls: [Neighbours] = []
    var isLevel = false
    for axis in curvature.axes where curvature.bendsDown(axis) || curvature.isLevel(axis) {
      var found = try neighbours(along: axis.direction, sample)
      // Differences may be too small to be seen beside a large loss.
      if found.level + found.lower == 2, curvature.bendsDownClearly(axis) {
        found = Neighbours(lower: 2)
      }
      if found.lower > 0 { falls.append(found) }
      if found.level > 0 { isLevel = true }
    }
    if falls.isEmpty {
      guard isLevel else { return .minimum }
      return try hasLostInfluence(curvature, sample) ? .flat : .minimum
    }
    return falls.count == here.position.count && falls.allSatisfy { $0.lower == 2 }
      ? .maximum : .saddle
  }

  /// Whether some entry has no influence here, although it had at the start, or none has.
  private func hasLostInfluence<Failure: Error>(
    _ curvature: Curvature, _ sample: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Bool {
    if curvature.isFlat, counts.allSatisfy({ $0 == 0 }), here.greatestSlope == 0 { return true }
    for place in here.position.indices where here.gradient[place] == 0 && slopes[place] > 0 {
      let bends = curvature.axes.contains { $0.bend != 0 && abs($0.direction[place]) > 0 }
      guard !bends else { continue }
      var direction = [Double](repeating: 0, count: here.position.count)
      direction[place] = 1
      if try neighbours(along: direction, sample).level == 2 { return true }
    }
    return false
  }

  /// How the places next to here lie, on the two sides along a direction.
  struct Neighbours {
    var lower = 0
    var level = 0
  }

  func neighbours<Failure: Error>(
    along direction: [Double], _ sample: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Neighbours {
    let reach = reach(of: direction)
    let rounding = LineSearch.rounding(of: here.value)
    var found = Neighbours()
    for sign in [1.0, -1] {
      var (isLower, isLevel) = (true, true)
      for share in [1e-3, 1e-4] where isLower || isLevel {
        var position = here.position
        add(sign * share * reach, direction, to: &position)
        let gain = here.value - (try sample(position).value)
        isLower = isLower && gain > rounding
        isLevel = isLevel && gain >= -rounding
      }
      if isLower { found.lower += 1 } else if isLevel { found.level += 1 }
    }
    return found
  }

  /// How far a direction can be followed until an entry has changed by its greatest size.
  private func reach(of direction: [Double]) -> Double {
    let share = zip(direction, sizes).reduce(0) { max($0, abs($1.0) / ($1.1 > 0 ? $1.1 : 1)) }
    return share > 0 ? 1 / share : 0
  }

  /// Whether a promise is far less than rounding, and steps do not merely go on and on.
  ///
  /// That is what they do where a function falls towards a limit that it never reaches.
  private func isSettled(_ promise: Double) -> Bool {
    promise <= 1e-19 * abs(here.value) && knows.trust.idleSteps < 2
  }

  /// Whether a step promises less than rounding, and slopes are gone where it leads.
  private func leadsToAnEnd<Failure: Error>(
    _ step: [Double], _ curvature: Curvature,
    _ sample: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Bool {
    guard curvature.promise <= 1e-17 * abs(here.value) else { return false }
    var position = here.position
    add(1, step, to: &position)
    return curvature.promise(at: try sample(position)) <= 0.05 * curvature.promise
  }

  /// Whether slopes along axes that do not bend are no more than what is left of those on the way.
  private func areSlight(_ level: [Curvature.Axis]) -> Bool {
    level.allSatisfy { axis in
      let most = zip(axis.direction, slopes).reduce(0) { $0 + abs($1.0) * $1.1 }
      return abs(axis.slope) <= 1e-10 * most
    }
  }

  /// Whether a step changes nothing that matters: by 1e-7 of the greatest size that an entry had.
  ///
  /// An entry that is 0 but for rounding is measured by the loss that its slope could bring.
  private func isSlight(_ step: [Double]) -> Bool {
    step.indices.allSatisfy { place in
      let change = abs(step[place])
      if change <= 1e-7 * sizes[place] { return true }
      let length = slopes[place] > 0 ? range / slopes[place] : .infinity
      return change <= 1e-7 * length && sizes[place] <= 1e-6 * length
    }
  }
}

extension Curvature {
  /// Whether it bends down by more than what rounding could make of 0.
  func bendsDownClearly(_ axis: Axis) -> Bool {
    axis.bend < -1e-8 * axes.reduce(0) { max($0, abs($1.bend)) }
  }

  /// The decrease that a step promises.
  func promise(of step: [Double], from here: Sample) -> Double {
    // Axes are at right angles only in their own lengths, so shares are found from slopes.
    max(-dot(here.gradient, step) / 2, .leastNormalMagnitude)
  }

  /// The decrease that Newton's step from another place would promise with the same bends.
  func promise(at there: Sample) -> Double {
    axes.reduce(0) { sum, axis in
      guard !isLevel(axis) else { return sum }
      let slope = dot(axis.direction, there.gradient)
      return sum + slope * slope / abs(axis.bend) / 2
    }
  }
}
