import Autodiff

/// Why a graph is no formula of numbers.
package enum Unreadable: Error {
  /// A node that is an array or works on arrays.
  case array(NodeID)
  /// More than anybody would read.
  case tooLarge(nodes: Int)
}

/// Reading a node of a graph as a formula.
extension Terms {
  /// The formula of a node.
  ///
  /// - Parameters:
  ///   - output: a scalar node.
  ///   - graph: the graph it belongs to.
  ///   - name: the name of a node that is to be a variable; nil for one that is read on, or whose
  ///     number stands in the formula.
  /// - Returns: the formula; sides of `if` expressions that were not taken are not in it, and the
  ///   condition is among the assumptions.
  /// - Throws: `Unreadable` where there are arrays, and where the graph is too large.
  package mutating func read(
    _ output: NodeID, in graph: Graph, name: (NodeID) -> String?
  ) throws(Unreadable) -> TermID {
    var reading = Reading(graph: graph)
    reading.collect(from: output) { name($0) != nil }
    guard reading.order.count <= Self.sizeLimit else {
      throw .tooLarge(nodes: reading.order.count)
    }
    defersDomains = true
    defer { defersDomains = false }
    var terms: [NodeID: TermID] = [:]
    for id in reading.order where !reading.isDeferred(id) || id == output {
      // A list is read with what is done to it.
      guard graph.isScalar(id) || graph.operation(of: id) == .stack else { throw .array(id) }
      guard graph.isScalar(id) else { continue }
      if let name = name(id) {
        terms[id] = symbol(name)
      } else if graph.isLeaf(id) {
        terms[id] = literal(graph.scalar(of: id))
      } else {
        terms[id] = try read(application: id, reading, terms)
      }
      if isTooLarge { throw .tooLarge(nodes: reading.order.count) }
    }
    return terms[output].map { resolvingDomains($0) } ?? number(.zero)
  }

  private mutating func read(
    application id: NodeID, _ reading: Reading, _ terms: [NodeID: TermID]
  ) throws(Unreadable) -> TermID {
    let graph = reading.graph
    let row = graph.operation(of: id)
    let one = number(.one)
    if row == .multiply {
      let factors = reading.factors(of: id)
      return product(factors.map { (terms[$0] ?? one, one) })
    }
    if Reading.additive.contains(row) {
      return sum(
        reading.summands(of: id).map { ($0.isMinus ? .minusOne : .one, terms[$0.id] ?? one) })
    }
    let operands = graph.operands(of: id)
    guard case .pullback = row.row.rule else {
      let arguments = operands.map { terms[$0] ?? one }
      // A row that nobody can call is read as what it stands for.
      if let meaning = row.row.meaning { return value(of: meaning, at: arguments, result: one) }
      guard row == .branch else { return apply(row, arguments) }
      let isTaken = graph.scalar(of: operands[0]) != 0
      let condition = arguments[0]
      assume(isTaken ? condition : opposite(condition))
      return arguments[1]
    }
    guard row == .greatest || row == .least, graph.operation(of: operands[0]) == .stack else {
      throw .array(id)
    }
    let parts = graph.operands(of: operands[0]).map { terms[$0] ?? one }
    let ofTwo = row == .greatest ? PrimitiveID.max : .min
    return parts.dropFirst().reduce(parts[0]) { apply(ofTwo, [$0, $1]) }
  }
}

/// What a formula is read from: the nodes in order, sums and products of many parts in one piece.
private struct Reading {
  let graph: Graph
  /// Operands before their users.
  private(set) var order: [NodeID] = []
  private var users: [NodeID: (count: Int, row: PrimitiveID)] = [:]
  private var variables: Set<NodeID> = []

  static let additive: Set<PrimitiveID> = [.add, .subtract, .negate]

  init(graph: Graph) { self.graph = graph }

  mutating func collect(from output: NodeID, isVariable: (NodeID) -> Bool) {
    var isMet = [Bool](repeating: false, count: output.index + 1)
    isMet[output.index] = true
    for index in stride(from: output.index, through: 0, by: -1) where isMet[index] {
      let id = NodeID(index)
      order.append(id)
      if isVariable(id) {
        variables.insert(id)
        continue
      }
      let row = graph.operation(of: id)
      graph.forEachOperand(of: id) { operand in
        isMet[operand.index] = true
        users[operand] = ((users[operand]?.count ?? 0) + 1, row)
      }
    }
    order.reverse()
  }

  /// Whether a node is only a piece of a longer sum or product.
  func isDeferred(_ id: NodeID) -> Bool {
    guard let user = users[id], user.count == 1, !variables.contains(id) else { return false }
    let row = graph.operation(of: id)
    return row == .multiply && user.row == .multiply
      || Self.additive.contains(row) && Self.additive.contains(user.row)
  }

  func factors(of id: NodeID) -> [NodeID] {
    var factors: [NodeID] = []
    var pending = [id]
    while let next = pending.popLast() {
      if next == id || isDeferred(next), graph.isScalar(next) {
        pending += graph.operands(of: next)
      } else {
        factors.append(next)
      }
    }
    return factors
  }

  func summands(of id: NodeID) -> [(id: NodeID, isMinus: Bool)] {
    var summands: [(id: NodeID, isMinus: Bool)] = []
    var pending = [(id: id, isMinus: false)]
    while let next = pending.popLast() {
      guard next.id == id || isDeferred(next.id) else {
        summands.append(next)
        continue
      }
      let operands = graph.operands(of: next.id)
      let row = graph.operation(of: next.id)
      pending.append((operands[0], next.isMinus != (row == .negate)))
      if operands.count > 1 { pending.append((operands[1], next.isMinus != (row == .subtract))) }
    }
    return summands
  }
}
