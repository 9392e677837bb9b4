import CArrayLoops

/// A sum that carries along what rounding took from it, so that a million terms stay exact.
///
/// Each addition is Knuth's TwoSum, whose error term is exact (The Art of Computer Programming 2,
/// 4.2.2); the errors are added up beside the sum.
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

  /// The sum; of infinite terms the plain one, their lost part being inf - inf.
  package var value: Double { lost != 0 && lost.isFinite ? sum + lost : sum }
}

extension CompensatedSum {
  /// The sum of neighbouring terms, 0 when there are none.
  package static func of(_ terms: UnsafeBufferPointer<Double>) -> Double {
    guard !terms.isEmpty else { return 0 }
    var sum = 0.0
    array_sum_rows(terms.baseAddress, 1, terms.count, &sum)
    return sum
  }
}
