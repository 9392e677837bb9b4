import Autodiff

/// Choices one side of which is nan: they say where a formula is defined.
extension Terms {
  /// A choice one side of which is not defined everywhere: what is asked there may hold anyway.
  ///
  /// So `where(x > 0, 1, where(x <= 0, 0, nan))`, which is nan at nan only, is defined everywhere.
  mutating func joinedDomains(
    _ condition: TermID, _ first: TermID, _ second: TermID
  ) -> TermID? {
    guard defersDomains else { return nil }
    if case .choice(let domain, let inside, let outside) = self[second], isNaN(outside) {
      let both = choice(condition, first, inside)
      if domain == opposite(condition) || isMirrored(condition, domain) { return both }
      let whole = apply(.logicalOr, [condition, domain])
      return choice(whole, both, outside)
    }
    if case .choice(let domain, let inside, let outside) = self[first], isNaN(outside) {
      let both = choice(condition, inside, second)
      if domain == condition { return both }
      let whole = apply(.logicalOr, [opposite(condition), domain])
      return choice(whole, both, outside)
    }
    return nil
  }

  /// Whether two conditions are a > b and b > a, which leave out a = b only.
  private func isMirrored(_ first: TermID, _ second: TermID) -> Bool {
    guard case .call(let row, let sides) = self[first],
      case .call(let other, let otherSides) = self[second], row == .less || row == .greater
    else { return false }
    return other == row
      ? otherSides == sides.reversed() : other == Self.mirrored[row] && otherSides == sides
  }

  /// A formula without the sides that are not defined; where it is defined becomes an assumption.
  mutating func resolvingDomains(_ root: TermID) -> TermID {
    guard holdsNaN(root) else { return root }
    let isDeferring = defersDomains
    defersDomains = false
    defer { defersDomains = isDeferring }
    return rebuilding(root) { terms, _, term in
      guard case .choice(let condition, let first, let second) = term, terms.isNaN(second) else {
        return nil
      }
      return terms.choice(condition, first, second)
    }
  }

  /// A condition without its border: a derivative is one of both sides.
  mutating func interior(_ condition: TermID) -> TermID {
    guard case .call(let row, let arguments) = self[condition] else { return condition }
    switch row {
    case .lessEqual: return apply(.less, arguments)
    case .greaterEqual: return apply(.greater, arguments)
    case .logicalAnd:
      let (first, second) = (interior(arguments[0]), interior(arguments[1]))
      return apply(.logicalAnd, [first, second])
    default: return condition
    }
  }
}
