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

/// The units in which a search measures lengths and losses, so that it goes the same way whatever
/// the units of its function are.
///
/// All are powers of two: nothing is rounded when a number passes from one unit to another.
package struct Units: Sendable {
  /// The unit of each entry of a position.
  let lengths: [Double]
  let loss: Double

  /// The units for a search from a sample whose entries belong together in groups, such as those of
  /// one array.
  ///
  /// The unit of a group is near its greatest entry at the start. A group of zeros has one in which
  /// its slope is that of the others; where all are zeros it is 1. Numbers that are nothing beside the
  /// length in which their slope uses up the loss count as zeros. The unit of the loss makes the
  /// greatest slope a number from 1 to 2.
  package init(from start: Sample, groups: [Range<Int>]) {
    var lengths = [Double](repeating: 1, count: start.position.count)
    var steepest = Int.min
    var zeros: [(group: Range<Int>, slope: Double)] = []
    for group in groups {
      let greatest = start.position[group].reduce(0) { max($0, abs($1)) }
      let slope = start.gradient[group].reduce(0) { max($0, abs($1)) }
      let isNothing = slope > 0 && greatest < 1e-30 * abs(start.value) / slope
      if greatest > 0, greatest.isFinite, !isNothing {
        // Sixteenfold steps: a start is a guess.
        let exponent = 4 * Int((Double(greatest.exponent) / 4).rounded())
        for place in group { lengths[place] = Units.power(exponent) }
        if slope > 0 { steepest = max(steepest, Int(slope.exponent) + exponent) }
      } else {
        zeros.append((group, slope))
      }
    }
    for (group, slope) in zeros where steepest > .min && slope > 0 {
      let exponent = 4 * Int((Double(steepest - Int(slope.exponent)) / 4).rounded())
      for place in group { lengths[place] = Units.power(exponent) }
    }
    var exponent = Int.min
    for (slope, length) in zip(start.gradient, lengths) where slope != 0 {
      exponent = max(exponent, Int(slope.exponent) + Int(length.exponent))
    }
    if exponent == .min { exponent = start.value == 0 ? 0 : Int(start.value.exponent) }
    if start.value != 0 { exponent = max(exponent, Int(start.value.exponent) - 900) }
    self.lengths = lengths
    loss = Units.power(exponent)
  }

  private static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: min(max(exponent, -1000), 1000), significand: 1)
  }

  func scaled(_ sample: Sample) -> Sample {
    Sample(
      position: zip(sample.position, lengths).map { $0 / $1 }, value: sample.value / loss,
      gradient: zip(sample.gradient, lengths).map { $0 / loss * $1 })
  }

  func unscaled(_ sample: Sample) -> Sample {
    Sample(
      position: unscaled(sample.position), value: sample.value * loss,
      gradient: zip(sample.gradient, lengths).map { $0 / $1 * loss })
  }

  func unscaled(_ position: [Double]) -> [Double] { zip(position, lengths).map { $0 * $1 } }
}
