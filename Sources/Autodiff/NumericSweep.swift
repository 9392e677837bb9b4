/// Reverse mode in numbers, for graphs whose reached nodes are scalars.
///
/// An adjoint is *absent*, not 0, where only untaken sides of choices lead: nothing is multiplied
/// there, so an infinite slope on a side not taken cannot make a nan.
package struct NumericSweep: Sendable {
  private var adjoints: [Double] = []
  private var stamps: [UInt32] = []
  private var current: UInt32 = 0

  package init() {}

  /// Whether anything leads from the swept output to a node.
  package func isReached(_ id: NodeID) -> Bool {
    id.index < stamps.count && stamps[id.index] == current
  }

  /// The partial derivative of the swept output with respect to a node; 0 where nothing leads to it.
  @inline(__always)
  package func partial(_ id: NodeID) -> Double {
    isReached(id) ? adjoints[id.index] : 0
  }

  /// Sweeps from `output` down to what it is built from.
  ///
  /// - Returns: false when an array was met; the partials then mean nothing.
  package mutating func run(from output: NodeID, in graph: borrowing Graph) -> Bool {
    begin(upTo: graph.count)
    let stamp = current
    let entries = KernelTable.entries
    let steps = KernelTable.steps
    return graph.nodes.withUnsafeBufferPointer { nodes in
      adjoints.withUnsafeMutableBufferPointer { adjoints in
        stamps.withUnsafeMutableBufferPointer { stamps in
          guard nodes[output.index].array == 0 else { return false }
          stamps[output.index] = stamp
          adjoints[output.index] = 1
          var pending = nodes[output.index].flags & Graph.Flag.leaf == 0 ? 1 : 0
          var index = output.index
          while pending > 0 {
            defer { index -= 1 }
            guard stamps[index] == stamp else { continue }
            let node = nodes[index]
            guard node.flags & Graph.Flag.leaf == 0 else { continue }
            pending -= 1
            let entry = entries + Int(node.operation)
            guard entry.pointee.hasRule else {
              if node.array == 0 { continue }
              return false
            }
            guard entry.pointee.isElementwise else { return false }
            let adjoint = adjoints[index]
            let arity = Int(entry.pointee.arity)
            let x = nodes[Int(node.operands.0)]
            let y = arity > 1 ? nodes[Int(node.operands.1)] : x
            let z = arity > 2 ? nodes[Int(node.operands.2)] : x
            guard (x.array | y.array | z.array) == 0 else { return false }
            for k in 0..<arity {
              let factor = k == 0 ? entry.pointee.partials.0 : entry.pointee.partial(k)
              let contribution: Double
              switch factor.shape {
              case .nothing: continue
              case .one: contribution = adjoint
              case .minusOne: contribution = -adjoint
              case .x: contribution = adjoint * x.value
              case .y: contribution = adjoint * y.value
              case .result: contribution = adjoint * node.value
              case .program:
                let variables =
                  (x.flags & Graph.Flag.variable) | (y.flags & Graph.Flag.variable) << 1
                let slope = KernelTable.evaluate(
                  steps, factor.start, factor.end,
                  at: KernelTable.Point(
                    x: x.value, y: y.value, z: z.value, result: node.value,
                    variables: UInt8(truncatingIfNeeded: variables)))
                if factor.isGate && slope == 0 { continue }
                contribution = adjoint * slope
              }
              let operand =
                Int(k == 0 ? node.operands.0 : k == 1 ? node.operands.1 : node.operands.2)
              if stamps[operand] == stamp {
                adjoints[operand] += contribution
              } else {
                stamps[operand] = stamp
                adjoints[operand] = contribution
                if nodes[operand].flags & Graph.Flag.leaf == 0 { pending += 1 }
              }
            }
          }
          return true
        }
      }
    }
  }

  private mutating func begin(upTo count: Int) {
    if stamps.count < count || current == .max {
      let capacity = max(count, stamps.count * 2)
      stamps = [UInt32](repeating: 0, count: capacity)
      adjoints = [Double](repeating: 0, count: capacity)
      current = 0
    }
    current += 1
  }
}
