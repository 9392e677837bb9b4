extension Graph {
  /// The nodes an output is built from in post-order: operands from left to right, each node once,
  /// the output last.
  ///
  /// Where the order is no longer wanted, it is a part of it. `folded` may answer for a node that
  /// its operands are others than the graph's, which is how a call is shown as one row.
  package func postOrder(
    from output: NodeID, operands folded: (NodeID) -> [NodeID]? = { _ in nil }
  ) -> [NodeID] {
    var order: [NodeID] = []
    var isOpened = [Bool](repeating: false, count: output.index + 1)
    var isDone = [Bool](repeating: false, count: output.index + 1)
    var stack = [output]
    var operands: [NodeID] = []
    var steps = 0
    while let id = stack.last {
      if isUnwanted(atStep: steps) { return order }
      steps += 1
      if isOpened[id.index] {
        stack.removeLast()
        if !isDone[id.index] {
          isDone[id.index] = true
          order.append(id)
        }
        continue
      }
      isOpened[id.index] = true
      operands.removeAll(keepingCapacity: true)
      if let others = folded(id) {
        operands = others
      } else {
        forEachOperand(of: id) { operands.append($0) }
      }
      for operand in operands.reversed() where !isOpened[operand.index] { stack.append(operand) }
    }
    return order
  }
}
