import Autodiff

/// The derivative of a formula, by the rows' own formulas.
extension Terms {
  /// The derivative of a term with respect to a variable.
  ///
  /// One pass over the parts, operands first: each one's derivative is made from those of its parts.
  package mutating func derivative(of root: TermID, by variable: TermID) -> TermID {
    var slopes: [TermID: TermID] = [variable: number(.one)]
    for id in reachable(from: [root]) where id != variable {
      let term = self[id]
      guard term.parts.contains(where: { slopes[$0] != nil }) else { continue }
      let slope = slope(of: id, term, slopes)
      if !isNumber(slope, 0) { slopes[id] = slope }
      if isTooLarge { break }
    }
    return slopes[root] ?? number(.zero)
  }

  private mutating func slope(of id: TermID, _ term: Term, _ slopes: [TermID: TermID]) -> TermID {
    switch term {
    case .number, .constant, .symbol: return number(.zero)
    case .sum(_, let summands):
      return sum(
        summands.compactMap { summand in
          slopes[summand.term].map { (summand.coefficient, $0) }
        })
    case .product(let factors):
      var parts: [TermID] = []
      for place in factors.indices where !isTooLarge {
        if let part = slope(ofFactor: place, factors, id, slopes) { parts.append(part) }
      }
      return sum(parts.map { (.one, $0) })
    case .call(let row, let arguments):
      return slope(ofCall: id, row, arguments, slopes)
    case .choice(let condition, let first, let second):
      let zero = number(.zero)
      return choice(condition, slopes[first] ?? zero, slopes[second] ?? zero)
    }
  }

  /// The product with one factor differentiated: p·bᵖ⁻¹·b' + bᵖ·log(b)·p'.
  private mutating func slope(
    ofFactor place: Int, _ factors: [Term.Factor], _ product: TermID, _ slopes: [TermID: TermID]
  ) -> TermID? {
    let one = number(.one)
    let (base, exponent) = (factors[place].base, factors[place].exponent)
    var parts: [TermID] = []
    if let slope = slopes[base] {
      var powers = factors.map { (base: $0.base, exponent: $0.exponent) }
      powers[place].exponent = subtract(exponent, one)
      powers += [(exponent, one), (slope, one)]
      parts.append(self.product(powers))
    }
    if let slope = slopes[exponent] {
      if !isPositive(base) { assume(apply(.greater, [base, number(.zero)])) }
      let logarithm = apply(.log, [base])
      parts.append(self.product([(product, one), (logarithm, one), (slope, one)]))
    }
    return parts.isEmpty ? nil : sum(parts.map { (.one, $0) })
  }

  /// A rule's formula times the slope of its argument, for every argument that has one.
  private mutating func slope(
    ofCall id: TermID, _ row: PrimitiveID, _ arguments: [TermID], _ slopes: [TermID: TermID]
  ) -> TermID {
    guard case .partials(let partials) = row.row.rule else { return number(.zero) }
    if row.row.takesMore { return slope(ofExtremum: row, arguments, slopes) }
    if row == .clamp { return slope(ofClamp: arguments, slopes) }
    var parts: [TermID] = []
    for (argument, partial) in zip(arguments, partials) {
      guard let slope = slopes[argument] else { continue }
      switch partial {
      case .none: continue
      case .formula(let formula):
        let factor = value(of: formula, at: arguments, result: id)
        parts.append(multiply(factor, slope))
      case .gate(let formula):
        let gate = value(of: formula, at: arguments, result: id)
        let isOpen = apply(.notEqual, [gate, number(.zero)])
        let passed = isTruth(gate) ? slope : multiply(gate, slope)
        parts.append(choice(isOpen, passed, number(.zero)))
      }
    }
    return sum(parts.map { (.one, $0) })
  }

  /// The larger or smaller of two has the slope of that one; at a tie a constant wins.
  private mutating func slope(
    ofExtremum row: PrimitiveID, _ arguments: [TermID], _ slopes: [TermID: TermID]
  ) -> TermID {
    let zero = number(.zero)
    let wins: PrimitiveID = row == .max ? .greater : .less
    let (first, second) = (arguments[0], arguments[1])
    let (one, other) = (slopes[first] ?? zero, slopes[second] ?? zero)
    if number(of: first) != nil { return choice(apply(wins, [second, first]), other, one) }
    if number(of: second) == nil {
      let middle = times(.half, add(one, other))
      if let value = number(of: middle) {
        points.append(Point(condition: apply(.equal, arguments), value: value))
      }
    }
    return choice(apply(wins, [first, second]), one, other)
  }

  /// Between its bounds a clamped number has its own slope, and beyond them that of the bound.
  private mutating func slope(ofClamp arguments: [TermID], _ slopes: [TermID: TermID]) -> TermID {
    let (x, low, high) = (arguments[0], arguments[1], arguments[2])
    let parts = arguments.map { slopes[$0] ?? number(.zero) }
    let isInside = apply(
      .logicalAnd, [apply(.greater, [x, low]), apply(.less, [x, high])])
    let isBelow = apply(
      .logicalAnd, [apply(.greater, [low, x]), apply(.less, [low, high])])
    return choice(isInside, parts[0], choice(isBelow, parts[1], parts[2]))
  }

  /// A rule's formula at terms.
  mutating func value(of formula: Formula, at arguments: [TermID], result: TermID)
    -> TermID
  {
    (skipsPoints, defersDomains) = (true, true)
    defer { (skipsPoints, defersDomains) = (false, false) }
    var stack: [TermID] = []
    for term in formula.spelledOut.terms {
      switch term {
      case .argument(let place): stack.append(arguments[place])
      case .tieShare: stack.append(number(.half))
      case .result: stack.append(result)
      case .constant(let value):
        // The numbers of a rule say nothing of how a person writes.
        let style = prefersDecimals
        stack.append(literal(value))
        prefersDecimals = style
      case .apply(let name, let count):
        let operands = Array(stack.suffix(count))
        stack.removeLast(count)
        stack.append(apply(Primitive.row(name), operands))
      }
    }
    return resolvingDomains(stack[0])
  }
}
