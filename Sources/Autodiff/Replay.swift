import Tensors

/// Evaluates a graph of scalars at other inputs, again and again, without writing a node.
package struct Replay: Sendable {
  /// One node: what it does, and the places of its operands among the values.
  private struct Step: Sendable {
    let operation: PrimitiveID
    let operands: (Int, Int, Int)
    /// Whether the node keeps its number whatever its operands are.
    let isHeld: Bool
  }

  private let nodes: [NodeID]
  private let places: [NodeID: Int]
  private let steps: [Step]
  private let originals: [Double]
  private let cancellation: Cancellation
  private var values: [Double]

  /// Makes the outputs ready to be evaluated; nil where arrays are involved or that is no longer
  /// wanted.
  ///
  /// - Parameters:
  ///   - outputs: what is to be evaluated.
  ///   - graph: the graph they belong to.
  ///   - holdsStops: whether `stop(x)` keeps its number, as a derivative takes it to do.
  package init?(_ outputs: [NodeID], in graph: Graph, holdsStops: Bool) {
    var isMet = [Bool](repeating: false, count: (outputs.max()?.index ?? -1) + 1)
    for output in outputs { isMet[output.index] = true }
    var count = 0
    for index in stride(from: isMet.count - 1, through: 0, by: -1) where isMet[index] {
      let id = NodeID(index)
      guard graph.isScalar(id) else { return nil }
      if !graph.isLeaf(id), case .array = graph.operation(of: id).row.kernel { return nil }
      count += 1
      graph.forEachOperand(of: id) { isMet[$0.index] = true }
    }
    var nodes: [NodeID] = []
    nodes.reserveCapacity(count)
    var places: [NodeID: Int] = [:]
    var steps: [Step] = []
    for index in isMet.indices where isMet[index] {
      if graph.isUnwanted(atStep: index) { return nil }
      let id = NodeID(index)
      places[id] = nodes.count
      nodes.append(id)
      let operands = graph.operands(of: id).map { places[$0] ?? 0 }
      let operation = graph.operation(of: id)
      steps.append(
        Step(
          operation: operation,
          operands: (
            operands.first ?? 0, operands.count > 1 ? operands[1] : 0,
            operands.count > 2 ? operands[2] : 0
          ),
          isHeld: operands.isEmpty || holdsStops && operation == .stop))
    }
    (self.nodes, self.places, self.steps) = (nodes, places, steps)
    originals = nodes.map(graph.scalar(of:))
    cancellation = graph.cancellation
    values = originals
  }

  /// Evaluates with other numbers for some of the inputs.
  ///
  /// - Parameter inputs: the numbers of those that change; the others have their own.
  /// - Returns: false where the condition of an `if` expression goes the other way, whose side was
  ///   never built, or when the numbers are no longer wanted.
  package mutating func run(with inputs: [NodeID: Double]) -> Bool {
    values = originals
    for (input, value) in inputs {
      if let place = places[input] { values[place] = value }
    }
    let entries = KernelTable.entries
    for (place, step) in steps.enumerated() {
      if Cancellation.Pace.numbers.isDue(at: place), cancellation.ask() { return false }
      guard !step.isHeld else { continue }
      let (a, b, c) = step.operands
      if step.operation == .branch, (values[a] != 0) != (originals[a] != 0) { return false }
      let entry = entries + Int(step.operation.rawValue)
      if let unary = entry.pointee.unary {
        values[place] = unary(values[a])
      } else if let binary = entry.pointee.binary {
        values[place] = binary(values[a], values[b])
      } else if let ternary = entry.pointee.ternary {
        values[place] = ternary(values[a], values[b], values[c])
      }
    }
    return true
  }

  /// The value of a node in the last run.
  package func value(of id: NodeID) -> Double { places[id].map { values[$0] } ?? .nan }

  /// The largest magnitude in the last run, by which rounding errors are measured.
  package var largestMagnitude: Double {
    values.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
  }
}

extension PrimitiveID {
  package static let stop = Primitive.row("stop")
}
