/// What one of two things that are equal gets of the derivative of the larger or the smaller.
///
/// Of two that vary each gets half; against a constant the constant has all of it. `:set kink`
/// asks for the side on which the first is smaller, or larger, instead.
package struct TieShare: Hashable, Sendable {
  /// The arguments that the one and the other are made of: bit k stands for argument k.
  let first: UInt8
  let second: UInt8
  let isOfSecond: Bool
  /// Whether the larger one is taken.
  let takesLarger: Bool

  /// The share.
  ///
  /// - Parameters:
  ///   - variables: the arguments that depend on an input, a bit each.
  ///   - choice: what derivatives at kinks are.
  /// - Returns: a number from 0 to 1.
  func value(_ variables: UInt8, _ choice: CornerChoice = .table) -> Double {
    let ofFirst = ofFirst(variables & first != 0, variables & second != 0, choice)
    return isOfSecond ? 1 - ofFirst : ofFirst
  }

  private func ofFirst(_ first: Bool, _ second: Bool, _ choice: CornerChoice) -> Double {
    switch choice {
    case .table, .error: return first == second ? 0.5 : second ? 1 : 0
    case .middle: return 0.5
    case .left, .right:
      // What moves comes from that side; of two that move the first does.
      let comesFromAbove = choice == .right
      let isFirstLarger = !first && second ? !comesFromAbove : comesFromAbove
      return isFirstLarger == takesLarger ? 1 : 0
    }
  }
}
