import Tensors

/// Forward mode in germs: how the nodes of a graph move where its inputs leave a point along a
/// direction.
///
/// Serves second and higher derivatives at corners. A rule says of a corner which slope is taken
/// there; that is a number to go on with, but no function, and differentiating it would give the
/// derivative of a constant. Beside the point there is a function again, on each side its own.
struct GermSweep {
  /// Exponents from here on are left out, where no lower one is there.
  let cap: Double
  /// How many integrals may stand inside each other.
  let level: Int
  /// Whether a corner was left: then the point itself says nothing about the numbers beside it.
  private(set) var leavesCorner = false
  /// Whether a corner was met that the direction does not leave.
  private(set) var staysAtCorner = false
  /// The largest coefficients of t⁰ and t¹, by which rounding errors are measured.
  private(set) var largest = (value: 0.0, slope: 0.0)
  private var germs: [NodeID: Germ] = [:]

  init(cap: Double = 6, level: Int = 6) { (self.cap, self.level) = (cap, level) }

  /// Whether a node moves.
  func moves(_ id: NodeID) -> Bool { germs[id] != nil }

  /// The germ of a node, also of one that does not move.
  func germ(of id: NodeID, in graph: Graph) -> Germ { germs[id] ?? Germ(graph.stored(id)) }

  /// Sweeps from nodes that move up to the outputs.
  ///
  /// - Parameters:
  ///   - outputs: the nodes whose germs are wanted.
  ///   - movements: what is added to the numbers of some nodes, and to what other movements make of
  ///     them.
  ///   - graph: the graph they belong to.
  /// - Throws: `ShapeError`, which would be a mistake in a rule, or a cancellation.
  mutating func run(
    to outputs: [NodeID], along movements: [NodeID: Germ], in graph: Graph
  ) throws(ShapeError) {
    germs = [:]
    guard let first = movements.keys.min() else { return }
    var reach = Reach()
    reach.collect(from: outputs, in: graph, notBefore: first)
    try graph.cancellation.confirm()
    for leaf in reach.leaves {
      guard let movement = movements[leaf] else { continue }
      germs[leaf] = try Germ.sum([Germ(graph.stored(leaf)), movement])
    }
    for (place, id) in reach.inner.reversed().enumerated() {
      try graph.cancellation.check(.nodes, at: place)
      let operands = graph.operands(of: id)
      var germ: Germ?
      if operands.contains(where: { germs[$0] != nil }) {
        germ = try self.germ(of: id, operands, in: graph).cut(at: cap)
      }
      if let movement = movements[id] {
        germ = try Germ.sum([germ ?? Germ(graph.stored(id)), movement])
      }
      guard let germ else { continue }
      note(germ)
      germs[id] = germ
    }
  }

  private mutating func note(_ germ: Germ) {
    func largest(_ exponent: Double) -> Double {
      germ.coefficient(of: exponent).elements.reduce(0) {
        $1.isFinite ? max($0, abs($1)) : $0
      }
    }
    self.largest = (max(self.largest.value, largest(0)), max(self.largest.slope, largest(1)))
  }

  private mutating func germ(
    of id: NodeID, _ operands: [NodeID], in graph: Graph
  ) throws(ShapeError) -> Germ {
    let germs = operands.map { self.germ(of: $0, in: graph) }
    let operation = graph.operation(of: id)
    let site = GermRule.Site(id: id, operands: operands, germs: germs, graph: graph)
    if let rule = GermRule.table[operation] { return try self.germ(by: rule, at: site) }
    let row = operation.row
    switch row.rule {
    case .constant:
      guard !row.takesArrays else {
        let values = germs.map(\.value)
        return Germ(
          try graph.precision.evaluate(
            operation, values, graph.storedAttribute(of: id), graph.cancellation))
      }
      return try stepped(row, germs)
    case .partials: return try integrated(site)
    case .pullback:
      switch row.flow {
      case .moves, .adds: return try linear(id, germs, in: graph)
      case .multiplies:
        return try Germ.product(
          germs[0], germs[1], shape: graph.shape(of: id), cap: cap
        ) { a, b throws(ShapeError) in try evaluate(id, [a, b], in: graph) }
      case .mixes, .mixesGroups, .picks: return try integrated(site)
      }
    }
  }

  /// The row of a node at other numbers, in doubles.
  private func evaluate(
    _ id: NodeID, _ operands: [Tensor], in graph: Graph
  ) throws(ShapeError) -> Tensor {
    try Precision().evaluate(
      graph.operation(of: id), operands, graph.storedAttribute(of: id), graph.cancellation)
  }

  /// The germ of a row that is linear in all its operands together.
  private func linear(
    _ id: NodeID, _ germs: [Germ], in graph: Graph
  ) throws(ShapeError) -> Germ {
    var exponents: [Double] = []
    for term in germs.flatMap(\.terms)
    where !exponents.contains(where: { abs($0 - term.exponent) < EntryGerm.resolution }) {
      exponents.append(term.exponent)
    }
    var terms: [Germ.Term] = []
    for exponent in exponents.sorted() {
      let parts = germs.map { $0.coefficient(of: exponent) }
      terms.append(
        Germ.Term(exponent: exponent, coefficient: try evaluate(id, parts, in: graph)))
    }
    return Germ(
      terms, shape: graph.shape(of: id), end: germs.reduce(.infinity) { min($0, $1.end) })
  }

  /// A row whose value changes by jumps only: what it is right beside the point.
  private mutating func stepped(
    _ row: Primitive, _ germs: [Germ]
  ) throws(ShapeError) -> Germ {
    if case .unary(let apply) = row.kernel { return stepped(germs[0], apply, row) }
    func beside(_ germ: EntryGerm) -> Double {
      let value = germ.value
      return germ.direction > 0 ? value.nextUp : germ.direction < 0 ? value.nextDown : value
    }
    guard case .binary(let apply) = row.kernel else {
      return Germ(Tensor(repeating: .nan, shape: try Shape.broadcast(germs.map(\.shape))))
    }
    return try Germ.zip(germs) { EntryGerm(apply(beside($0[0]), beside($0[1]))) }
  }

  private mutating func stepped(
    _ germ: Germ, _ apply: @convention(c) (Double) -> Double, _ row: Primitive
  ) -> Germ {
    let moving = Germ(
      germ.terms.filter { $0.exponent != 0 }, shape: germ.shape, end: germ.end
    ).signs
    var (leaves, stays) = (false, false)
    let answers = zip(germ.value.elements, moving).map { value, direction in
      let answer = apply(
        direction > 0 ? value.nextUp : direction < 0 ? value.nextDown : value)
      if answer != apply(value) { leaves = true }
      if direction == 0, row.isJump(at: value) { stays = true }
      return answer
    }
    note(leaves: leaves, stays: stays)
    return Germ(Tensor(shape: germ.shape, elements: answers))
  }

  mutating func note(leaves: Bool, stays: Bool) {
    if leaves { leavesCorner = true }
    if stays { staysAtCorner = true }
  }
}

extension GermSweep {
  /// The germ of a function by its derivative: its value, and the integral of the derivative times
  /// the speed of the operands, which takes one term less of every germ.
  ///
  /// Asks the row for nothing but its rule, so it holds of every row wherever it is smooth.
  mutating func integrated(_ site: GermRule.Site) throws(ShapeError) -> Germ {
    let (id, operands, germs, graph) = (site.id, site.operands, site.germs, site.graph)
    var scratch = Graph()
    scratch.cancellation = graph.cancellation
    scratch.cornerChoice = graph.cornerChoice
    var copies: [NodeID: NodeID] = [:]
    var (inputs, seeds): ([NodeID], [TangentBuilder.Seed]) = ([], [])
    var given: [NodeID: Germ] = [:]
    for (operand, germ) in zip(operands, germs) {
      if let copy = copies[operand] {
        inputs.append(copy)
        continue
      }
      let value = germ.finiteValue
      let copy =
        graph.isVariable(operand) || self.germs[operand] != nil
        ? scratch.input(value) : scratch.constant(value)
      copies[operand] = copy
      inputs.append(copy)
      guard self.germs[operand] != nil else { continue }
      let seed = scratch.input(Tensor(repeating: 0, shape: germ.shape))
      seeds.append(TangentBuilder.Seed(copy, seed))
      given[copy] = germ.withoutValue.cut(at: cap - 1)
      given[seed] = germ.derivative.cut(at: cap - 1)
    }
    let value = try scratch.apply(
      graph.operation(of: id), inputs, graph.storedAttribute(of: id))
    let start = scratch.stored(value)
    guard level > 0, cap > 0 else {
      var germ = Germ(start)
      germ.end = germs.reduce(.infinity) { min($0, $1.firstStep) }
      return germ
    }
    var tangents = TangentBuilder()
    guard let speed = try tangents.tangent(of: value, along: seeds, in: &scratch) else {
      return Germ(start)
    }
    var sweep = GermSweep(cap: cap - 1, level: level - 1)
    try sweep.run(to: [speed], along: given, in: scratch)
    note(leaves: sweep.leavesCorner, stays: sweep.staysAtCorner)
    return sweep.germ(of: speed, in: scratch).integral(from: start)
  }
}

extension Germ {
  /// The value at t = 0, nan beside a pole.
  fileprivate var finiteValue: Tensor {
    let value = coefficient(of: 0)
    guard lead < 0 else { return value }
    let elements = (0..<shape.count).map { place in
      (entry(place).terms.first?.exponent ?? 0) < 0 ? .nan : value.elements[place]
    }
    return Tensor(shape: shape, elements: elements)
  }

  /// The same from 0 on.
  fileprivate var withoutValue: Germ {
    Germ(terms.filter { $0.exponent != 0 }, shape: shape, end: end)
  }

  /// The exponent of the first term that moves, or of the error.
  fileprivate var firstStep: Double {
    terms.first { $0.exponent > 0 }.map { min($0.exponent, end) } ?? end
  }
}

extension Primitive {
  /// Whether a number is where a function of one argument jumps.
  fileprivate func isJump(at value: Double) -> Bool {
    guard case .unary(let apply) = kernel else { return false }
    return apply(value.nextUp) != apply(value) || apply(value.nextDown) != apply(value)
  }
}
