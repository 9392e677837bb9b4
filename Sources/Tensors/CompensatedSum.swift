/// A sum that carries along what rounding took from it, so that a million terms stay exact.
///
/// Each addition is Knuth's TwoSum, whose error term is exact (The Art of Computer Programming 2,
/// 4.2.2); the errors are added up beside the sum. Over neighbours four such sums run abreast.
package struct CompensatedSum {
  private var sum: Double
  private var lost = 0.0

  /// A sum whose first term is the given one; so `-0` alone keeps its sign.
  package init(_ first: Double) { sum = first }

  /// Adds a term.
  @inline(__always)
  package mutating func add(_ term: Double) {
    let total = sum + term
    let part = total - sum
    lost += (sum - (total - part)) + (term - part)
    sum = total
  }

  /// Adds another sum with what was lost from it.
  mutating func add(_ other: CompensatedSum) {
    add(other.sum)
    lost += other.lost
  }

  /// The sum; of infinite terms the plain one, their lost part being inf - inf.
  package var value: Double { lost != 0 && lost.isFinite ? sum + lost : sum }
}

extension CompensatedSum {
  /// The sum of neighbouring terms, 0 when there are none.
  package static func of(_ terms: UnsafeBufferPointer<Double>) -> Double {
    guard let first = terms.first else { return 0 }
    var rest = 1
    var result = CompensatedSum(first)
    if terms.count >= 8 {
      let raw = UnsafeRawBufferPointer(terms)
      func lanes(_ start: Int) -> SIMD4<Double> {
        raw.loadUnaligned(fromByteOffset: start * 8, as: SIMD4<Double>.self)
      }
      var sum = lanes(0)
      var lost = SIMD4<Double>.zero
      rest = 4
      while rest + 4 <= terms.count {
        let term = lanes(rest)
        let total = sum + term
        let part = total - sum
        lost += (sum - (total - part)) + (term - part)
        sum = total
        rest += 4
      }
      result = CompensatedSum(sum: sum[0], lost: lost[0])
      for lane in 1..<4 { result.add(CompensatedSum(sum: sum[lane], lost: lost[lane])) }
    }
    while rest < terms.count {
      result.add(terms[rest])
      rest += 1
    }
    return result.value
  }

  private init(sum: Double, lost: Double) {
    (self.sum, self.lost) = (sum, lost)
  }
}
