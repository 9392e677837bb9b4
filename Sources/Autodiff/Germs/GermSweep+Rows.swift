import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What rows with poles, roots and choices make of germs.
extension GermSweep {
  func quotient(_ germs: [Germ]) throws(ShapeError) -> Germ {
    if let divisor = germs[1].constant, !divisor.hasZero {
      let shape = try Shape.broadcast(germs.map(\.shape))
      return try germs[0].broadcast(to: shape).mapped { coefficient throws(ShapeError) in
        try Tensor.zip(coefficient, divisor) { $0 / $1 }
      }
    }
    return try Germ.zip(germs) { [cap] in $0[0].divided(by: $0[1], cap: cap) }
  }

  /// A power with an exponent that stays; nothing is known of others at a corner of the base.
  func power(_ germs: [Germ], less: Double) throws(ShapeError) -> Germ {
    if let exponent = germs[1].constant, exponent.shape.isScalar {
      let number = exponent.scalar - less
      if number == 1 { return germs[0] }
      if number == 2 { return try Germ.product(germs[0], germs[0], cap: cap) }
    }
    return try Germ.zip(germs) { [cap] entries in
      guard entries[1].isConstant else { return EntryGerm(.nan) }
      let exponent = entries[1].value - less
      return entries[0].power(exponent, cap: cap) { pow($0, exponent) }
    }
  }

  func power(
    _ germ: Germ, _ exponent: Double, of root: (Double) -> Double
  ) throws(ShapeError) -> Germ {
    try Germ.zip([germ]) { [cap] in $0[0].power(exponent, cap: cap, of: root) }
  }

  /// The absolute value: the germ times the sign that it has beside the point.
  mutating func magnitude(_ germs: [Germ]) throws(ShapeError) -> Germ {
    let (values, signs) = (germs[0].value.elements, germs[0].signs)
    let corners = values.indices.filter { values[$0] == 0 }
    note(
      leaves: corners.contains { signs[$0] != 0 }, stays: corners.contains { signs[$0] == 0 })
    let factor = Tensor(shape: germs[0].shape, elements: signs.map { $0 < 0 ? -1 : 1 })
    return try germs[0].mapped { coefficient throws(ShapeError) in
      try Tensor.zip(coefficient, factor) { $0 * $1 }
    }
  }

  /// A comparison, by the sign of the difference beside the point.
  mutating func compare(_ site: GermRule.Site) throws(ShapeError) -> Germ {
    guard case .binary(let apply) = site.graph.operation(of: site.id).row.kernel else {
      return Germ(site.graph.stored(site.id))
    }
    let shape = try Shape.broadcast(site.germs.map(\.shape))
    let (a, b) = (
      try site.germs[0].broadcast(to: shape), try site.germs[1].broadcast(to: shape)
    )
    let (left, right) = (a.value.elements, b.value.elements)
    let signs = try Germ.sum([a, b.scaled(by: -1)]).signs
    let doubtful = a.nans.union(b.nans)
    var (leaves, stays) = (false, false)
    let answers = signs.indices.map { place in
      if doubtful.contains(place) { return apply(.nan, .nan) }
      if left[place] != right[place] || left[place].isInfinite {
        return apply(left[place], right[place])
      }
      if signs[place] == 0 { stays = true } else { leaves = true }
      return apply(signs[place], 0)
    }
    // What is the same node on both sides is no corner.
    if site.operands[0] != site.operands[1] { note(leaves: leaves, stays: stays) }
    return Germ(Tensor(shape: shape, elements: answers))
  }

  /// A choice, entry by entry; of the side that is not taken nothing counts.
  func select(_ germs: [Germ]) throws(ShapeError) -> Germ {
    let condition = Tensor(
      shape: germs[0].shape, elements: germs[0].signs.map { $0 == 0 ? 0 : 1 })
    let shape = try Shape.broadcast(germs.map(\.shape))
    if condition.elements.allSatisfy({ $0 == 1 }) { return try germs[1].broadcast(to: shape) }
    if !condition.elements.contains(1) { return try germs[2].broadcast(to: shape) }
    let first = try germs[1].broadcast(to: shape).mapped { coefficient throws(ShapeError) in
      try Tensor.zip(coefficient, condition) { $1 == 0 ? 0 : $0 }
    }
    let second = try germs[2].broadcast(to: shape).mapped { coefficient throws(ShapeError) in
      try Tensor.zip(coefficient, condition) { $1 == 0 ? $0 : 0 }
    }
    return try Germ.sum([first, second])
  }

  /// The side that an `if` expression took; the other was never computed.
  func branch(_ site: GermRule.Site) -> Germ {
    let (condition, side) = (site.germs[0].entry(0), site.germs[1])
    let isTaken = (condition.sign != 0) == (site.graph.scalar(of: site.operands[0]) != 0)
    return isTaken ? side : Germ(Tensor(repeating: .nan, shape: side.shape))
  }

  /// A derivative of a derivative; of one that does not exist nothing is known beside the point.
  func limited(_ site: GermRule.Site) -> Germ {
    let plain = site.germs[0]
    let values = site.graph.stored(site.id).elements
    guard values.contains(where: \.isNaN) else { return plain }
    let entries = values.indices.map { values[$0].isNaN ? EntryGerm(.nan) : plain.entry($0) }
    return Germ(entries, shape: plain.shape)
  }

  /// The shares of equal entries, by which are equal beside the point.
  func shared(_ site: GermRule.Site) throws(ShapeError) -> Germ {
    let ranks = Germ.ranks(of: [site.germs[0], site.germs[1]])
    return Germ(try evaluate(site, ranks + [site.germs[2].value]))
  }

  /// The place of the largest or smallest entry beside the point.
  func placed(_ site: GermRule.Site) throws(ShapeError) -> Germ {
    Germ(try evaluate(site, Germ.ranks(of: site.germs)))
  }

  private func evaluate(_ site: GermRule.Site, _ operands: [Tensor]) throws(ShapeError) -> Tensor {
    try Precision().evaluate(
      site.graph.operation(of: site.id), operands, site.graph.storedAttribute(of: site.id),
      site.graph.cancellation)
  }

  /// The largest or smallest of entries: the one that is so beside the point.
  mutating func picked(_ site: GermRule.Site) throws(ShapeError) -> Germ {
    let operand = site.germs[0]
    let ranks = Germ.ranks(of: [operand])[0]
    let picked = try evaluate(site, [ranks])
    if !site.graph.marks(of: site.id).isEmpty { note(leaves: true, stays: false) }
    let entries = picked.elements.map { rank in
      ranks.elements.firstIndex(of: rank).map(operand.entry) ?? EntryGerm(.nan)
    }
    return Germ(entries, shape: picked.shape)
  }

  /// √(x² + y²) entry by entry.
  mutating func hypotenuse(_ germs: [Germ]) throws(ShapeError) -> Germ {
    let scale = Germ.scale(of: germs)
    var squares: [Germ] = []
    for germ in germs { squares.append(try square(germ.scaled(by: 1 / scale))) }
    return try root(of: Germ.sum(squares), scale)
  }

  /// The Euclidean length of groups of entries; norms of another order are made of absolute values.
  mutating func norm(_ site: GermRule.Site) throws(ShapeError) -> Germ {
    let attribute = site.graph.storedAttribute(of: site.id)
    guard attribute.options.order == 2 else { return try integrated(site) }
    let scale = Germ.scale(of: site.germs)
    let squares = try square(site.germs[0].scaled(by: 1 / scale))
    let sums = try squares.mapped { coefficient throws(ShapeError) in
      try coefficient.sum(
        axes: attribute.options.axes, keepingDimensions: attribute.options.keepsDimensions)
    }
    return try root(of: sums, scale)
  }

  /// The root of the mean squared distance from the mean.
  mutating func deviation(_ site: GermRule.Site) throws(ShapeError) -> Germ {
    let options = site.graph.storedAttribute(of: site.id).options
    let scale = Germ.scale(of: site.germs)
    let scaled = site.germs[0].scaled(by: 1 / scale)
    // Of equal entries the mean may be rounded; less one of them they are 0.
    let least = try scaled.value.reduced(
      axes: options.axes, keepingDimensions: true, Reduction.minimum)
    let numbers = try Germ.sum([scaled, Germ(least.scaled(by: -1))])
    let groups = try numbers.shape.reducedShape(axes: options.axes, keepingDimensions: true)
    let size = Double(numbers.shape.count) / Double(max(1, groups.count))
    let means = try numbers.mapped { coefficient throws(ShapeError) in
      try coefficient.sum(axes: options.axes, keepingDimensions: true).scaled(by: 1 / size)
    }
    let squares = try square(Germ.sum([numbers, means.scaled(by: -1)]))
    let variances = try squares.mapped { coefficient throws(ShapeError) in
      try coefficient.sum(
        axes: options.axes, keepingDimensions: options.keepsDimensions
      ).scaled(by: 1 / max(size - options.freedom, 0))
    }
    return try root(of: variances, scale)
  }

  private func square(_ germ: Germ) throws(ShapeError) -> Germ {
    // Of the root half as many terms are left.
    try Germ.product(germ, germ, cap: 2 * cap)
  }

  /// The root of sums of squares that were scaled.
  private mutating func root(of squares: Germ, _ scale: Double) throws(ShapeError) -> Germ {
    var (leaves, stays) = (false, false)
    let root = try Germ.zip([squares]) { [cap] entries in
      if entries[0].value == 0 { if entries[0].sign == 0 { stays = true } else { leaves = true } }
      return entries[0].power(0.5, cap: cap) { $0.squareRoot() }
    }
    note(leaves: leaves, stays: stays)
    return root.scaled(by: scale)
  }
}

extension Germ {
  /// A power of two near the largest coefficient: what is divided by it can be squared.
  fileprivate static func scale(of germs: [Germ]) -> Double {
    let largest = germs.flatMap(\.terms).flatMap(\.coefficient.elements).reduce(0) {
      $1.isFinite ? max($0, abs($1)) : $0
    }
    guard largest > 0 else { return 1 }
    return Double(sign: .plus, exponent: largest.exponent, significand: 1)
  }
}
