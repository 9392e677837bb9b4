import Tensors

/// To which numbers the values of a graph are rounded.
///
/// In single precision every leaf and every result of an operation is rounded to a number of 32
/// bits. Of two such numbers the sum, difference, product, quotient and root come out as a machine
/// of 32 bits gives them, since a double has more than twice their digits; other functions are
/// rounded from what they are as doubles. Sums of an array are rounded once, at their end.
package struct Precision: Hashable, Sendable {
  package var isSingle = false
  /// Whether a matrix product adds each product to its sum with one rounding, as processors with
  /// fused multiply-add do; otherwise with two, from first to last.
  package var isFused = false

  package init() {}
}

extension Graph {
  @inline(__always)
  func rounded(_ value: Double) -> Double { precision.isSingle ? Double(Float(value)) : value }

  func rounded(_ value: consuming Tensor) -> Tensor {
    if precision.isSingle { value.roundToSingle() }
    return value
  }
}
