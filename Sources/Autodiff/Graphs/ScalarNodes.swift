/// The nodes of a graph as bare memory, for the sweeps over scalars.
struct ScalarNodes {
  typealias Flag = NodeList.Flag

  let values: UnsafeBufferPointer<Double>
  let flags: UnsafeBufferPointer<UInt8>
  let links: UnsafeBufferPointer<NodeList.Link>
  let entries = KernelTable.entries
  let steps = KernelTable.steps

  /// The derivative of a node with respect to one of its operands a, b and c.
  ///
  /// - Returns: nil where nothing passes: the operand has no derivative, or its gate is shut.
  @inline(__always)
  func slope(
    _ factor: KernelTable.Factor, of index: Int, _ a: Int, _ b: Int, _ c: Int, arity: UInt8
  ) -> Double? {
    switch factor.shape {
    case .nothing: return nil
    case .one: return 1
    case .minusOne: return -1
    case .x: return values[a]
    case .y: return values[b]
    case .result: return values[index]
    case .program:
      var point = KernelTable.Point(x: values[a], result: values[index])
      point.variables = flags[a] & Flag.variable
      if arity > 1 {
        point.y = values[b]
        point.variables |= (flags[b] & Flag.variable) << 1
      }
      if arity > 2 {
        point.z = values[c]
        point.variables |= (flags[c] & Flag.variable) << 2
      }
      let slope = KernelTable.evaluate(steps, factor.start, factor.end, at: point)
      return factor.isGate && slope == 0 ? nil : slope
    }
  }
}

extension Graph {
  /// Lends out the lists of nodes as bare memory.
  @inline(__always)
  func withScalarNodes<Result>(_ body: (ScalarNodes) -> Result) -> Result {
    trace?.isVoid = true
    return nodes.values.withUnsafeBufferPointer { values in
      nodes.flags.withUnsafeBufferPointer { flags in
        nodes.links.withUnsafeBufferPointer { links in
          body(ScalarNodes(values: values, flags: flags, links: links))
        }
      }
    }
  }
}
