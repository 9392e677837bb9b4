import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The way of germs through a row that is not smooth everywhere: arithmetic, which knows poles,
/// roots, and choices.
///
/// That of all other rows follows from their derivative.
enum GermRule {
  case sum, difference, negation, product, quotient, same, stop, limit
  /// A power whose exponent is less by that number.
  case power(less: Double)
  case magnitude, squareRoot, cubeRoot, hypotenuse, norm, deviation
  case comparison, select, branch, extremum, tieShares, place

  static let table: [PrimitiveID: GermRule] = {
    let named: [(String, GermRule)] = [
      ("add", .sum), ("subtract", .difference), ("negate", .negation), ("multiply", .product),
      ("divide", .quotient), ("identity", .same), ("stop", .stop), ("_limit", .limit),
      ("power", .power(less: 0)), ("_lower_power", .power(less: 1)), ("abs", .magnitude),
      ("sqrt", .squareRoot), ("cbrt", .cubeRoot), ("hypot", .hypotenuse), ("norm", .norm),
      ("std", .deviation), ("where", .select), ("if", .branch), ("_amax", .extremum),
      ("_amin", .extremum), ("_tie_shares", .tieShares), ("argmax", .place), ("argmin", .place),
    ]
    var table: [PrimitiveID: GermRule] = [:]
    for (name, rule) in named { table[Primitive.row(name)] = rule }
    for index in Primitive.all.indices {
      let id = PrimitiveID(rawValue: UInt16(index))
      if id.isComparison { table[id] = .comparison }
    }
    return table
  }()

  /// What a rule is given.
  struct Site {
    let id: NodeID
    let operands: [NodeID]
    let germs: [Germ]
    let graph: Graph
  }
}

extension GermSweep {
  mutating func germ(
    by rule: GermRule, at site: GermRule.Site
  ) throws(ShapeError) -> Germ {
    let germs = site.germs
    switch rule {
    case .sum: return try Germ.sum(germs)
    case .difference: return try Germ.sum([germs[0], germs[1].scaled(by: -1)])
    case .negation: return germs[0].scaled(by: -1)
    case .product: return try Germ.product(germs[0], germs[1], cap: cap)
    case .quotient: return try quotient(germs)
    case .same: return germs[0]
    case .stop: return Germ(germs[0].value)
    case .limit: return limited(site)
    case .power(let less): return try power(germs, less: less)
    case .magnitude: return try magnitude(germs)
    case .squareRoot: return try power(germs[0], 0.5) { $0.squareRoot() }
    case .cubeRoot: return try power(germs[0], 1 / 3) { cbrt($0) }
    case .hypotenuse: return try hypotenuse(germs)
    case .norm: return try norm(site)
    case .deviation: return try deviation(site)
    case .comparison: return try compare(site)
    case .select: return try select(germs)
    case .branch: return branch(site)
    case .extremum: return try picked(site)
    case .tieShares: return try shared(site)
    case .place: return try placed(site)
    }
  }
}

extension Germ {
  func scaled(by factor: Double) -> Germ {
    Germ(
      terms.map { term in
        Term(
          exponent: term.exponent, coefficient: term.coefficient.scaled(by: factor))
      }, shape: shape, end: end)
  }

  /// Numbers in the order of the entries of some germs beside the point; equal germs have the same.
  static func ranks(of germs: [Germ]) -> [Tensor] {
    let entries = germs.flatMap { germ in (0..<germ.shape.count).map { germ.entry($0) } }
    let order = entries.indices.sorted { entries[$0].isBelow(entries[$1]) }
    var ranks = [Double](repeating: 0, count: entries.count)
    var rank = 0.0
    for (place, index) in order.enumerated() {
      if place > 0, entries[order[place - 1]].isBelow(entries[index]) { rank += 1 }
      ranks[index] = entries[index].isNaN ? .nan : rank
    }
    var start = 0
    return germs.map { germ in
      defer { start += germ.shape.count }
      return Tensor(
        shape: germ.shape, elements: Array(ranks[start..<start + germ.shape.count]))
    }
  }
}

extension EntryGerm {
  /// The difference of two germs.
  func minus(_ other: EntryGerm) -> EntryGerm {
    var difference = EntryGerm(terms, end: min(end, other.end))
    for term in other.terms {
      difference.add(Term(exponent: term.exponent, coefficient: -term.coefficient))
    }
    return difference
  }

  fileprivate func isBelow(_ other: EntryGerm) -> Bool { minus(other).sign < 0 }
}
