/// The quasi-Newton method of limited memory: two loops over the last steps give the direction.
///
/// Nocedal and Wright, Numerical Optimization, algorithm 7.4.
package struct LimitedMemory: Sendable {
  private var steps: [(move: [Double], change: [Double], curvature: Double)] = []
  private let history: Int

  package init(history: Int) { self.history = history }

  /// Whether nothing has been learnt yet, so that the direction is plain descent.
  package var isEmpty: Bool { steps.isEmpty }

  package mutating func forget() { steps.removeAll() }

  /// Learns from a step: how far it went and how the gradient changed.
  ///
  /// Where the curvature is not positive there is nothing to learn.
  package mutating func learn(move: [Double], change: [Double]) {
    let curvature = dot(move, change)
    let lengths = dot(move, move).squareRoot() * dot(change, change).squareRoot()
    guard curvature > 1e-16 * lengths, curvature.isFinite else { return }
    steps.append((move, change, curvature))
    if steps.count > history { steps.removeFirst() }
  }

  /// Where to go from a place with that gradient.
  package func direction(_ gradient: [Double]) -> [Double] {
    var direction = gradient.map { -$0 }
    var weights: [Double] = []
    for step in steps.reversed() {
      let weight = dot(step.move, direction) / step.curvature
      weights.append(weight)
      add(-weight, step.change, to: &direction)
    }
    if let last = steps.last {
      let scale = last.curvature / dot(last.change, last.change)
      for i in direction.indices { direction[i] *= scale }
    }
    for (step, weight) in zip(steps, weights.reversed()) {
      let other = dot(step.change, direction) / step.curvature
      add(weight - other, step.move, to: &direction)
    }
    return direction
  }
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}

func add(_ factor: Double, _ a: [Double], to b: inout [Double]) {
  for i in a.indices { b[i] += factor * a[i] }
}
