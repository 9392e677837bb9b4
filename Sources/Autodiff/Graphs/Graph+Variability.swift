import Tensors

/// Which entries of an array may change.
extension Graph {
  /// 1 for each entry of an array that depends on an input, 0 for one that never changes.
  ///
  /// Told apart where entries are put together, moved about or calculated one by one.
  func variability(of id: NodeID) -> Tensor {
    guard isPartlyConstant(id) else { return Tensor(scalar: isVariable(id) ? 1 : 0) }
    var met: Set<NodeID> = []
    var pending = [id]
    while let next = pending.popLast() {
      guard met.insert(next).inserted, carriesVariability(next) else { continue }
      pending += operands(of: next)
    }
    var found: [NodeID: Tensor] = [:]
    for next in met.sorted() {
      let parts = operands(of: next).compactMap { found[$0] }
      found[next] =
        carriesVariability(next)
        ? variability(of: next, operation(of: next).row, parts)
        : Tensor(repeating: isVariable(next) ? 1 : 0, shape: shape(of: next))
    }
    return found[id] ?? Tensor(scalar: 1)
  }

  /// Whether an array has its constant entries from operands.
  ///
  /// The point of a derivative may be a number, and varies all the same.
  private func carriesVariability(_ id: NodeID) -> Bool {
    isVariable(id) && !isLeaf(id) && carriesEntries(operation(of: id).row)
      && operands(of: id).contains(where: isVariable)
  }

  private func variability(of id: NodeID, _ row: Primitive, _ parts: [Tensor]) -> Tensor {
    if row.flow == .moves,
      let moved = try? precision.evaluate(operation(of: id), parts, attribute(of: id), .never)
    {
      return moved
    }
    return parts.reduce(Tensor(repeating: 0, shape: shape(of: id))) { whole, part in
      (try? Tensor.zip(whole, part) { max($0, $1) }) ?? whole
    }
  }
}
