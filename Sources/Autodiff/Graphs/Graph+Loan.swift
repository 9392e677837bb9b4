import Tensors

/// What may be done with a graph that is lent out: it comes back as it was.
///
/// A text that is still being typed is tried out on the session's own graph, since copying a
/// million nodes at every key would be noticed.
struct Loan: Sendable {
  /// How many nodes there were; they keep their names.
  let count: Int
  /// The most that one operation on arrays may cost, in entries.
  let arrayWork: Int?
}

extension Graph {
  package var isLent: Bool { loan != nil }

  /// Lends the graph out, until `takeBack`.
  ///
  /// - Parameter arrayWork: what one operation on arrays may cost; `ShapeError.tooLarge` refuses
  ///   what costs more.
  package mutating func lend(arrayWork: Int?) {
    loan = Loan(count: count, arrayWork: arrayWork)
  }

  /// Forgets what was added since `lend`.
  package mutating func takeBack() {
    guard let loan else { return }
    truncate(to: loan.count)
    self.loan = nil
  }

  /// Whether an output is built from at most so many nodes, none of them a large array.
  package func isSmall(_ output: NodeID, limit: Int, entries: Int) -> Bool {
    var seen: Set<NodeID> = [output]
    var pending = [output]
    while let id = pending.popLast() {
      guard isScalar(id) || shape(of: id).count <= entries else { return false }
      forEachOperand(of: id) { if seen.insert($0).inserted { pending.append($0) } }
      guard seen.count <= limit else { return false }
    }
    return true
  }

  /// Refuses an operation on arrays that a borrower of the graph may not afford.
  func requireLeave(toCompute row: PrimitiveID, of operands: [NodeID]) throws(ShapeError) {
    guard let work = loan?.arrayWork else { return }
    let shapes = operands.map(shape(of:))
    let arrays = shapes.filter { !$0.isScalar }
    let sizes: [Double]
    if let first = arrays.first {
      // Entry by entry with equal shapes; otherwise each with each, as a product of matrices.
      sizes =
        arrays.allSatisfy { $0 == first } ? [Double(first.count)] : arrays.map { Double($0.count) }
    } else if !row.row.takesArrays {
      return
    } else {
      // The sizes of an array that is about to be made.
      sizes = operands.map { abs(nodes.values[$0.index]) }
    }
    guard sizes.reduce(1, { $0 * max($1, 1) }) > Double(work) else { return }
    throw .tooLarge(arrays.first ?? .scalar)
  }
}
