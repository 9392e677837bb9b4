/// The derivative of a function of one number at 0 as a limit of differences, with a bound for its
/// error.
///
/// Differences of shrinking steps are extrapolated to step 0 by Neville's scheme (Ridders 1982,
/// Advances in Engineering Software 4:75): the entry of the table that changed least is taken. Such
/// tables are made for several sizes of the first step, from the smallest up, since the derivative
/// is what the smallest steps say within their rounding; larger steps make that sharper as long as
/// they do not contradict it, which they do beyond a corner or a narrow peak.
struct Difference: Sendable {
  var value = Double.nan
  /// The smallest step that the value was made from.
  var step = 0.0
  /// What the value may be wrong by.
  var error = Double.infinity

  enum Side: Sendable {
    case both
    case left
    case right
  }

  /// The number of steps of a table, each half of the one before.
  ///
  /// Halves of powers of two are added to a number without rounding.
  static let rows = 6

  /// Takes differences of a function.
  ///
  /// - Parameters:
  ///   - side: whether steps go to both sides or to one.
  ///   - steps: the first steps of the tables.
  ///   - noise: what rounding may do to a value.
  ///   - function: the values; nan where there is none.
  init(_ side: Side, steps: DifferenceSteps, noise: Double, of function: (Double) -> Double) {
    let here = function(0)
    var bounds = -Double.infinity...Double.infinity
    for first in steps.first {
      guard let next = Self.extrapolated(side, first, here, noise, function) else { continue }
      let slack = 8 * next.error
      guard next.value - slack <= bounds.upperBound, next.value + slack >= bounds.lowerBound else {
        break
      }
      bounds =
        max(
          bounds.lowerBound, next.value - slack)...min(
          bounds.upperBound, next.value + slack)
      if next.error < error { self = next }
    }
  }

  /// Takes differences with the largest steps only, where smaller ones do not contradict them.
  ///
  /// - Returns: nil where all steps have to be looked at.
  init?(
    quicklyBy steps: DifferenceSteps, noise: Double, expecting slope: Double,
    of function: (Double) -> Double
  ) {
    let here = function(0)
    guard let first = steps.largestOfNumber,
      let whole = Self.extrapolated(.both, first, here, noise, function),
      whole.error <= 1e-7 * abs(slope),
      abs(whole.value - slope) <= 10 * whole.error + 1e-9 * abs(slope)
    else { return nil }
    for exponent in [17, 31] where exponent < steps.digits - 4 {
      let step = first * Double(sign: .plus, exponent: -exponent, significand: 1)
      let (quotient, size) = Self.quotient(.both, step, here, function)
      let rounding = Self.rounding(of: size, beside: here, noise) / step
      let least = 8 * (whole.error + rounding) + 1e-6 * abs(slope)
      guard abs(quotient - whole.value) <= least else { return nil }
    }
    self = whole
  }

  private init(value: Double, step: Double, error: Double) {
    (self.value, self.step, self.error) = (value, step, error)
  }

  private static func extrapolated(
    _ side: Side, _ first: Double, _ here: Double, _ noise: Double,
    _ function: (Double) -> Double
  ) -> Difference? {
    // The error of a central difference has even powers of the step only.
    let growth = side == .both ? 4.0 : 2.0
    var best: Difference?
    var before: [Double] = []
    var step = first
    for row in 0..<rows {
      let (quotient, size) = Self.quotient(side, step, here, function)
      guard quotient.isFinite else { return best }
      // Rounding of the values, as the step lifts it, counts as an error of its own.
      let rounding = max(
        Self.rounding(of: size, beside: here, noise) / step, .leastNonzeroMagnitude)
      var entries = [quotient]
      var power = growth
      for column in 0..<row {
        entries.append(entries[column] + (entries[column] - before[column]) / (power - 1))
        power *= growth
        let change = max(
          abs(entries[column + 1] - entries[column]), abs(entries[column + 1] - before[column]))
        if change + rounding < (best?.error ?? .infinity) {
          best = Difference(value: entries[column + 1], step: step, error: change + rounding)
        }
      }
      if row > 1, abs(entries[row] - before[row - 1]) > 4 * (best?.error ?? .infinity) { break }
      before = entries
      step /= 2
    }
    return best
  }

  /// What rounding may do to the difference of values of some size, beside one of known noise.
  private static func rounding(of size: Double, beside here: Double, _ noise: Double) -> Double {
    let growth = here != 0 && here.isFinite ? max(size / abs(here), 1) : 1
    return max(2 * size * Double.ulpOfOne, noise * min(growth, 1e6))
  }

  /// A difference quotient, and the magnitude of the values that it is made of.
  private static func quotient(
    _ side: Side, _ step: Double, _ here: Double, _ function: (Double) -> Double
  ) -> (Double, Double) {
    switch side {
    case .both:
      let (above, below) = (function(step), function(-step))
      // Halves first: two large values of either sign may lie further apart than doubles go.
      let size = max(abs(above), abs(below), here.isFinite ? abs(here) : 0)
      return ((above / 2 - below / 2) / step, size)
    case .right:
      let value = function(step)
      return ((value - here) / step, max(abs(value), abs(here)))
    case .left:
      let value = function(-step)
      return ((here - value) / step, max(abs(value), abs(here)))
    }
  }
}

/// The first steps of tables of differences: powers of two, the smallest first.
struct DifferenceSteps: Sendable {
  private(set) var first: [Double] = []
  /// The largest that suits the size of the argument.
  private(set) var largestOfNumber: Double?
  /// The distance to the next double, or a step that is as small for a function of 0.
  private(set) var least = 0.0
  /// How many binary digits a number has.
  let digits: Int

  /// Steps for an argument, and for how fast the function changes.
  ///
  /// - Parameters:
  ///   - size: the magnitude of the argument; 0 where it is 0.
  ///   - value: the value of the function.
  ///   - slope: what its derivative is said to be.
  ///   - isSingle: whether numbers are rounded to single precision.
  ///   - isStepped: whether the function rounds to whole numbers on the way, so that steps of 1
  ///     mean nothing.
  init(
    size: Double, value: Double, slope: Double, isSingle: Bool = false, isStepped: Bool = false
  ) {
    digits = isSingle ? 23 : 52
    let rows = Difference.rows
    // A step between two doubles next to each other would be rounded.
    let lowest = max(size > 0 ? Int(size.exponent) - digits + rows : -1074, -1074 + rows)
    let highest = isStepped ? -4 : max(size > 0 ? Int(size.exponent) : 0, 0) - 3
    var exponents: Set<Int> = []
    /// Tables from a quarter of a length down to its last digits.
    func add(_ length: Double, tables: Int) {
      guard length.isFinite, length > 0 else { return }
      // Tables of several lengths meet at the same steps.
      let offset = Int(length.exponent) - 3 - lowest
      let top = lowest + Int((Double(offset) / Double(rows)).rounded(.down)) * rows
      for table in 0..<tables {
        let exponent = top - rows * table
        if exponent >= lowest, exponent <= highest { exponents.insert(exponent) }
      }
    }
    let all = digits / rows + 1
    if size > 0 {
      add(size, tables: all)
      largestOfNumber = exponents.max().map { Double(sign: .plus, exponent: $0, significand: 1) }
    }
    // What is next to 0 may be part of what has the size of 1.
    if size < 1 { add(1, tables: all + 2) }
    if size == 0 { largestOfNumber = 0.125 }
    if slope != 0, slope.isFinite {
      add(abs(value / slope), tables: 5)
      add(abs(1 / slope), tables: 5)
    }
    first = exponents.sorted().map { Double(sign: .plus, exponent: $0, significand: 1) }
    least =
      size > 0
      ? Double(sign: .plus, exponent: max(Int(size.exponent) - digits, -1074), significand: 1)
      : (first.first ?? 0) / Double(1 << (rows - 1))
  }
}
