import Autodiff

/// Rules of differentiation that a wrong derivative has broken.
package enum BrokenRule: Sendable {
  /// One of the two terms of (u·v)' is there, and the other is missing.
  case halfOfProduct(u: String, v: String, missing: String)
  case productOfDerivatives(u: String, v: String)
  case quotientOfDerivatives(u: String, v: String)
  /// (u'·v + u·v')/v².
  case sumInQuotient(u: String, v: String)
  /// n·aⁿ⁻¹ for aⁿ, where n is what varies.
  case powerRuleForExponential(power: String, derivative: String)
  /// aⁿ·log(a) for aⁿ, where a is what varies.
  case exponentialRuleForPower(power: String, derivative: String)
  /// Only the base or only the exponent was differentiated, where both vary.
  case halfOfPower(power: String, missing: String)
  /// f'(u') for f(u).
  case derivativeInside(function: String, inside: String, wrongly: String)
  /// f'(x)·u' for f(u).
  case outerAtVariable(function: String, inside: String, slope: String, wrongly: String)

  /// What is wrong in words.
  package var sentence: String {
    switch self {
    case .halfOfProduct(let u, let v, let missing):
      "the term \(missing) is missing: (u*v)' is u'*v + u*v', with u = \(u) and v = \(v)"
        + " (product rule)"
    case .productOfDerivatives(let u, let v):
      "that is u'*v', and (u*v)' is u'*v + u*v', with u = \(u) and v = \(v) (product rule)"
    case .quotientOfDerivatives(let u, let v):
      "that is u'/v', and (u/v)' is (u'*v - u*v')/v^2, with u = \(u) and v = \(v) (quotient rule)"
    case .sumInQuotient(let u, let v):
      "a sign is wrong: (u/v)' is (u'*v - u*v')/v^2, with u = \(u) and v = \(v) (quotient rule)"
    case .powerRuleForExponential(let power, let derivative):
      "the power rule is for x^n; in \(power) the exponent varies, and its derivative is \(derivative)"
    case .exponentialRuleForPower(let power, let derivative):
      "that rule is for a^x; in \(power) the base varies, and its derivative is \(derivative)"
    case .halfOfPower(let power, let missing):
      "in \(power) base and exponent both vary: the term \(missing) is missing"
    case .derivativeInside(let function, let inside, let wrongly):
      "the derivative of \(function) was taken at \(wrongly); it belongs at \(inside), times"
        + " \(wrongly) (chain rule)"
    case .outerAtVariable(let function, let inside, let slope, let wrongly):
      "the derivative of \(function) was taken at \(wrongly); it belongs at \(inside), times"
        + " \(slope) (chain rule)"
    }
  }
}

extension EntryFormulas {
  /// The rule that was broken on the way from a node to a wrong derivative of its entries.
  ///
  /// - Parameters:
  ///   - claim: what the derivative is said to be.
  ///   - node: what was differentiated, and has been read.
  ///   - variable: what by.
  ///   - scale: what stands before the derivative of an entry, such as 1/n of a mean.
  ///   - graph: the graph that the node belongs to.
  /// - Returns: nil where no single rule explains it.
  package mutating func brokenRule(
    behind claim: TermID, of node: NodeID, by variable: TermID, scale: TermID, in graph: Graph
  ) -> BrokenRule? {
    guard let formula = formulas[node] else { return nil }
    let whole = terms.derivative(of: formula, by: variable)
    let claimed = terms.divide(claim, scale)
    for summand in summands(of: node, in: graph) {
      guard let own = formulas[summand.node], !terms.isTooLarge else { continue }
      let slope = terms.derivative(of: own, by: variable)
      // What the person has made of this summand, if the others are right.
      let rest = terms.subtract(whole, terms.times(summand.coefficient, slope))
      let part = terms.subtract(claimed, rest)
      guard let inverse = Number.quotient(.one, summand.coefficient) else { continue }
      let made = terms.times(inverse, part)
      if let rule = brokenRule(behind: made, of: summand.node, slope, by: variable, in: graph) {
        return rule
      }
    }
    return nil
  }

  /// The summands of a node with the numbers before them.
  private func summands(of node: NodeID, in graph: Graph)
    -> [(node: NodeID, coefficient: Number)]
  {
    var found: [(node: NodeID, coefficient: Number)] = []
    var pending: [(node: NodeID, coefficient: Number)] = [(node, .one)]
    while let next = pending.popLast(), found.count < 12 {
      let operands = graph.operands(of: next.node)
      func goOn(_ place: Int, _ factor: Number = .one) {
        pending.append((operands[place], next.coefficient * factor))
      }
      func number(_ place: Int) -> Number? { formulas[operands[place]].flatMap(terms.number(of:)) }
      switch graph.operation(of: next.node) {
      case .add:
        goOn(0)
        goOn(1)
      case .subtract:
        goOn(0)
        goOn(1, .minusOne)
      case .negate: goOn(0, .minusOne)
      case .multiply where number(0) != nil: goOn(1, number(0) ?? .one)
      case .multiply where number(1) != nil: goOn(0, number(1) ?? .one)
      case .divide where number(1) != nil:
        goOn(0, number(1).flatMap { Number.quotient(.one, $0) } ?? .one)
      case .identity: goOn(0)
      default: found.append(next)
      }
    }
    return found
  }

  private mutating func brokenRule(
    behind made: TermID, of node: NodeID, _ slope: TermID, by variable: TermID, in graph: Graph
  ) -> BrokenRule? {
    let parts = graph.operands(of: node).compactMap { formulas[$0] }
    let slopes = parts.map { terms.derivative(of: $0, by: variable) }
    let row = graph.operation(of: node)
    if parts.count == 1 {
      return row == .exp
        ? brokenPower(made, terms.intern(.constant(.e)), parts[0], terms.number(.zero), slopes[0])
        : brokenChain(made, row, parts[0], slopes[0], by: variable)
    }
    guard parts.count == 2 else { return nil }
    let (u, v) = (parts[0], parts[1])
    switch row {
    case .multiply:
      guard !isZero(slopes[0]), !isZero(slopes[1]) else { return nil }
      let halves = [terms.multiply(slopes[0], v), terms.multiply(u, slopes[1])]
      let texts = (u: text(u), v: text(v))
      // A factor 1 would make of u'·v' one of the terms.
      if isSame(made, halves[0]) {
        return .halfOfProduct(u: texts.u, v: texts.v, missing: shortText(halves[1]))
      }
      if isSame(made, halves[1]) {
        return .halfOfProduct(u: texts.u, v: texts.v, missing: shortText(halves[0]))
      }
      return isSame(made, terms.multiply(slopes[0], slopes[1]))
        ? .productOfDerivatives(u: texts.u, v: texts.v) : nil
    case .divide:
      guard !isZero(slopes[1]) else { return nil }
      let square = terms.multiply(v, v)
      let sum = terms.add(terms.multiply(slopes[0], v), terms.multiply(u, slopes[1]))
      if !isZero(slopes[0]), isSame(made, terms.divide(sum, square)) {
        return .sumInQuotient(u: text(u), v: text(v))
      }
      return isSame(made, terms.divide(slopes[0], slopes[1]))
        ? .quotientOfDerivatives(u: text(u), v: text(v)) : nil
    case .power: return brokenPower(made, u, v, slopes[0], slopes[1])
    default: return nil
    }
  }

  private mutating func brokenPower(
    _ made: TermID, _ base: TermID, _ exponent: TermID, _ baseSlope: TermID,
    _ exponentSlope: TermID
  ) -> BrokenRule? {
    let power = terms.power(base, exponent)
    let lower = terms.power(base, terms.subtract(exponent, terms.number(.one)))
    let logarithm = terms.multiply(power, terms.apply(.log, [base]))
    let byPower = terms.multiply(exponent, lower)
    if isZero(baseSlope) {
      let right = terms.multiply(logarithm, exponentSlope)
      let forms = [byPower, terms.multiply(byPower, exponentSlope)]
      return forms.contains(where: { isSame(made, $0) })
        ? .powerRuleForExponential(power: text(power), derivative: shortText(right)) : nil
    }
    let right = terms.multiply(byPower, baseSlope)
    if isZero(exponentSlope) {
      let forms = [logarithm, terms.multiply(logarithm, baseSlope)]
      return forms.contains(where: { isSame(made, $0) })
        ? .exponentialRuleForPower(power: text(power), derivative: shortText(right)) : nil
    }
    let other = terms.multiply(logarithm, exponentSlope)
    if isSame(made, right) { return .halfOfPower(power: text(power), missing: shortText(other)) }
    return isSame(made, other)
      ? .halfOfPower(power: text(power), missing: shortText(right)) : nil
  }

  private mutating func brokenChain(
    _ made: TermID, _ row: PrimitiveID, _ inner: TermID, _ slope: TermID, by variable: TermID
  ) -> BrokenRule? {
    guard inner != variable, !isZero(slope), terms.number(of: slope)?.isOne != true,
      case .partials = row.row.rule
    else { return nil }
    let stand = terms.symbol("an inner function")
    let outer = terms.derivative(of: terms.apply(row, [stand]), by: stand)
    for (place, wrongly) in [(slope, text(slope)), (variable, text(variable))] {
      let there = terms.replacing(stand, by: place, in: outer)
      for form in [there, terms.multiply(there, slope)] where isSame(made, form) {
        return place == slope
          ? .derivativeInside(function: row.row.name, inside: text(inner), wrongly: wrongly)
          : .outerAtVariable(
            function: row.row.name, inside: text(inner), slope: shortText(slope),
            wrongly: wrongly)
      }
    }
    return nil
  }

  private mutating func shortText(_ term: TermID) -> String {
    let shortest = terms.shortest(term)
    return text(shortest)
  }

  private func isZero(_ term: TermID) -> Bool { terms.number(of: term)?.isZero == true }

  private mutating func isSame(_ a: TermID, _ b: TermID) -> Bool {
    if a == b { return true }
    let difference = terms.subtract(a, b)
    if isZero(difference) { return true }
    guard terms.cost(of: difference) < 400 else { return false }
    let forms = [terms.shortest(difference), terms.expanding(difference)]
    return forms.contains(where: isZero)
  }
}
