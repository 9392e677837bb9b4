/// A derivative rule as data: an expression over a function's arguments and its result.
///
/// Stored as a flat postfix list, so one value can be evaluated by the sweeps, written into a graph
/// as nodes, printed for `help`, and checked against differences.
package struct Formula: Hashable, Sendable {
  package enum Term: Hashable, Sendable {
    case argument(Int)
    /// What one of two equal things gets.
    case tieShare(TieShare)
    case result
    case constant(Double)
    /// Applies the row of that name to the last `count` values.
    case apply(String, count: Int)
  }

  package let terms: [Term]

  init(_ terms: [Term]) { self.terms = terms }

  static let x = Formula([.argument(0)])
  static let y = Formula([.argument(1)])
  static let z = Formula([.argument(2)])
  static let result = Formula([.result])
  static let pi = Formula([.constant(.pi)])
  static let nan = Formula([.constant(.nan)])

  /// What one of two formulas over arguments gets where they are equal.
  static func tieShare(
    of first: Formula, against second: Formula, isOfSecond: Bool = false, takesLarger: Bool
  ) -> Formula {
    let share = TieShare(
      first: first.argumentBits, second: second.argumentBits, isOfSecond: isOfSecond,
      takesLarger: takesLarger)
    return Formula([.tieShare(share)])
  }

  /// The arguments that the formula is made of: bit k stands for argument k.
  var argumentBits: UInt8 {
    terms.reduce(0) { bits, term in
      if case .argument(let place) = term { bits | 1 << UInt8(place) } else { bits }
    }
  }

  // One for each number of arguments: the table is built at every start, so it has to be quick.
  static func call(_ name: String, _ a: Formula) -> Formula {
    var terms = a.terms
    terms.append(.apply(name, count: 1))
    return Formula(terms)
  }

  static func call(_ name: String, _ a: Formula, _ b: Formula) -> Formula {
    var terms = a.terms
    terms.reserveCapacity(a.terms.count + b.terms.count + 1)
    terms.append(contentsOf: b.terms)
    terms.append(.apply(name, count: 2))
    return Formula(terms)
  }

  static func call(_ name: String, _ a: Formula, _ b: Formula, _ c: Formula) -> Formula {
    Formula(a.terms + b.terms + c.terms + [.apply(name, count: 3)])
  }
}

extension Formula {
  /// The arguments of the application that some terms end with.
  static func arguments(of terms: ArraySlice<Term>, count: Int) -> [ArraySlice<Term>] {
    var arguments: [ArraySlice<Term>] = []
    var end = terms.endIndex - 1
    for _ in 0..<count {
      var (start, missing) = (end, 1)
      while missing > 0 {
        start -= 1
        missing -= 1
        if case .apply(_, let count) = terms[start] { missing += count }
      }
      arguments.append(terms[start..<end])
      end = start
    }
    return arguments.reversed()
  }
}

extension Formula: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  package init(floatLiteral value: Double) { self.init([.constant(value)]) }
  package init(integerLiteral value: Int) { self.init([.constant(Double(value))]) }
}

extension Formula {
  static func + (a: Formula, b: Formula) -> Formula { call("add", a, b) }
  static func - (a: Formula, b: Formula) -> Formula { call("subtract", a, b) }
  static func * (a: Formula, b: Formula) -> Formula { call("multiply", a, b) }
  static func / (a: Formula, b: Formula) -> Formula { call("divide", a, b) }
  static prefix func - (a: Formula) -> Formula { call("negate", a) }
  static func < (a: Formula, b: Formula) -> Formula { call("less", a, b) }
  static func <= (a: Formula, b: Formula) -> Formula { call("less_equal", a, b) }
  static func > (a: Formula, b: Formula) -> Formula { call("greater", a, b) }
  static func >= (a: Formula, b: Formula) -> Formula { call("greater_equal", a, b) }
  static func equal(_ a: Formula, _ b: Formula) -> Formula { call("equal", a, b) }
  static func both(_ a: Formula, _ b: Formula) -> Formula { call("and", a, b) }
  /// `then` where the condition holds and `otherwise` elsewhere; the side not taken is ignored.
  static func when(_ condition: Formula, _ then: Formula, else otherwise: Formula) -> Formula {
    call("where", condition, then, otherwise)
  }
  static func abs(_ a: Formula) -> Formula { call("abs", a) }
  static func exp(_ a: Formula) -> Formula { call("exp", a) }
  static func log(_ a: Formula) -> Formula { call("log", a) }
  static func sqrt(_ a: Formula) -> Formula { call("sqrt", a) }
  static func sin(_ a: Formula) -> Formula { call("sin", a) }
  static func cos(_ a: Formula) -> Formula { call("cos", a) }
  static func sinh(_ a: Formula) -> Formula { call("sinh", a) }
  static func cosh(_ a: Formula) -> Formula { call("cosh", a) }
  static func hypot(_ a: Formula, _ b: Formula) -> Formula { call("hypot", a, b) }
  static func pow(_ a: Formula, _ b: Formula) -> Formula { call("power", a, b) }
  static func floor(_ a: Formula) -> Formula { call("floor", a) }
  static func round(_ a: Formula) -> Formula { call("round", a) }
  static func sign(_ a: Formula) -> Formula { call("sign", a) }
  static func sigmoid(_ a: Formula) -> Formula { call("sigmoid", a) }
}
