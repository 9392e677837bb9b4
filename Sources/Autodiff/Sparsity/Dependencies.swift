import Tensors

/// The entries of some targets that the entries of nodes may depend on.
///
/// Index sets go the way of tangents, so whatever is left out has a derivative of 0 at every point,
/// also at those where `at` evaluates the graph again. Of the gradient of a function they are the
/// pattern of its Hessian (Walther 2008; Gower and Mello 2012 find it without the gradient).
struct Dependencies {
  private var sets: IndexSets
  /// By node: a set for each entry.
  private var found: [NodeID: [Int32]] = [:]
  /// Whether what changes by jumps only counts as depending.
  private let countsJumps: Bool

  /// Follows the targets, whose entries are counted one target after the other, to the outputs.
  ///
  /// At a corner jumps count: a slope that jumps has no derivative there, which is not one of 0.
  init(
    of outputs: [NodeID], on targets: [NodeID], in graph: Graph, countingJumps: Bool = false
  ) throws(ShapeError) {
    countsJumps = countingJumps
    sets = IndexSets(count: targets.reduce(0) { $0 + graph.shape(of: $1).count })
    var offset = 0
    for target in targets {
      let count = graph.shape(of: target).count
      add((offset..<offset + count).map(sets.only), to: target)
      offset += count
    }
    guard let first = targets.min() else { return }
    var reach = Reach()
    reach.collect(from: outputs, in: graph, notBefore: first)
    try graph.cancellation.confirm()
    for (place, id) in reach.inner.reversed().enumerated() {
      try graph.cancellation.check(.nodes, at: place)
      var isLed = false
      graph.forEachOperand(of: id) { if found[$0] != nil { isLed = true } }
      if isLed { carry(to: id, in: graph) }
    }
  }

  /// For each entry of a node, the places it may depend on, in ascending order.
  func rows(of id: NodeID, in graph: Graph) -> [[Int32]] {
    found[id].map { $0.map { sets[$0] } }
      ?? Array(repeating: [], count: graph.shape(of: id).count)
  }

  private mutating func add(_ new: [Int32], to id: NodeID) {
    guard let before = found[id] else {
      found[id] = new
      return
    }
    found[id] = before.indices.map { sets.union(before[$0], new[$0]) }
  }

  private mutating func carry(to id: NodeID, in graph: Graph) {
    let row = graph.operation(of: id).row
    let operands = graph.operands(of: id)
    switch row.rule {
    case .constant:
      guard countsJumps, row.name != "stop" else { break }
      guard !row.takesArrays else { return mix(operands, to: id, in: graph) }
      for (place, operand) in operands.enumerated() {
        if let incoming = incoming(operand, times: operands, at: place, of: id, in: graph) {
          add(incoming, to: id)
        }
      }
    case .partials(let partials):
      for (place, operand) in operands.enumerated()
      where countsJumps || partials[place] != .none {
        guard
          let incoming = incoming(operand, times: operands, at: place, of: id, in: graph)
        else { continue }
        add(incoming, to: id)
      }
    case .pullback:
      if case .arrangement(let arrangement) = graph.attribute(of: id) {
        return arrange(found[operands[0]] ?? [], arrangement, to: id)
      }
      switch row.flow {
      case .moves: move(operands, to: id, in: graph)
      case .adds: sum(operands[0], to: id, in: graph)
      case .multiplies:
        // Of factors that are read as their transposes it is not looked at which entries meet.
        graph.attribute(of: id) == .none
          ? multiply(operands, to: id, in: graph) : mix(operands, to: id, in: graph)
      case .mixes, .mixesGroups, .picks: mix(operands, to: id, in: graph)
      }
    }
  }

  /// The sets of an operand in the shape of the result, empty where it is multiplied by a constant 0.
  private func incoming(
    _ operand: NodeID, times operands: [NodeID], at place: Int, of id: NodeID, in graph: Graph
  ) -> [Int32]? {
    guard let own = found[operand] else { return nil }
    let shape = graph.shape(of: id)
    var incoming = own
    if graph.shape(of: operand) != shape {
      incoming = moved(Tensor(shape: graph.shape(of: operand), elements: own.map(Double.init))) {
        try $0.broadcast(to: shape)
      }
    }
    guard graph.operation(of: id) == .multiply, !graph.isVariable(operands[1 - place]),
      let factor = try? graph.tensor(of: operands[1 - place]).broadcast(to: shape).elements
    else { return incoming }
    return zip(incoming, factor).map { $1 == 0 ? IndexSets.empty : $0 }
  }

  /// What becomes of numbers that stand for sets.
  private func moved(_ numbers: Tensor, _ move: (Tensor) throws -> Tensor) -> [Int32] {
    guard let result = try? move(numbers) else {
      preconditionFailure("the operands of a node fit together")
    }
    return result.elements.map { Int32($0) }
  }

  private mutating func move(_ operands: [NodeID], to id: NodeID, in graph: Graph) {
    let numbers = operands.map { operand in
      let shape = graph.shape(of: operand)
      return found[operand].map { Tensor(shape: shape, elements: $0.map(Double.init)) }
        ?? Tensor(repeating: Double(IndexSets.empty), shape: shape)
    }
    let (row, attribute) = (graph.operation(of: id), graph.attribute(of: id))
    guard let result = try? graph.precision.evaluate(row, numbers, attribute, .never) else {
      preconditionFailure("the operands of a node fit together")
    }
    add(result.elements.map { Int32($0) }, to: id)
  }

  private mutating func arrange(_ own: [Int32], _ arrangement: Arrangement, to id: NodeID) {
    var result = [Int32](repeating: IndexSets.empty, count: arrangement.shape.count)
    for (source, target) in zip(arrangement.sources, arrangement.targets) {
      result[Int(target)] = sets.union(result[Int(target)], own[Int(source)])
    }
    add(result, to: id)
  }

  private mutating func sum(_ operand: NodeID, to id: NodeID, in graph: Graph) {
    guard let own = found[operand] else { return }
    let shape = graph.shape(of: operand)
    let attribute = graph.attribute(of: id)
    var kept = attribute.shape
    if case .shape = attribute {
    } else {
      kept =
        (try? shape.reducedShape(axes: attribute.options.axes, keepingDimensions: true)) ?? .scalar
    }
    let places = Tensor(shape: kept, elements: (0..<kept.count).map(Double.init))
    let targets = moved(places) { try $0.broadcast(to: shape) }
    var result = [Int32](repeating: IndexSets.empty, count: kept.count)
    for (set, target) in zip(own, targets) {
      result[Int(target)] = sets.union(result[Int(target)], set)
    }
    add(result, to: id)
  }

  /// Entry (i, j) of A B depends on row i of A and column j of B, without what a constant 0 meets.
  private mutating func multiply(_ operands: [NodeID], to id: NodeID, in graph: Graph) {
    let shapes = operands.map { graph.shape(of: $0) }
    let rows = shapes[0].rank == 1 ? 1 : shapes[0].dimensions[0]
    let inner = shapes[1].dimensions[0]
    let columns = shapes[1].rank == 1 ? 1 : shapes[1].dimensions[1]
    var result = [Int32](repeating: IndexSets.empty, count: rows * columns)
    func factors(_ place: Int) -> [Double]? {
      graph.isVariable(operands[place]) ? nil : graph.tensor(of: operands[place]).elements
    }
    if let own = found[operands[0]] {
      let constant = factors(1)
      for i in 0..<rows {
        let whole = constant == nil ? union(of: (0..<inner).map { own[i * inner + $0] }) : 0
        for j in 0..<columns {
          let part = constant.map { constant in
            union(
              of: (0..<inner).filter { constant[$0 * columns + j] != 0 }
                .map { own[i * inner + $0] })
          }
          result[i * columns + j] = part ?? whole
        }
      }
    }
    if let own = found[operands[1]] {
      let constant = factors(0)
      for j in 0..<columns {
        let whole = constant == nil ? union(of: (0..<inner).map { own[$0 * columns + j] }) : 0
        for i in 0..<rows {
          let part = constant.map { constant in
            union(
              of: (0..<inner).filter { constant[i * inner + $0] != 0 }
                .map { own[$0 * columns + j] })
          }
          result[i * columns + j] = sets.union(result[i * columns + j], part ?? whole)
        }
      }
    }
    add(result, to: id)
  }

  private mutating func mix(_ operands: [NodeID], to id: NodeID, in graph: Graph) {
    var all = IndexSets.empty
    for operand in operands { all = sets.union(all, union(of: found[operand] ?? [])) }
    add(Array(repeating: all, count: graph.shape(of: id).count), to: id)
  }

  private mutating func union(of members: [Int32]) -> Int32 {
    var union = IndexSets.empty
    for member in members { union = sets.union(union, member) }
    return union
  }
}
