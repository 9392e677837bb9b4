import Tensors

/// Reverse mode in numbers, for graphs whose reached nodes are scalars.
///
/// An adjoint is *absent*, not 0, where only untaken sides of choices lead: nothing is multiplied
/// there, so an infinite slope on a side not taken cannot make a nan.
package struct NumericSweep: Sendable {
  private var adjoints: [Double] = []
  private var stamps = Stamps()

  package init() {}

  /// Whether anything leads from the swept output to a node.
  package func isReached(_ id: NodeID) -> Bool { stamps.contains(id) }

  /// The partial derivative of the swept output with respect to a node; 0 where nothing leads to it.
  @inline(__always)
  package func partial(_ id: NodeID) -> Double {
    isReached(id) ? adjoints[id.index] : 0
  }

  /// Sweeps from `output` down to what it is built from.
  ///
  /// - Returns: false when an array was met, corners are not to be as the rows say, or the sweep is
  ///   no longer wanted; the partials then mean nothing.
  package mutating func run(from output: NodeID, in graph: borrowing Graph) -> Bool {
    guard !graph.cornerChoice.overrides, !graph.precision.isSingle else { return false }
    begin(upTo: graph.count)
    let stamp = stamps.current
    return graph.withScalarNodes { nodes in
      adjoints.withUnsafeMutableBufferPointer { adjoints in
        stamps.marks.withUnsafeMutableBufferPointer { stamps in
          Pass(
            nodes: nodes, adjoints: adjoints, stamps: stamps, stamp: stamp,
            cancellation: graph.cancellation
          ).run(from: output.index)
        }
      }
    }
  }

  private mutating func begin(upTo count: Int) {
    stamps.begin(upTo: count)
    let room = stamps.marks.count
    if adjoints.count < room { adjoints = [Double](repeating: 0, count: room) }
  }
}

/// One reverse sweep over bare memory.
private struct Pass {
  typealias Flag = NodeList.Flag

  let nodes: ScalarNodes
  let adjoints: UnsafeMutableBufferPointer<Double>
  let stamps: UnsafeMutableBufferPointer<UInt8>
  let stamp: UInt8
  let cancellation: Cancellation

  func run(from output: Int) -> Bool {
    let flags = nodes.flags
    guard flags[output] & Flag.array == 0 else { return false }
    stamps[output] = stamp
    adjoints[output] = 1
    // Nodes that were met and have operands to pass something on to.
    var pending = flags[output] & Flag.leaf == 0 ? 1 : 0
    var index = output + 1
    while pending > 0 {
      index -= 1
      if Cancellation.Pace.numbers.isDue(at: index), cancellation.ask() { return false }
      guard stamps[index] == stamp, flags[index] & Flag.leaf == 0 else { continue }
      pending -= 1
      let link = nodes.links[index]
      let entry = nodes.entries + Int(link.operation)
      guard entry.pointee.hasRule else { continue }
      guard entry.pointee.isElementwise else { return false }
      let adjoint = adjoints[index]
      let arity = entry.pointee.arity
      let (a, b, c) = (Int(link.operands.0), Int(link.operands.1), Int(link.operands.2))
      var all = flags[a]
      if arity > 1 { all |= flags[b] }
      if arity > 2 { all |= flags[c] }
      guard all & Flag.array == 0 else { return false }
      pass(adjoint, entry.pointee.partials.0, of: index, a, b, c, arity, to: a, &pending)
      if arity > 1 {
        pass(adjoint, entry.pointee.partials.1, of: index, a, b, c, arity, to: b, &pending)
      }
      if arity > 2 {
        pass(adjoint, entry.pointee.partials.2, of: index, a, b, c, arity, to: c, &pending)
      }
    }
    return true
  }

  /// Adds what one operand gets of a node's adjoint.
  @inline(__always)
  private func pass(
    _ adjoint: Double, _ factor: KernelTable.Factor, of index: Int, _ a: Int, _ b: Int, _ c: Int,
    _ arity: UInt8, to operand: Int, _ pending: inout Int
  ) {
    guard let slope = nodes.slope(factor, of: index, a, b, c, arity: arity) else { return }
    if stamps[operand] == stamp {
      adjoints[operand] += adjoint * slope
    } else {
      stamps[operand] = stamp
      adjoints[operand] = adjoint * slope
      if nodes.flags[operand] & Flag.leaf == 0 { pending += 1 }
    }
  }
}
