import Autodiff

/// The rows of a table, and the nodes that stand behind them.
///
/// A call is one row, and what a derivative is written with beside its formula is none, but what the
/// numbers do not say is looked for in the whole graph.
struct Folding: Sendable {
  /// What is shown, in post-order.
  let rows: [NodeID]
  /// Every node that is shown or hidden behind a row, in post-order.
  let nodes: [NodeID]
  /// The calls that are shown as one row.
  let calls: [NodeID: CallRecord]
  /// What stands in the rows for nodes that only pass it on.
  let standIns: [NodeID: NodeID]
  /// The rows that show the operation of another node.
  let guarded: [NodeID: NodeID]
  /// By the index of a node: the row that it is, or is hidden behind; empty where nothing is hidden.
  private let owners: [Int32]

  /// Every node is a row.
  init(rows: [NodeID]) {
    (self.rows, nodes, calls, standIns, guarded, owners) = (rows, rows, [:], [:], [:], [])
  }

  init(
    rows: [NodeID], whole: [NodeID], calls: [NodeID: CallRecord], standIns: [NodeID: NodeID],
    guarded: [NodeID: NodeID], in graph: Graph
  ) {
    let count = (whole.last?.index ?? 0) + 1
    var owners = [Int32](repeating: -1, count: count)
    for (row, id) in rows.enumerated() { owners[id.index] = Int32(row) }
    var isMet = [Bool](repeating: false, count: count)
    // From the output down, so that the users of a node come before it; the last row stands for it.
    for id in whole.reversed() {
      isMet[id.index] = true
      let owner = owners[id.index] < 0 ? Int32(rows.count - 1) : owners[id.index]
      owners[id.index] = owner
      graph.forEachOperand(of: id) { if owners[$0.index] < 0 { owners[$0.index] = owner } }
    }
    // An argument that its function does not use is shown and leads nowhere.
    nodes = rows.filter { !isMet[$0.index] } + whole
    (self.rows, self.calls, self.owners) = (rows, calls, owners)
    (self.standIns, self.guarded) = (standIns, guarded)
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
  ///   - output: what is shown.
  ///   - isUnfolded: whether the nodes inside calls are rows as well.
  ///   - showsMachinery: whether nodes that only pass on another one are rows as well.
  /// - Returns: the rows with what stands behind them.
  func folding(of output: NodeID, isUnfolded: Bool, showsMachinery: Bool = true) -> Folding {
    let whole =
      graph.hasSlopes
      ? graph.postOrder(from: output) { graph.shownOperands(of: $0) }
      : graph.postOrder(from: output)
    let hidesMachinery = !showsMachinery && whole.contains { isMachinery($0) }
    var standIns = hidesMachinery ? standIns(in: whole) : [:]
    var root = output
    if let other = standIns[output] {
      let isSameShape = graph.shape(of: other) == graph.shape(of: output)
      if isSameShape, !graph.isLeaf(other), graph.tag(of: other) == .none { root = other }
      if !isSameShape { standIns[output] = nil }
    }
    var guarded: [NodeID: NodeID] = [:]
    if hidesMachinery {
      for id in whole where standIns[id] == nil { guarded[id] = self.guarded(id, standIns) }
    }
    let isFolded = !isUnfolded && whole.contains { calls[$0] != nil }
    guard isFolded || !standIns.isEmpty || !guarded.isEmpty else { return Folding(rows: whole) }
    var shown: [NodeID: CallRecord] = [:]
    var reach = Reach()
    let rows = graph.postOrder(from: root) { id in
      if let other = standIns[id] { return [other] }
      let record = isUnfolded ? nil : calls[id]
      if let record { shown[id] = record }
      let operands =
        record.map { outerOperands(of: id, $0, &reach) }
        ?? shownOperands(of: guarded[id] ?? id)
      return standIns.isEmpty ? operands : operands.map { standIns[$0] ?? $0 }
    }
    return Folding(
      rows: rows, whole: whole, calls: shown, standIns: standIns, guarded: guarded, in: graph)
  }

  private func shownOperands(of id: NodeID) -> [NodeID] {
    graph.shownOperands(of: id) ?? graph.operands(of: id)
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

  /// Whether some node of an output's graph is at a corner, or of the graph that it is a derivative of.
  package mutating func hasMarks(_ output: NodeID) -> Bool {
    guard Graph.mayHaveCorners else { return false }
    reach.collect(from: output, in: graph)
    let isAtCorner = reach.inner.contains { id in
      !graph.traits(of: id).isDisjoint(with: .mayHaveCorner) && !graph.marks(of: id).isEmpty
    }
    if isAtCorner { return true }
    guard let question = derivativeQuestions[output] else { return false }
    return !corners(from: question.target, to: question.output).isEmpty
  }

  /// The marks of nodes by the rows that show them: those of a hidden node say where in the call it
  /// stands, and once where there are several of a kind.
  func marks(_ marks: [Int: [Mark]], _ partials: [Partial], by folding: Folding) -> [Int: [Mark]] {
    guard !folding.calls.isEmpty || !folding.standIns.isEmpty || !folding.guarded.isEmpty else {
      return marks
    }
    var byRow: [Int: [Mark]] = [:]
    var hidden: [Int: [(mark: Mark, first: NodeID, count: Int)]] = [:]
    var machinery: [(row: Int, mark: Mark)] = []
    for (place, found) in marks.sorted(by: { $0.key < $1.key }) {
      let id = folding.nodes[place]
      guard let row = folding.row(of: id) else { continue }
      guard folding.rows[row] != id else {
        byRow[row, default: []] += found
        continue
      }
      for mark in found where mark != .undefined || !isNaN(partials[place]) {
        if folding.call(hiding: id) == nil {
          machinery.append((row, mark))
        } else if isChosenSide(id) {
          let isFirst = !machinery.contains { $0.row == row }
          if isFirst {
            machinery.append((row, .inside(mark, at: describe(id, depth: 2), count: 1)))
          }
        } else if let known = hidden[row]?.firstIndex(where: { $0.mark == mark }) {
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
    // A derivative that chooses at a corner hides nothing where a row has it already.
    if !byRow.values.joined().contains(where: \.isCorner) {
      for (row, mark) in machinery where byRow[row]?.contains(mark) != true {
        byRow[row, default: []].append(mark)
      }
    }
    return byRow
  }
}
