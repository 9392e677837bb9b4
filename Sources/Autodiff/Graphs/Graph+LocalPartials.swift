/// What a node passes on to one of its operands, at the numbers that the graph holds.
package enum LocalPartial: Hashable, Sendable {
  /// The partial derivative of the node with respect to the operand.
  case slope(Double)
  /// A gate that is shut: the side of a choice that was not taken.
  case shut
  /// The rule passes nothing on, whatever the numbers are.
  case flat
  /// An array is involved, so there is no single number.
  case array

  /// The factor that it is in a product along a path; nan for an array.
  package var factor: Double {
    switch self {
    case .slope(let value): value
    case .shut, .flat: 0
    case .array: .nan
    }
  }
}

extension Graph {
  /// What a node's own rule passes on to its operand at `place`.
  package func localPartial(of id: NodeID, to place: Int) -> LocalPartial {
    let operands = operands(of: id)
    switch operation(of: id).row.rule {
    case .constant: return .flat
    case .pullback: return .array
    case .partials(let partials):
      guard isScalar(id), operands.allSatisfy(isScalar) else { return .array }
      let arguments = operands.map(scalar(of:))
      let variables = variables(among: operands)
      switch partials[place] {
      case .none: return .flat
      case .formula(let formula):
        let slope = formula.value(at: arguments, result: scalar(of: id), variables: variables)
        return .slope(slope)
      case .gate(let formula):
        let slope = formula.value(at: arguments, result: scalar(of: id), variables: variables)
        return slope == 0 ? .shut : .slope(slope)
      }
    }
  }
}
