/// A search for a minimum that tells what it has found.
///
/// It goes down by limited memory as long as that finds lower places. Then second derivatives are
/// asked whether the end is a minimum, and lead on where it is none; where they do not exist, or do
/// not help, it goes on as one must among kinks. Nothing depends on the units of params and loss.
package struct Descent: Sendable {
  /// How a search ended.
  package enum Verdict: Sendable, Equatable {
    /// No place nearby is lower, by first and second derivatives.
    case minimum
    /// The same, but at the start, where nothing has any slope.
    case flat
    /// Slopes are 0, and lower places lie next to it in some directions, or in all.
    case saddle, maximum
    /// It falls without end.
    case endless
    /// It falls ever more slowly while the params go on and on.
    case receding
    /// No lower place was found, and yet it is no minimum.
    case stuck
    /// All slopes are as small as was asked for.
    case slight
  }

  package enum Progress: Sendable {
    case moved
    case ended(Verdict)
  }

  /// The ways of making a step, in the order in which they are tried.
  package enum Way: Int, CaseIterable, Sendable { case limitedMemory, newton, kinks }

  /// What each way has learnt.
  struct Knowledge: Sendable {
    var memory: LimitedMemory
    /// Steps of limited memory in a row that gained no more than rounding.
    var levelSteps = 0
    var trust = Trust()
    var inverse: InverseCurvature?
    /// How often the search among kinks has begun anew.
    var rounds = 0
    /// The value so many steps ago that a search among kinks has to beat.
    var mark: (value: Double, step: Int) = (.infinity, 0)
  }

  let units: Units
  /// Where the search is, in its units.
  var here: Sample
  /// Where the search began, or was begun anew.
  var first: Sample
  /// Whether it was begun anew, with the sizes of where it was.
  var isRenewed = false
  var way = Way.limitedMemory
  var knows: Knowledge
  /// The greatest size of each entry on the way, and of its slope.
  var sizes: [Double]
  var slopes: [Double]
  /// The steps made in each way.
  package var counts = [Int](repeating: 0, count: Way.allCases.count)

  /// - Parameters:
  ///   - start: the function and its gradient where the search begins.
  ///   - groups: the places of entries that have one unit, such as those of an array.
  ///   - history: from how many steps limited memory learns.
  package init(from start: Sample, groups: [Range<Int>], history: Int) {
    units = Units(from: start, groups: groups)
    here = units.scaled(start)
    first = here
    knows = Knowledge(memory: LimitedMemory(history: history))
    sizes = here.position.map { abs($0) }
    slopes = here.gradient.map { abs($0) }
  }

  /// The entry that the last step led by second derivatives has changed most.
  package var goer: Int? {
    let step = knows.trust.step
    return step.indices.max { abs(step[$0]) < abs(step[$1]) }
  }

  /// Where the search is.
  package var sample: Sample { units.unscaled(here) }

  /// Makes one step down.
  package mutating func advance<Failure: Error>(
    trying first: Double, _ evaluate: ([Double]) throws(Failure) -> Sample,
    _ curvature: Curvature.Source<Failure>
  ) throws(Failure) -> Progress {
    let units = self.units
    func sample(_ position: [Double]) throws(Failure) -> Sample {
      var found = units.scaled(try evaluate(units.unscaled(position)))
      found.position = position
      return found
    }
    func bend(_ position: [Double], _ question: Curvature.Question) throws(Failure) -> [Double]? {
      try curvature(units.unscaled(position), units.unscaled(question))
        .map { units.scaled($0, question) }
    }
    switch try proceed(trying: first, sample, bend) {
    case .moved: return .moved
    case .ended(let verdict): return try confirm(verdict, sample)
    }
  }

  private mutating func proceed<Failure: Error>(
    trying first: Double, _ sample: ([Double]) throws(Failure) -> Sample,
    _ bend: Curvature.Source<Failure>
  ) throws(Failure) -> Progress {
    if way == .limitedMemory {
      if let progress = try descend(trying: first, sample) { return progress }
      way = .newton
    }
    if way == .newton {
      if let progress = try followCurvature(sample, bend) { return progress }
      way = .kinks
    }
    return try followKinks(sample, bend)
  }

  mutating func move(to sample: Sample) {
    here = sample
    counts[way.rawValue] += 1
    for place in sizes.indices {
      sizes[place] = max(sizes[place], abs(sample.position[place]))
      slopes[place] = max(slopes[place], abs(sample.gradient[place]))
    }
  }

  /// One step of limited memory; nil where that finds nothing lower.
  private mutating func descend<Failure: Error>(
    trying first: Double, _ sample: ([Double]) throws(Failure) -> Sample
  ) throws(Failure) -> Progress? {
    // With few entries second derivatives are cheap, and steps that many mean that they are needed.
    let isSlow =
      counts[0] >= 400 && here.position.count <= Curvature.mostEntries && counts[1] == 0
    // Where the loss goes to 0, params gain digits as long as it does.
    let least = abs(here.value) > 1e-6 * range ? 1e-12 : 1e-15
    guard here.greatestSlope > least, knows.levelSteps < 30, !isSlow else { return nil }
    while true {
      let direction = knows.memory.direction(here.gradient)
      let sum = here.gradient.reduce(0) { $0 + abs($1) }
      let length = knows.memory.isEmpty ? min(1, 1 / sum) : 1
      let found = try LineSearch(from: here, along: direction).run(trying: length * first, sample)
      if let found {
        let next = found.sample
        knows.memory.learn(
          move: zip(next.position, here.position).map { $0 - $1 },
          change: zip(next.gradient, here.gradient).map { $0 - $1 })
        let gain = here.value - next.value
        move(to: next)
        let isLevel = gain <= max(LineSearch.rounding(of: next.value), 1e-16 * range)
        knows.levelSteps = isLevel ? knows.levelSteps + 1 : 0
        return found.isEndless ? .ended(.endless) : .moved
      }
      if knows.memory.isEmpty { return nil }
      knows.memory.forget()
    }
  }
}

extension Units {
  func unscaled(_ question: Curvature.Question) -> Curvature.Question {
    guard case .product(let direction) = question else { return question }
    return .product(unscaled(direction))
  }

  func scaled(_ answer: [Double], _ question: Curvature.Question) -> [Double] {
    let count = lengths.count
    if case .product = question { return zip(answer, lengths).map { $0 / loss * $1 } }
    return answer.indices.map { answer[$0] / loss * lengths[$0 / count] * lengths[$0 % count] }
  }
}
