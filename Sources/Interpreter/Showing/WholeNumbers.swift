import Autodiff
import Tensors

/// Questions for the last digit of whole numbers that are too large to have all of theirs.
///
/// From 2⁵³ on not every whole number is a double. A sum or a power is then rounded, and what is left
/// of a division by it is that of another number.
extension Session {
  /// What a person should know of the answer of a row; nil where its operands are small, or known
  /// to be what was meant.
  func noteOnWholeNumbers(_ row: Primitive, _ operands: [NodeID]) -> String? {
    guard let large = operands.first(where: isBeyondWhole), let answer = row.remarkOnUnits,
      operands.count < 2 || row.name == "mod" || areNeighbours(operands[0], operands[1]),
      !operands.allSatisfy({ !isBeyondWhole($0) || isExact($0) })
    else { return nil }
    let shown = operands.first { isBeyondWhole($0) && !isExact($0) } ?? large
    return "\(phrase(shown)) is beyond 2^53, where doubles have gaps: \(answer)"
  }

  /// Tells it where a statement is computed, whatever becomes of the answer; each remark once.
  mutating func remarkOnWholeNumbers(_ row: Primitive, _ operands: [NodeID]) {
    guard let note = noteOnWholeNumbers(row, operands), remarks.wholeNumbers.count < 100,
      remarks.wholeNumbers.insert(note).inserted
    else { return }
    outcomes.append(.note(note))
  }

  private func isBeyondWhole(_ id: NodeID) -> Bool {
    func isLarge(_ number: Double) -> Bool { number.magnitude >= 0x1p53 && number.isFinite }
    return graph.isScalar(id)
      ? isLarge(graph.scalar(of: id)) : graph.tensor(of: id).elements.contains(where: isLarge)
  }

  /// Whether two numbers are so close that rounding decides how they compare.
  private func areNeighbours(_ one: NodeID, _ other: NodeID) -> Bool {
    guard one != other, graph.isScalar(one), graph.isScalar(other) else { return false }
    let (a, b) = (graph.scalar(of: one), graph.scalar(of: other))
    return (a - b).magnitude <= max(a.magnitude, b.magnitude).ulp
  }

  /// Whether a number is what was meant: it was typed, or comes from such numbers without rounding.
  private func isExact(_ id: NodeID) -> Bool {
    guard graph.isScalar(id) else { return false }
    var open = [id]
    for _ in 0..<64 {
      guard let id = open.popLast() else { return true }
      guard graph.isScalar(id) else { return false }
      let value = graph.scalar(of: id)
      if graph.isLeaf(id) {
        // What a name was given may have been computed, and a typed fraction is rounded.
        guard graph.tag(of: id) == .none || value.magnitude <= 0x1p53, value.rounded() == value
        else { return false }
        continue
      }
      let operands = graph.operands(of: id)
      guard operands.allSatisfy(graph.isScalar),
        isExact(graph.operation(of: id).row.name, operands.map(graph.scalar(of:)), value)
      else { return false }
      open += operands
    }
    return false
  }

  /// Whether arithmetic with whole numbers was not rounded.
  private func isExact(_ operation: String, _ operands: [Double], _ result: Double) -> Bool {
    guard operands.allSatisfy({ $0.rounded() == $0 }), result.isFinite else { return false }
    switch operation {
    case "identity", "negate": return true
    case "add": return result - operands[0] == operands[1] && result - operands[1] == operands[0]
    case "subtract":
      return operands[0] - result == operands[1] && result + operands[1] == operands[0]
    case "multiply": return (-result).addingProduct(operands[0], operands[1]) == 0
    case "power":
      guard operands[1] >= 0, operands[1] <= 1100 else { return false }
      var power = 1.0
      for _ in 0..<Int(operands[1]) {
        let next = power * operands[0]
        guard (-next).addingProduct(power, operands[0]) == 0 else { return false }
        power = next
      }
      return power == result
    default: return false
    }
  }
}
