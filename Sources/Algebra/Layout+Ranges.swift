import Autodiff

/// Conditions that bound a term from both sides.
extension Layout {
  /// A term between two bounds.
  struct Range {
    let lower: TermID
    let term: TermID
    let upper: TermID
    let signs: (String, String)
  }

  /// `a < x and x < b` as one chain; nil for other conditions.
  func range(_ row: PrimitiveID, _ arguments: [TermID]) -> Range? {
    guard row == .logicalAnd, let one = bound(arguments[0]), let other = bound(arguments[1]),
      one.term == other.term, one.isLower != other.isLower
    else { return nil }
    let (lower, upper) = one.isLower ? (one, other) : (other, one)
    return Range(
      lower: lower.bound, term: one.term, upper: upper.bound, signs: (lower.sign, upper.sign))
  }

  private func bound(_ id: TermID)
    -> (term: TermID, bound: TermID, isLower: Bool, sign: String)?
  {
    guard case .call(let row, let sides) = terms[id] else { return nil }
    switch row {
    case .less: return (sides[0], sides[1], false, "<")
    case .lessEqual: return (sides[0], sides[1], false, "<=")
    case .greater: return (sides[0], sides[1], true, "<")
    case .greaterEqual: return (sides[0], sides[1], true, "<=")
    default: return nil
    }
  }
}
