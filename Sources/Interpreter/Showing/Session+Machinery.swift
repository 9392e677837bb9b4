import Autodiff
import Tensors

/// What a derivative is written with beside its formula: a choice that keeps away from where there is
/// none, a factor of ones, a number repeated to a shape. Nobody has asked for them.
extension Session {
  /// The nodes that only pass on another one, as it is now, each with the one that it passes on.
  ///
  /// - Parameter nodes: what an output is built from, operands first.
  /// - Returns: stand-ins that have none themselves.
  func standIns(in nodes: [NodeID]) -> [NodeID: NodeID] {
    var standIns: [NodeID: NodeID] = [:]
    for id in nodes {
      let operation = graph.operation(of: id)
      guard isMachinery(id), !graph.isLeaf(id), graph.tag(of: id) == .none else { continue }
      let operands = graph.operands(of: id).map { standIns[$0] ?? $0 }
      let plain = graph.plain(id)
      guard plain == id else {
        standIns[id] = standIns[plain] ?? plain
        continue
      }
      switch operation {
      case .identity: standIns[id] = operands[0]
      case .broadcastTo where graph.isScalar(operands[0]): standIns[id] = operands[0]
      case .select where guarded(id, standIns) != nil:
        if passes(operands[1], as: id) { standIns[id] = operands[1] }
      case .select where graph.isScalar(operands[0]):
        let taken = graph.isTrue(operands[0]) ? operands[1] : operands[2]
        // A gate that is shut is no machinery by itself: it is why there is nothing.
        if !isShut(id), passes(taken, as: id) { standIns[id] = taken }
      case .select: standIns[id] = operands.dropFirst().first { passes($0, as: id) }
      case .add: standIns[id] = passed(operands, beside: 0, as: id)
      case .multiply: standIns[id] = passed(operands, beside: 1, as: id)
      default: break
      }
    }
    return standIns
  }

  /// Whether a node may do no more than pass on another one.
  func isMachinery(_ id: NodeID) -> Bool {
    graph.isDerived(id) || graph.operation(of: id) == .identity
  }

  /// What a row stands for that keeps a derivative away from where there is none: `1 / x`, be it nan.
  ///
  /// - Parameters:
  ///   - id: a node.
  ///   - standIns: what stands for other nodes.
  /// - Returns: the node whose operation is shown; nil where the node is no such choice.
  func guarded(_ id: NodeID, _ standIns: [NodeID: NodeID]) -> NodeID? {
    guard graph.operation(of: id) == .select, graph.isDerived(id), graph.tag(of: id) == .none
    else { return nil }
    let operands = graph.operands(of: id)
    guard graph.isDerived(operands[2]), graph.operation(of: operands[2]) == .multiply,
      let undefined = graph.operands(of: operands[2]).first(where: {
        graph.operation(of: $0) == .constant
      }), graph.isScalar(undefined), graph.scalar(of: undefined).isNaN
    else { return nil }
    let formula = standIns[operands[1]] ?? operands[1]
    return graph.isLeaf(formula) || graph.tag(of: formula) != .none ? nil : formula
  }

  /// The operand that a sum or product passes on, since the other one is that number and not by
  /// chance.
  private func passed(_ operands: [NodeID], beside neutral: Double, as id: NodeID) -> NodeID? {
    [(operands[0], operands[1]), (operands[1], operands[0])].first { operand, other in
      isSettled(other) && graph.tensor(of: other).elements.allSatisfy { $0 == neutral }
        && passes(operand, as: id)
    }?.0
  }

  /// Whether a choice between numbers has taken a 0 that never changes.
  private func isShut(_ id: NodeID) -> Bool {
    let operands = graph.operands(of: id)
    guard operands.allSatisfy(graph.isScalar) else { return false }
    let taken = graph.isTrue(operands[0]) ? operands[1] : operands[2]
    return graph.operation(of: taken) == .constant && graph.scalar(of: taken) == 0
  }

  /// Whether a node is a number that nobody asks about: one of the rule's own, or an answer to a
  /// question of its own.
  private func isSettled(_ id: NodeID) -> Bool {
    if graph.operation(of: id) == .constant { return true }
    guard graph.isDerived(id) else { return false }
    if graph.operation(of: id) == .select { return isShut(id) }
    guard case .constant = graph.operation(of: id).row.rule else { return false }
    return true
  }

  private func isSame(_ a: Double, _ b: Double) -> Bool { a == b || a.isNaN && b.isNaN }

  /// Whether a node has the number, or in each entry the number, of another one.
  private func passes(_ operand: NodeID, as id: NodeID) -> Bool {
    if graph.isScalar(id) {
      return graph.isScalar(operand) && isSame(graph.scalar(of: operand), graph.scalar(of: id))
    }
    let value = graph.tensor(of: id)
    if graph.isScalar(operand) {
      let number = graph.scalar(of: operand)
      return value.elements.allSatisfy { isSame($0, number) }
    }
    let other = graph.tensor(of: operand)
    return other.shape == value.shape && zip(other.elements, value.elements).allSatisfy(isSame)
  }
}
