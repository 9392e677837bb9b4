import Autodiff

/// What can be said of a term's sign without knowing the variables.
extension Terms {
  func isPositive(_ id: TermID) -> Bool { signs[id.index].isSuperset(of: .positive) }

  func isNonNegative(_ id: TermID) -> Bool { signs[id.index].contains(.nonNegative) }

  func isTruth(_ id: TermID) -> Bool { signs[id.index].contains(.truth) }

  private static let positiveRows: Set<String> = ["cosh", "sigmoid", "softplus"]
  private static let nonNegativeRows: Set<String> = ["abs", "hypot", "relu"]

  func sign(of term: Term) -> Sign {
    switch term {
    case .number(let number):
      let sign: Sign =
        number.isZero
        ? .nonNegative : number.isNaN ? [] : number.isNegative ? .nonZero : .positive
      return number.whole == 0 || number.isOne ? sign.union(.truth) : sign
    case .constant: return .positive
    case .symbol: return []
    case .sum(let constant, let summands):
      if constant.isOne, summands.count == 1, summands[0].coefficient == .minusOne,
        case .call(.sigmoid, _) = self[summands[0].term]
      {
        return .positive
      }
      let isNonNegative =
        !constant.isNegative
        && summands.allSatisfy { !$0.coefficient.isNegative && self.isNonNegative($0.term) }
      guard isNonNegative else { return [] }
      let isPositive = !constant.isZero || summands.contains { self.isPositive($0.term) }
      return isPositive ? .positive : .nonNegative
    case .product(let factors):
      return factors.map(sign(of:)).reduce(.positive) { $0.intersection($1) }
    case .call(let row, _):
      if Self.truths.contains(row) { return [.nonNegative, .truth] }
      let name = row.row.name
      return Self.positiveRows.contains(name)
        ? .positive : Self.nonNegativeRows.contains(name) ? .nonNegative : []
    case .choice(_, let first, let second):
      return signs[first.index].intersection(signs[second.index])
    }
  }

  private func sign(of factor: Term.Factor) -> Sign {
    let base = signs[factor.base.index]
    if base.isSuperset(of: .positive) { return .positive }
    guard let exponent = number(of: factor.exponent) else { return [] }
    let isEven = exponent.whole.map { $0.isMultiple(of: 2) } ?? true
    var sign: Sign = base.contains(.nonNegative) || isEven ? .nonNegative : []
    if base.contains(.nonZero) || exponent.isNegative { sign.insert(.nonZero) }
    return sign
  }

  /// The rows that are answered 1 or 0.
  static let truths: Set<PrimitiveID> = [
    .less, .lessEqual, .greater, .greaterEqual, .equal, .notEqual, .logicalAnd, .logicalOr,
    .logicalNot,
  ]
}
