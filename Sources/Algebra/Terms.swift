import Autodiff

/// The terms of a formula, each stored once.
///
/// Terms are made by `sum`, `product`, `power`, `apply` and `choice`, which simplify on the way: what
/// they answer is in canonical form if their parts are. All of them are loops over parts that exist
/// already, so a formula may be as deep as it likes.
package struct Terms: Sendable {
  private(set) var all: [Term] = []
  private var places: [Term: TermID] = [:]
  /// What is known of each term's sign.
  private(set) var signs: [Sign] = []
  /// How deep choices stand inside each other: below a limit they are taken apart.
  private var nesting: [Int] = []
  /// Whether a nan stands somewhere in a term.
  private var holdNaN: [Bool] = []
  /// The names of the variables, by the payload of `symbol`.
  package private(set) var names: [String] = []
  /// What was taken to be true while simplifying: conditions, in the order they came up.
  private(set) var assumptions: [TermID] = []
  /// Places that a rule names one by one, such as the corner of `max(x, y)`.
  var points: [Point] = []
  /// Whether a choice by an equation is made for all other places, and the point noted.
  var skipsPoints = false
  /// Whether choices with a nan are kept until the whole formula is known.
  var defersDomains = false
  /// How many parts all terms have together, which is what a formula costs.
  private(set) var size = 0
  /// Whether numbers that were typed had a point: then `1.5*x` is written, otherwise `3*x/2`.
  var prefersDecimals = false
  var scratch = Graph()

  /// The largest formula that is worked on: larger ones nobody would read.
  static let sizeLimit = 60_000

  struct Sign: OptionSet, Sendable {
    let rawValue: UInt8
    /// Never negative.
    static let nonNegative = Sign(rawValue: 1)
    static let nonZero = Sign(rawValue: 2)
    static let positive: Sign = [.nonNegative, .nonZero]
    /// Only 0 or 1.
    static let truth = Sign(rawValue: 4)
  }

  /// Where a derivative is another number than its formula says.
  struct Point: Hashable {
    let condition: TermID
    let value: Number
  }

  package init() {}

  subscript(id: TermID) -> Term { all[id.index] }

  /// Whether the formula has outgrown what is worked on; what is made from then on is nonsense.
  package var isTooLarge: Bool { size > Self.sizeLimit }

  mutating func intern(_ term: Term) -> TermID {
    if let place = places[term] { return place }
    let id = TermID(index: all.count)
    let sign = sign(of: term)
    all.append(term)
    signs.append(sign)
    var holdsNaN = term.parts.contains { self.holdNaN[$0.index] }
    if case .number(let number) = term, number.isNaN { holdsNaN = true }
    holdNaN.append(holdsNaN)
    var depth = term.parts.map { nesting[$0.index] }.max() ?? 0
    if case .choice = term { depth += 1 }
    nesting.append(depth)
    places[term] = id
    size += 1 + term.parts.count
    return id
  }

  func holdsNaN(_ id: TermID) -> Bool { holdNaN[id.index] }

  /// Whether what is done to a term may be done to the sides of its choices.
  func isShallow(_ id: TermID) -> Bool { nesting[id.index] < 8 }

  package mutating func symbol(_ name: String) -> TermID {
    if let place = names.firstIndex(of: name) { return intern(.symbol(place)) }
    names.append(name)
    return intern(.symbol(names.count - 1))
  }

  package mutating func number(_ number: Number) -> TermID { intern(.number(number)) }

  /// A number as it stands in a program: pi and e keep their names, the logarithms of 2 and 10 that
  /// rules contain get theirs.
  package mutating func literal(_ value: Double) -> TermID {
    if let constant = NamedConstant(value) { return intern(.constant(constant)) }
    for whole in [2, 10] where value == Self.logarithm(whole) {
      return intern(.call(.log, [number(Number(whole))]))
    }
    let number = Number(value)
    if number.whole == nil, number.magnitude != .half { prefersDecimals = true }
    return self.number(number)
  }

  private static func logarithm(_ whole: Int) -> Double {
    whole == 2 ? 0.6931471805599453 : 2.302585092994046
  }

  /// The number that a term is.
  func number(of id: TermID) -> Number? {
    if case .number(let number) = self[id] { return number }
    return nil
  }

  func isNumber(_ id: TermID, _ value: Int) -> Bool { number(of: id)?.whole == value }

  mutating func assume(_ condition: TermID) {
    if number(of: condition) != nil || assumptions.contains(condition) { return }
    assumptions.append(condition)
  }

  /// Forgets what was assumed while trying something out.
  mutating func forgetAssumptions(from count: Int) {
    assumptions.removeSubrange(min(count, assumptions.count)...)
  }

  mutating func withoutAssuming<T>(_ body: (inout Terms) -> T) -> T {
    let before = assumptions
    let answer = body(&self)
    assumptions = before
    return answer
  }

  /// The terms that some are made of, parts first.
  func reachable(from roots: [TermID]) -> [TermID] {
    guard let last = roots.max() else { return [] }
    var isMet = [Bool](repeating: false, count: last.index + 1)
    for root in roots { isMet[root.index] = true }
    for index in stride(from: last.index, through: 0, by: -1) where isMet[index] {
      for part in all[index].parts { isMet[part.index] = true }
    }
    return isMet.indices.filter { isMet[$0] }.map { TermID(index: $0) }
  }

  /// Makes a formula anew from its parts, some of which are replaced.
  mutating func rebuilding(
    _ root: TermID, _ replace: (inout Terms, TermID, Term) -> TermID?
  ) -> TermID {
    var copies: [TermID: TermID] = [:]
    for id in reachable(from: [root]) {
      if isTooLarge { return root }
      let old = self[id]
      let parts = old.parts
      let new = parts.map { copies[$0] ?? $0 }
      let copy = new == parts ? id : remade(old, new)
      copies[id] = replace(&self, copy, self[copy]) ?? copy
    }
    return copies[root] ?? root
  }

  /// The term with other parts.
  private mutating func remade(_ term: Term, _ parts: [TermID]) -> TermID {
    switch term {
    case .number, .constant, .symbol: return intern(term)
    case .sum(let constant, let summands):
      return sum(
        zip(summands, parts).map { ($0.coefficient, $1) }, constant: constant)
    case .product(let factors):
      return product(factors.indices.map { (parts[2 * $0], parts[2 * $0 + 1]) })
    case .call(let row, _): return apply(row, parts)
    case .choice: return choice(parts[0], parts[1], parts[2])
    }
  }
}
