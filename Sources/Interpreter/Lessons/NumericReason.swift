import Algebra
import Tensors

/// Why one side of a claim is wrong, as far as its numbers tell: a factor that is the same at all
/// points, or a term that is a multiple of an input.
struct NumericReason {
  private struct Pair {
    let ours: Tensor
    let mine: Tensor
    let point: [Tensor]
    let rounding: Double
  }

  private let pairs: [Pair]
  private let names: [String]

  init(_ values: [Claim.Values], _ names: [String], isTurned: Bool) {
    pairs = values.map { value in
      Pair(
        ours: isTurned ? value.right : value.left, mine: isTurned ? value.left : value.right,
        point: value.point, rounding: value.rounding)
    }
    self.names = names
  }

  /// What is wrong; nil where nothing explains it.
  var discrepancy: Discrepancy? {
    guard pairs.count > 3 else { return nil }
    let one: Unit = { _ in { _ in 1 } }
    if let factor = constant(by: one, isTerm: false) {
      if factor == -1 { return .sign }
      let isTooSmall = abs(factor) > 1
      return .number(number(isTooSmall ? factor : 1 / factor), isTooSmall: isTooSmall)
    }
    for (name, unit) in [("", one)] + units() {
      guard let factor = constant(by: unit, isTerm: true) else { continue }
      let term = written(abs(factor), name)
      return factor > 0 ? .missingTerm(term) : .extraTerm(term)
    }
    for (name, unit) in units() {
      if let factor = constant(by: unit, isTerm: false) {
        return .missingFactor(written(factor, name))
      }
      let inverse: Unit = { point in
        let values = unit(point)
        return { 1 / values($0) }
      }
      if let factor = constant(by: inverse, isTerm: false) {
        return .extraFactor(written(1 / factor, name))
      }
    }
    return nil
  }

  private func written(_ factor: Double, _ name: String) -> String {
    if name.isEmpty { return number(factor) }
    return factor == 1 ? name : factor == -1 ? "-\(name)" : "\(number(factor))*\(name)"
  }

  /// What a factor or a term is measured by: at a point, a number for each entry.
  private typealias Unit = ([Tensor]) -> (Int) -> Double

  /// The inputs, and products of one that is a number with one that is an array.
  private func units() -> [(name: String, unit: Unit)] {
    guard let first = pairs.first else { return [] }
    func unit(_ place: Int) -> Unit? {
      let shape = first.point[place].shape
      if shape.isScalar { return { point in { _ in point[place].scalar } } }
      guard shape == first.ours.shape else { return nil }
      return { point in { point[place].elements[$0] } }
    }
    var units: [(String, Unit)] = []
    for (place, name) in names.enumerated() {
      if let unit = unit(place) { units.append((name, unit)) }
    }
    for (place, name) in names.enumerated() where first.point[place].shape.isScalar {
      for (other, otherName) in names.enumerated() where !first.point[other].shape.isScalar {
        guard let one = unit(place), let two = unit(other) else { continue }
        units.append(
          (
            "\(name)*\(otherName)",
            { point in
              let (a, b) = (one(point), two(point))
              return { a($0) * b($0) }
            }
          ))
      }
    }
    return units
  }

  /// The number c such that ours is c·unit·mine, or ours - mine is c·unit, at all points.
  private func constant(by unit: Unit, isTerm: Bool) -> Double? {
    var found: Double?
    var count = 0
    for pair in pairs {
      let size = unit(pair.point)
      for (place, (a, b)) in zip(pair.ours.elements, pair.mine.elements).enumerated() {
        // Where rounding has taken the digits nothing can be compared.
        guard a.isFinite, b.isFinite, pair.rounding <= 1e-3 * max(abs(a), abs(b)) else { continue }
        let divisor = isTerm ? size(place) : size(place) * b
        let quotient = (isTerm ? a - b : a) / divisor
        guard quotient.isFinite, divisor != 0 else {
          if (isTerm ? a - b : a) == 0 { continue }
          return nil
        }
        // A small difference of large numbers has few digits.
        let slack =
          1e-6 * abs(quotient) + abs(pair.rounding / divisor)
          + (isTerm ? 1e-9 * abs(a / divisor) : 0)
        if let found, abs(found - quotient) > slack { return nil }
        found = found ?? quotient
        count += 1
      }
    }
    guard let found, count > 3, found != 0 else { return nil }
    let rounded = NumberFormat.text(found, digits: .significant(6))
    return Double(rounded) ?? found
  }

  private func number(_ value: Double) -> String {
    NumberFormat.text(value, digits: .significant(6))
  }
}
