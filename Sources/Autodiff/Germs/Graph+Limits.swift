import Tensors

/// Derivatives of derivatives where there are corners.
///
/// The derivative that a rule gives at a corner is chosen, and differentiating what was chosen gives
/// the derivative of a constant: of |x|² at 0 that of 2·|x|·0. So the slope is looked at as it is
/// beside the corner, on both sides along each direction that is asked for. Where both have the same
/// value and leave it at the same speed, that speed is the derivative; where not, there is none.
extension Graph {
  /// The derivative of a slope with respect to a target, right also where the slope was chosen.
  ///
  /// - Parameters:
  ///   - plain: the derivative by the rules, in the shape of the target; nil for none at all.
  ///   - slope: a scalar that may be made of slopes.
  ///   - target: the node that it is differentiated with respect to.
  /// - Returns: `plain` where no slope is chosen anywhere.
  /// - Throws: `ShapeError`, which would be a mistake in a rule, or a cancellation.
  package mutating func limit(
    _ plain: NodeID?, of slope: NodeID, at target: NodeID
  ) throws(ShapeError) -> NodeID? {
    guard isChosen(slope, along: [target], isAbsent: plain == nil) else { return plain }
    let plain = plain ?? constant(Tensor(repeating: 0, shape: shape(of: target)))
    return try apply(.limit, [plain, slope, target])
  }

  /// The derivative of a slope along a direction, right also where the slope was chosen.
  ///
  /// - Parameters:
  ///   - plain: the derivative by the rules, in the shape of the slope; nil for none at all.
  ///   - slope: a node that may be made of slopes.
  ///   - seeds: the direction.
  /// - Returns: `plain` where no slope is chosen anywhere.
  /// - Throws: `ShapeError`, which would be a mistake in a rule, or a cancellation.
  package mutating func limit(
    _ plain: NodeID?, of slope: NodeID, along seeds: [TangentBuilder.Seed]
  ) throws(ShapeError) -> NodeID? {
    guard isChosen(slope, along: seeds.map(\.node), isAbsent: plain == nil) else { return plain }
    let plain = plain ?? constant(Tensor(repeating: 0, shape: shape(of: slope)))
    return try apply(
      .limit, [plain, slope] + seeds.flatMap { [$0.node, $0.tangent] })
  }

  /// The derivatives of the sum of u·y with respect to some targets, right also where y is made of
  /// slopes that were chosen.
  ///
  /// - Throws: `ShapeError`, which would be a mistake in a rule, or a cancellation.
  package mutating func limits(
    _ plain: [NodeID?], of y: NodeID, weighedBy u: NodeID, at targets: [NodeID]
  ) throws(ShapeError) -> [NodeID?] {
    guard isChosen(y, along: targets, isAbsent: false) else { return plain }
    let slope = try fold(.sum, [fold(.multiply, u, y)])
    var limits: [NodeID?] = []
    for (plain, target) in zip(plain, targets) {
      limits.append(try limit(plain, of: slope, at: target))
    }
    return limits
  }

  /// The entries of a target up to which they are looked at one by one only to be shown.
  private static let mostShown = 16

  /// The derivatives of a scalar that is made of chosen slopes, as they are shown beside it; the
  /// plain ones where there are many.
  ///
  /// - Returns: numbers in the places of `partials` where a corner is met and there is a derivative.
  package mutating func limitNumber(
    _ plain: Tensor, of slope: NodeID, at target: NodeID
  ) throws(ShapeError) -> Tensor {
    guard plain.count <= Self.mostShown,
      isChosen(slope, along: [target], isAbsent: true)
    else { return plain }
    let count = count
    defer { truncate(to: count) }
    let found = try apply(.limit, [constant(plain), slope, target])
    return try Tensor.zip(stored(found), plain) { $0.isNaN ? $1 : $0 }
  }

  /// Whether nodes are made of slopes that were chosen at a corner now.
  func areAtCorners(_ slopes: [NodeID]) -> Bool {
    guard let firstSlope, slopes.contains(where: { $0 >= firstSlope }) else { return false }
    var reach = Reach()
    reach.collect(from: slopes, in: self)
    return reach.inner.contains(where: isSlope) && reach.inner.contains(where: isCorner)
  }

  /// The operands that a person has to see: of a limit what the rules say; nil for all of them.
  package func shownOperands(of id: NodeID) -> [NodeID]? {
    operation(of: id) == .limit ? [operands(of: id)[0]] : nil
  }

  /// The node that a limit is equal to where there is no corner, itself for any other.
  package func plain(_ id: NodeID) -> NodeID {
    guard operation(of: id) == .limit else { return id }
    let plain = operands(of: id)[0]
    return stored(plain) == stored(id) ? plain : id
  }

  /// Whether a node is made of slopes that are chosen at corners.
  package func hasChosenSlopes(_ id: NodeID) -> Bool {
    guard let firstSlope, firstSlope <= id else { return false }
    var reach = Reach()
    reach.collect(from: id, in: self)
    return reach.inner.contains(where: isSlope)
  }

  /// Whether a node is made of slopes that are chosen at corners, and of one of the targets.
  private func isChosen(
    _ slope: NodeID, along targets: [NodeID], isAbsent: Bool
  ) -> Bool {
    guard let firstSlope, firstSlope <= slope else { return false }
    var reach = Reach()
    reach.collect(from: slope, in: self)
    guard targets.contains(where: reach.contains), reach.inner.contains(where: isSlope) else {
      return false
    }
    return !isAbsent || reach.inner.contains(where: isCorner)
  }

  /// The value of a limit: that of the plain derivative wherever there is no corner.
  func limit(of operands: [NodeID]) throws(ShapeError) -> Tensor {
    let plain = stored(operands[0])
    var reach = Reach()
    reach.collect(from: operands[1], in: self)
    // Each is asked, since each answer decides.
    guard reach.inner.filter(isCorner).count > 0 else { return plain }
    trace?.isVoid = true
    var graph = self
    graph.trace = nil
    var approach = Approach(operands[1], reach, graph)
    if operands.count == 3 { return try approach.partials(by: operands[2], plain) }
    var direction: [NodeID: Tensor] = [:]
    for place in stride(from: 2, to: operands.count, by: 2) {
      let (node, tangent) = (operands[place], graph.stored(operands[place + 1]))
      guard var sum = direction[node] else {
        direction[node] = tangent
        continue
      }
      sum += tangent
      direction[node] = sum
    }
    return try approach.derivative(along: direction, plain)
  }

  /// Whether a node is at a kink or a jump of its row with something that varies.
  package func isCorner(_ id: NodeID) -> Bool {
    guard traits(of: id).contains(.hasCorners), operation(of: id) != .limit else { return false }
    let operands = operands(of: id)
    guard operands.contains(where: isVariable) else { return false }
    let row = operation(of: id).row
    if let corner = row.arrayCorner {
      trace?.isVoid = true
      return !corner(self, id).places.isEmpty
    }
    if isGuard(id) { return false }
    if operation(of: id).isComparison, !operands.contains(where: isGradual) { return false }
    let isAlone = operands.count > 1 && operands[0] == operands[1]
    let variables = variables(among: operands)
    var isAny = false
    for corner in row.corners where corner.mark != .verticalTangent {
      let bits = corner.root.argumentBits
      guard bits == 0 || bits & variables != 0, !(isAlone && corner.root == .x - .y) else {
        continue
      }
      if isScalar(id), operands.allSatisfy(isScalar) {
        if isZero(corner.root, at: operands, result: id) { isAny = true }
      } else {
        trace?.isVoid = true
        if !entries(of: id, operands, whereZero: corner.root).isEmpty { isAny = true }
      }
    }
    return isAny
  }
}

/// A slope at a corner, and how it is approached.
private struct Approach {
  let slope: NodeID
  let graph: Graph
  /// The corners at which slopes were chosen.
  let chosen: [NodeID]
  /// The inputs that chosen slopes are built from.
  let movable: [NodeID]
  /// The slope in the direction in which all of them move, once it was asked for.
  private var turned: Sides?

  init(_ slope: NodeID, _ reach: Reach, _ graph: Graph) {
    (self.slope, self.graph) = (slope, graph)
    var below = Reach()
    below.collect(from: reach.inner.filter(graph.isSlope), in: graph)
    chosen = below.inner.filter(graph.isCorner)
    movable = below.leaves.filter(graph.isVariable)
  }

  /// The derivatives of a scalar slope with respect to the entries of a target.
  mutating func partials(by target: NodeID, _ plain: Tensor) throws(ShapeError) -> Tensor {
    let shape = graph.shape(of: target)
    var elements = plain.elements
    for place in elements.indices {
      var direction = [Double](repeating: 0, count: shape.count)
      direction[place] = 1
      elements[place] = try derivative(
        along: [target: Tensor(shape: shape, elements: direction)],
        Tensor(scalar: elements[place])
      ).scalar
    }
    return Tensor(shape: plain.shape, elements: elements)
  }

  /// The derivative of the slope along a direction; the plain one where that meets no corner.
  mutating func derivative(
    along direction: [NodeID: Tensor], _ plain: Tensor
  ) throws(ShapeError) -> Tensor {
    let straight = try sides(along: direction)
    let hasResting = chosen.contains { !straight.forward.moves($0) }
    guard straight.meetsCorner || hasResting else { return plain }
    var found = straight.meetsCorner ? straight.derivative(of: slope, in: graph) : plain
    // A slope that has no value at the point has no derivative there, whatever it does beside it.
    found = try Tensor.zip(found, graph.stored(slope)) { $1.isNaN ? .nan : $0 }
    // A derivative is linear in the direction. That tells it from what only seems to be one along
    // an axis, and from what hangs on a choice that this direction leaves as it is.
    let turned = try sidesAside()
    let across = turned.derivative(of: slope, in: graph)
    var elements = found.elements
    for tilt in [Self.tilt, -Self.tilt] {
      let tilted = try sides(along: Self.sum(direction, aside, times: tilt))
      let between = tilted.derivative(of: slope, in: graph).elements
      let tolerance = tilted.tolerance.slope + turned.tolerance.slope
      for place in elements.indices {
        let expected = found.elements[place] + tilt * across.elements[place]
        let isLinear = abs(between[place] - expected) <= tolerance || between[place] == expected
        if !isLinear { elements[place] = .nan }
      }
    }
    return Tensor(shape: found.shape, elements: elements)
  }

  private static let tilt = 0.25

  /// A direction in which all moves that slopes are built from, along no axis.
  private var aside: [NodeID: Tensor] {
    var count = 0
    var direction: [NodeID: Tensor] = [:]
    for id in movable {
      let shape = graph.shape(of: id)
      let elements = (0..<shape.count).map { _ in
        count += 1
        // Multiples of the golden ratio leave each other alone.
        let part = (Double(count) * 0.6180339887498949).truncatingRemainder(dividingBy: 1)
        return (count.isMultiple(of: 2) ? -0.5 : 0.5) - 0.4 * part
      }
      direction[id] = Tensor(shape: shape, elements: elements)
    }
    return direction
  }

  private static func sum(
    _ a: [NodeID: Tensor], _ b: [NodeID: Tensor], times factor: Double
  ) -> [NodeID: Tensor] {
    var sum = a
    for (id, part) in b {
      let scaled = part.scaled(by: factor)
      if sum[id] == nil { sum[id] = scaled } else { sum[id]? += scaled }
    }
    return sum
  }

  private mutating func sidesAside() throws(ShapeError) -> Sides {
    if let turned { return turned }
    let sides = try sides(along: aside)
    turned = sides
    return sides
  }

  private func sides(along direction: [NodeID: Tensor]) throws(ShapeError) -> Sides {
    var sides = Sides()
    try sides.forward.run(to: [slope], along: movements(direction, 1), in: graph)
    try sides.backward.run(to: [slope], along: movements(direction, -1), in: graph)
    return sides
  }

  private func movements(_ direction: [NodeID: Tensor], _ sign: Double) -> [NodeID: Germ] {
    direction.mapValues { tangent in
      let term = Germ.Term(exponent: 1, coefficient: tangent.scaled(by: sign))
      return Germ([term], shape: tangent.shape, end: .infinity)
    }
  }
}

/// The germs on both sides of a point, along a direction and against it.
private struct Sides {
  var forward = GermSweep()
  var backward = GermSweep()

  var meetsCorner: Bool { forward.leavesCorner || backward.leavesCorner || staysAtCorner }
  var staysAtCorner: Bool { forward.staysAtCorner || backward.staysAtCorner }

  /// The rounding errors that values and their speeds may have.
  var tolerance: (value: Double, slope: Double) {
    let value = max(forward.largest.value, backward.largest.value)
    return (1e-12 * value, 1e-10 * max(forward.largest.slope, backward.largest.slope))
  }

  /// The derivative of a node along the direction; nan where the sides do not agree.
  func derivative(of id: NodeID, in graph: Graph) -> Tensor {
    let (ahead, behind) = (forward.germ(of: id, in: graph), backward.germ(of: id, in: graph))
    let tolerance = tolerance
    let elements = (0..<ahead.shape.count).map { place in
      Self.slope(ahead.entry(place), behind.entry(place), tolerance)
    }
    return Tensor(shape: ahead.shape, elements: elements)
  }

  private static func slope(
    _ ahead: EntryGerm, _ behind: EntryGerm, _ tolerance: (value: Double, slope: Double)
  ) -> Double {
    // Of poles that cancel, rounding may leave some.
    let sides = [ahead, behind].map { side in
      EntryGerm(
        side.terms.filter { $0.exponent >= 0 || !(abs($0.coefficient) <= tolerance.value) },
        end: side.end)
    }
    guard sides.allSatisfy({ !$0.isNaN && $0.end > 1 && ($0.terms.first?.exponent ?? 0) >= 0 }),
      abs(sides[0].value - sides[1].value) <= tolerance.value
    else { return .nan }
    let steep = sides.map { side in
      side.terms.first { $0.exponent > 0 && $0.exponent < 1 }?.coefficient ?? 0
    }
    if steep != [0, 0] {
      return steep[0] > 0 && steep[1] < 0
        ? .infinity : steep[0] < 0 && steep[1] > 0 ? -.infinity : .nan
    }
    let (right, left) = (sides[0].coefficient(of: 1), -sides[1].coefficient(of: 1))
    return abs(right - left) <= tolerance.slope ? (right + left) / 2 : .nan
  }
}

extension EntryGerm {
  fileprivate func coefficient(of exponent: Double) -> Double {
    terms.first { abs($0.exponent - exponent) < Self.resolution }?.coefficient ?? 0
  }
}
