import Autodiff

/// How one formula is wrong that claims to be another, where one thing explains it.
package enum Discrepancy: Sendable {
  case sign
  /// The right side is the left one divided by this number.
  case number(String, isTooSmall: Bool)
  case missingTerm(String)
  case extraTerm(String)
  case missingFactor(String)
  /// The derivative of what stands inside a function, which the chain rule multiplies with.
  case missingInnerDerivative(String)
  case extraFactor(String)

  /// What is wrong in words.
  ///
  /// - Parameter side: the side that is wrong, `right` or `left`.
  /// - Returns: a sentence without a full stop.
  package func sentence(_ side: String) -> String {
    switch self {
    case .sign: "the sign of the \(side) side is wrong"
    case .number(let number, let isTooSmall):
      "the \(side) side is too \(isTooSmall ? "small" : "large") by the factor \(number)"
    case .missingTerm(let term): "the \(side) side lacks the term \(term)"
    case .extraTerm(let term): "the \(side) side has an extra term \(term)"
    case .missingFactor(let factor): "the \(side) side lacks the factor \(factor)"
    case .missingInnerDerivative(let factor):
      "the inner derivative \(factor) is missing on the \(side) side (chain rule)"
    case .extraFactor(let factor): "the \(side) side has an extra factor \(factor)"
    }
  }
}

extension Terms {
  /// What has to be added or multiplied to the right side to make it the left one, if that is short.
  package mutating func discrepancy(between left: TermID, and right: TermID) -> Discrepancy? {
    if number(of: right)?.isZero == true {
      return cost(of: left) <= Self.explanationLimit ? .missingTerm(text(of: left)) : nil
    }
    let difference = shortest(subtract(left, right))
    let factor = shortest(divide(left, right))
    let divisor = shortest(divide(right, left))
    if isTooLarge { return nil }
    if let number = number(of: factor) {
      if number == .minusOne { return .sign }
      if number.isZero { return nil }
      let isTooSmall = number.magnitude.double > 1
      return .number(text(of: isTooSmall ? factor : divisor), isTooSmall: isTooSmall)
    }
    let opposite = negated(difference)
    let isExtra = isNegative(difference)
    let (termCost, factorCost, divisorCost) = (
      min(cost(of: difference), cost(of: opposite)), cost(of: factor), cost(of: divisor)
    )
    let least = min(termCost, factorCost, divisorCost)
    // A correction as long as the whole explains nothing.
    guard least <= Self.explanationLimit, least <= 3 || least < cost(of: left) else { return nil }
    if termCost == least {
      return isExtra ? .extraTerm(text(of: opposite)) : .missingTerm(text(of: difference))
    }
    guard factorCost == least else { return .extraFactor(text(of: divisor)) }
    let written = text(of: factor)
    return isInnerDerivative(factor, in: right)
      ? .missingInnerDerivative(written) : .missingFactor(written)
  }

  /// Longer corrections explain nothing.
  private static let explanationLimit = 12

  func text(of root: TermID) -> String {
    FormulaWriter(
      TypedNotation(isOfArrays: defersDomains), Layout(self, roots: [root]), roots: [root]
    ).text(of: root)
  }

  /// Whether a factor is the derivative of something that stands inside a function or a power.
  private mutating func isInnerDerivative(_ factor: TermID, in root: TermID) -> Bool {
    let parts = reachable(from: [root])
    guard parts.count <= 200 else { return false }
    var inner: Set<TermID> = []
    for part in parts {
      switch self[part] {
      case .call(_, let arguments): inner.formUnion(arguments)
      case .product(let factors):
        for factor in factors where !isNumber(factor.exponent, 1) {
          inner.formUnion([factor.base, factor.exponent])
        }
      case .number, .constant, .symbol, .sum, .choice: break
      }
    }
    let variables = parts.filter { if case .symbol = self[$0] { true } else { false } }
    for argument in inner.sorted() {
      if case .symbol = self[argument] { continue }
      for variable in variables where shortest(derivative(of: argument, by: variable)) == factor {
        return true
      }
    }
    return false
  }
}
