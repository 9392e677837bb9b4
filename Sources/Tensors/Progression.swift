/// The numbers from a first one to before an end, at equal distances.
package struct Progression {
  private let first: Double
  private let end: Double
  private let step: Double
  /// How many there are; beyond 10^15 it is not exact.
  package private(set) var count = 0.0

  /// Counts as arithmetic with the decimals does, and as the sums of doubles do: an entry is in the
  /// range where both are before the end.
  ///
  /// `(0.4 - 0.1)/0.1` is a little more than 3 in doubles, and 0.1, 0.2, 0.3 are before 0.4. A third,
  /// of which doubles have 16 decimals, is three times before 1 as a decimal and not as a double.
  ///
  /// - Returns: nil where there is no end to be reached: the step is 0 or a number is nan.
  package init?(from first: Double, to end: Double, by step: Double) {
    (self.first, self.end, self.step) = (first, end, step)
    let quotient = ((end - first) / step).rounded(.up)
    guard step != 0, !quotient.isNaN else { return nil }
    count = max(0, quotient)
    guard count < 1e15, first.isFinite, end.isFinite, step.isFinite else { return }
    let decimals = Decimals(first, end, step)
    // The quotient is off by a few units in the last place, so by one entry at most.
    if count > 0, !includes(count - 1, decimals) {
      count -= 1
    } else if includes(count, decimals) {
      count += 1
    }
  }

  /// Whether the step has more digits than are typed, so that it stands for a number close by.
  private var isComputed: Bool {
    step.isFinite && step != 0 && Decimal(shortest: step.magnitude).width > 12
  }

  private func includes(_ place: Double, _ decimals: Decimals?) -> Bool {
    let entry = first + place * step
    guard step > 0 ? entry < end : entry > end else { return false }
    // A computed step such as 1/49 is off by up to half a unit in its last place, each time anew.
    let distance = end - first
    let excess = (-distance).addingProduct(place, step).magnitude
    if isComputed, excess <= place * step.ulp / 2 + distance.ulp / 2 { return false }
    return decimals?.includes(Int128(place)) ?? true
  }

  /// The three numbers as whole multiples of one power of ten, by the digits that people see.
  private struct Decimals {
    let (first, end, step): (Int128, Int128, Int128)

    /// Nil where the powers are too far apart for whole numbers of 128 bits.
    init?(_ first: Double, _ end: Double, _ step: Double) {
      let numbers = [first, end, step]
      // Of numbers of 32 bits, which single precision has, the digits are those of 32 bits.
      let isSingle = numbers.allSatisfy { Double(Float($0)) == $0 }
      let parts = numbers.map { number -> (digits: Int128, power: Int) in
        let size = number.magnitude
        guard size > 0 else { return (0, .max) }
        let decimal = isSingle ? Decimal(shortest: Float(size)) : Decimal(shortest: size)
        let digits = Int128(decimal.digits)
        return (number < 0 ? -digits : digits, decimal.exponent - decimal.width + 1)
      }
      guard let unit = parts.map(\.power).min(), unit < .max else { return nil }
      let scaled = parts.compactMap { digits, power -> Int128? in
        guard digits != 0 else { return 0 }
        guard power - unit < tens.count else { return nil }
        let (product, overflows) = digits.multipliedReportingOverflow(
          by: Int128(tens[power - unit]))
        return overflows ? nil : product
      }
      guard scaled.count == 3 else { return nil }
      (self.first, self.end, self.step) = (scaled[0], scaled[1], scaled[2])
    }

    /// Whether an entry is before the end; nil where it is too large to tell.
    func includes(_ place: Int128) -> Bool? {
      let (distance, overflows) = step.multipliedReportingOverflow(by: place)
      let (entry, overflowsToo) = first.addingReportingOverflow(distance)
      guard !overflows, !overflowsToo else { return nil }
      return step > 0 ? entry < end : entry > end
    }
  }
}
