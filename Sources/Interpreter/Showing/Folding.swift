import Autodiff

/// The rows of a table, and the nodes that stand behind them.
///
/// A call is one row, but what its numbers do not say is looked for in the whole graph.
struct Folding: Sendable {
  /// What is shown, in post-order.
  let rows: [NodeID]
  /// Every node that is shown or hidden behind a row, in post-order.
  let nodes: [NodeID]
  /// The calls that are shown as one row.
  let calls: [NodeID: CallRecord]
  /// By the index of a node: the row that it is, or is hidden behind; empty where nothing is hidden.
  private let owners: [Int32]

  /// Every node is a row.
  init(rows: [NodeID]) {
    (self.rows, nodes, calls, owners) = (rows, rows, [:], [])
  }

  init(rows: [NodeID], whole: [NodeID], calls: [NodeID: CallRecord], in graph: Graph) {
    let count = (whole.last?.index ?? 0) + 1
    var owners = [Int32](repeating: -1, count: count)
    for (row, id) in rows.enumerated() { owners[id.index] = Int32(row) }
    var isMet = [Bool](repeating: false, count: count)
    // From the output down, so that the users of a node come before it.
    for id in whole.reversed() {
      isMet[id.index] = true
      let owner = owners[id.index]
      graph.forEachOperand(of: id) { if owners[$0.index] < 0 { owners[$0.index] = owner } }
    }
    // An argument that its function does not use is shown and leads nowhere.
    nodes = rows.filter { !isMet[$0.index] } + whole
    (self.rows, self.calls, self.owners) = (rows, calls, owners)
  }

  /// The row that shows a node, itself or as a part of a call.
  func row(of id: NodeID) -> Int? {
    guard owners.indices.contains(id.index), owners[id.index] >= 0 else { return nil }
    return Int(owners[id.index])
  }

  /// The call that a node is hidden behind; nil for what is shown.
  func call(hiding id: NodeID) -> CallRecord? {
    guard let row = row(of: id), rows[row] != id else { return nil }
    return calls[rows[row]]
  }

  /// What belongs to rows, of a list with an entry for each node.
  func ofRows<Entry>(_ entries: [Entry]) -> [Entry] {
    guard !owners.isEmpty else { return entries }
    let places = NodeNumbers(nodes.enumerated().map { ($1, $0) })
    return rows.compactMap { id in places[id].map { entries[$0] } }
  }
}

extension Session {
  /// The rows of an output's table.
  ///
  /// - Parameters:
  ///   - output: the last row.
  ///   - isUnfolded: whether the nodes inside calls are rows as well.
  /// - Returns: the rows with what stands behind them.
  func folding(of output: NodeID, isUnfolded: Bool) -> Folding {
    let whole =
      graph.hasSlopes
      ? graph.postOrder(from: output) { graph.shownOperands(of: $0) }
      : graph.postOrder(from: output)
    guard !isUnfolded, whole.contains(where: { calls[$0] != nil }) else {
      return Folding(rows: whole)
    }
    var shown: [NodeID: CallRecord] = [:]
    var reach = Reach()
    let rows = graph.postOrder(from: output) { id in
      guard let record = calls[id] else { return graph.shownOperands(of: id) }
      shown[id] = record
      return outerOperands(of: id, record, &reach)
    }
    return Folding(rows: rows, whole: whole, calls: shown, in: graph)
  }

  /// What a call was built from outside itself: its arguments first, then what it read.
  private func outerOperands(of id: NodeID, _ record: CallRecord, _ reach: inout Reach) -> [NodeID]
  {
    var operands = record.arguments
    var seen = Set(operands)
    reach.collect(from: id, in: graph, notBefore: record.firstNode)
    for node in reach.inner.reversed() {
      graph.forEachOperand(of: node) { operand in
        if operand < record.firstNode, seen.insert(operand).inserted { operands.append(operand) }
      }
    }
    return operands
  }

  /// Whether some node of an output's graph is at a corner.
  package mutating func hasMarks(_ output: NodeID) -> Bool {
    reach.collect(from: output, in: graph)
    return reach.inner.contains { id in
      !graph.traits(of: id).isDisjoint(with: .mayHaveCorner) && !graph.marks(of: id).isEmpty
    }
  }

  /// The marks of nodes by the rows that show them: those of a hidden node say where in the call it
  /// stands, and once where there are several of a kind.
  func marks(_ marks: [Int: [Mark]], _ partials: [Partial], by folding: Folding) -> [Int: [Mark]] {
    guard !folding.calls.isEmpty else { return marks }
    var byRow: [Int: [Mark]] = [:]
    var hidden: [Int: [(mark: Mark, first: NodeID, count: Int)]] = [:]
    for (place, found) in marks.sorted(by: { $0.key < $1.key }) {
      let id = folding.nodes[place]
      guard let row = folding.row(of: id) else { continue }
      guard folding.rows[row] != id else {
        byRow[row, default: []] += found
        continue
      }
      for mark in found where mark != .undefined || !isNaN(partials[place]) {
        if let known = hidden[row]?.firstIndex(where: { $0.mark == mark }) {
          hidden[row]?[known].count += 1
        } else {
          hidden[row, default: []].append((mark, id, 1))
        }
      }
    }
    for (row, found) in hidden {
      byRow[row, default: []] += found.map {
        .inside($0.mark, at: describe($0.first, depth: 2), count: $0.count)
      }
    }
    return byRow
  }
}
