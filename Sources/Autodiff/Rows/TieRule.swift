/// How entries that are equal share the derivative of the largest or the smallest.
///
/// The same as `TieShare` for two, where entries that never change stand behind those that do.
package enum TieRule: Hashable, Sendable {
  /// Equal parts for those that vary, but all to those that do not where there is one.
  case constantsWin
  /// Equal parts for all.
  case equally
  /// All to the first, or to the last.
  case first, last

  init(_ choice: CornerChoice, takesLarger: Bool) {
    self =
      switch choice {
      case .table, .error: .constantsWin
      case .middle: .equally
      case .left: takesLarger ? .last : .first
      case .right: takesLarger ? .first : .last
      }
  }

  /// Writes the shares of a group, whose hits are 0, 1 for a constant or 2.
  func share(
    _ hits: UnsafeBufferPointer<Double>, _ shares: UnsafeMutableBufferPointer<Double>
  ) {
    guard hits.first?.isNaN == false else { return shares.update(repeating: .nan) }
    let (hasConstant, hasVariable) = (hits.contains(1), hits.contains(2))
    let kind: Double = self == .first ? (hasVariable ? 2 : 1) : hasConstant ? 1 : 2
    let winners = hits.indices.filter { self == .equally ? hits[$0] > 0 : hits[$0] == kind }
    for place in hits.indices { shares[place] = 0 }
    switch self {
    case .constantsWin, .equally:
      for place in winners { shares[place] = 1 / Double(winners.count) }
    case .first: winners.first.map { shares[$0] = 1 }
    case .last: winners.last.map { shares[$0] = 1 }
    }
  }
}
