#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The path from an output down to a node along which the largest share of the derivative comes.
///
/// A derivative is a sum over paths of the product of the local partials along each: Bauer's
/// formula. The path with the largest product is found edge by edge, since logarithms add up.
package struct DominantPath: Sendable {
  package struct Step: Sendable {
    package let node: NodeID
    /// The operand that the path goes on to.
    package let operand: NodeID
    package let local: LocalPartial
  }

  /// From the output down.
  package let steps: [Step]
  /// How many paths there are, as a floating-point number, since it grows fast.
  package let pathCount: Double

  /// The product of the local partials along the path.
  package var product: Double { steps.reduce(1) { $0 * $1.local.factor } }
}

extension DominantPath {
  /// How well a path carries a derivative: what is wrong comes first, then what is not blocked.
  private struct Strength {
    /// 2 once a factor is nan, 1 once one is infinite.
    var trouble = 0
    var zeros = 0
    var logarithm = 0.0

    func through(_ local: LocalPartial) -> Strength {
      var next = self
      let size = abs(local.factor)
      if size == 0 {
        next.zeros += 1
      } else if size.isFinite {
        next.logarithm += log(size)
      } else {
        next.trouble = max(trouble, size.isNaN ? 2 : 1)
      }
      return next
    }

    /// 0 · inf is nan.
    private var product: Int { trouble == 1 && zeros > 0 ? 2 : trouble }

    func isWeaker(than other: Strength) -> Bool {
      if product != other.product { return product < other.product }
      if zeros != other.zeros { return zeros > other.zeros }
      return logarithm < other.logarithm
    }
  }

  private struct Arrival {
    var strength: Strength
    var pathCount: Double
    /// The last step on the way; nil at the output.
    var step: Step?
  }

  /// Finds the path, in time linear in the graph between the two.
  ///
  /// - Returns: nil where no path leads from the output to the target.
  package init?(from output: NodeID, to target: NodeID, in graph: Graph) {
    var reach = Reach()
    reach.collect(from: output, in: graph, notBefore: target)
    var arrivals = [output: Arrival(strength: Strength(), pathCount: 1, step: nil)]
    for id in reach.inner where id != target {
      guard let arrival = arrivals[id] else { continue }
      for (place, operand) in graph.operands(of: id).enumerated()
      where operand >= target && graph.isVariable(operand) {
        let local = graph.localPartial(of: id, to: place)
        let strength = arrival.strength.through(local)
        let step = Step(node: id, operand: operand, local: local)
        guard var known = arrivals[operand] else {
          arrivals[operand] = Arrival(
            strength: strength, pathCount: arrival.pathCount, step: step)
          continue
        }
        known.pathCount += arrival.pathCount
        if known.strength.isWeaker(than: strength) {
          (known.strength, known.step) = (strength, step)
        }
        arrivals[operand] = known
      }
    }
    guard let found = arrivals[target] else { return nil }
    var steps: [Step] = []
    var arrival = found
    while let step = arrival.step, let before = arrivals[step.node] {
      steps.append(step)
      arrival = before
    }
    (self.steps, pathCount) = (steps.reversed(), found.pathCount)
  }
}
