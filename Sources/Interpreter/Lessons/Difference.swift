/// The derivative of a function of one number at 0 as a limit of differences, with a bound for its
/// error.
///
/// Differences of shrinking steps are extrapolated to step 0 by Neville's scheme (Ridders 1982,
/// Advances in Engineering Software 4:75): the entry of the table that changed least is taken. The
/// first step is tried at several sizes, since a large one may reach over a corner and a small one
/// drowns in rounding.
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

  private static let ratio = 1.4
  private static let rows = 9

  /// Takes differences of a function.
  ///
  /// - Parameters:
  ///   - side: whether steps go to both sides or to one.
  ///   - scale: a step that is large for the argument.
  ///   - function: the values; nan where there is none.
  init(_ side: Side, scale: Double, of function: (Double) -> Double) {
    let here = side == .both ? 0 : function(0)
    var first = scale * 0.1
    for _ in 0..<6 {
      if let difference = Self.extrapolated(side, first, here, function), difference.error < error {
        self = difference
      }
      if error <= 1e-13 * value.magnitude { break }
      first *= 0.05
    }
  }

  private init(value: Double, step: Double, error: Double) {
    (self.value, self.step, self.error) = (value, step, error)
  }

  private static func extrapolated(
    _ side: Side, _ first: Double, _ here: Double, _ function: (Double) -> Double
  ) -> Difference? {
    // The error of a central difference has even powers of the step only.
    let growth = side == .both ? ratio * ratio : ratio
    var best: Difference?
    var before: [Double] = []
    var step = first
    for row in 0..<rows {
      let (quotient, size) = Self.quotient(side, step, here, function)
      guard quotient.isFinite else { return best }
      // Rounding of the values, as the step lifts it, counts as an error of its own.
      let rounding = 2 * size * Double.ulpOfOne / step
      var entries = [quotient]
      var power = growth
      for column in 0..<row {
        entries.append((entries[column] * power - before[column]) / (power - 1))
        power *= growth
        let change = max(
          abs(entries[column + 1] - entries[column]), abs(entries[column + 1] - before[column]))
        if change + rounding < (best?.error ?? .infinity) {
          best = Difference(value: entries[column + 1], step: step, error: change + rounding)
        }
      }
      if row > 1, abs(entries[row] - before[row - 1]) > 4 * (best?.error ?? .infinity) { break }
      before = entries
      step /= ratio
    }
    return best
  }

  /// A difference quotient, and the magnitude of the values that it is made of.
  private static func quotient(
    _ side: Side, _ step: Double, _ here: Double, _ function: (Double) -> Double
  ) -> (Double, Double) {
    switch side {
    case .both:
      let (above, below) = (function(step), function(-step))
      return ((above - below) / (2 * step), max(abs(above), abs(below)))
    case .right:
      let value = function(step)
      return ((value - here) / step, max(abs(value), abs(here)))
    case .left:
      let value = function(-step)
      return ((here - value) / step, max(abs(value), abs(here)))
    }
  }
}
