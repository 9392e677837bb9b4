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

extension Precision {
  @inline(__always)
  func rounded(_ value: Double) -> Double { isSingle ? Double(Float(value)) : value }

  func rounded(_ value: consuming Tensor) -> Tensor {
    if isSingle { value.roundToSingle() }
    return value
  }

  /// The value of a row at those operands, without a node for it.
  func evaluate(
    _ row: PrimitiveID, _ operands: [Tensor], _ attribute: Attribute, _ cancellation: Cancellation
  ) throws(ShapeError) -> Tensor {
    KernelTable.fill(row)
    if isSingle, row == .matmul {
      return try operands[0].singleMatmul(
        operands[1], turned: attribute.turned, isFused: isFused, cancellation)
    }
    return rounded(try exactly(row, operands, attribute, cancellation))
  }

  /// The value of a row in doubles.
  private func exactly(
    _ row: PrimitiveID, _ operands: [Tensor], _ attribute: Attribute, _ cancellation: Cancellation
  ) throws(ShapeError) -> Tensor {
    let entry = KernelTable.entries + Int(row.rawValue)
    if let loop = entry.pointee.unaryLoop { return Tensor.map(operands[0], loop: loop) }
    if let loop = entry.pointee.binaryLoop {
      return try Tensor.zip(operands[0], operands[1], loop: loop)
    }
    if let loop = entry.pointee.ternaryLoop {
      return try Tensor.zip3(operands[0], operands[1], operands[2], loop: loop)
    }
    switch row.row.kernel {
    case .none: preconditionFailure("a leaf is not evaluated")
    case .unary(let value): return Tensor.map(operands[0], value)
    case .binary(let value): return try Tensor.zip(operands[0], operands[1], value)
    case .ternary(let value):
      return try Tensor.zip3(operands[0], operands[1], operands[2], value)
    case .array(let value): return try value(operands, attribute, cancellation)
    case .graph: return operands[0]
    }
  }
}
