import Tensors

/// Evaluates a graph of scalars at other inputs, again and again, without writing a node.
package struct Replay: Sendable {
  private var program: Program
  /// By leaf: the number of the input, and what it has in the graph.
  private var inputs: [NodeID: (index: Int, original: Double)] = [:]
  private let outputs: [NodeID: Int]

  /// Makes the outputs ready to be evaluated; nil where arrays are involved or that is no longer
  /// wanted.
  ///
  /// - Parameters:
  ///   - outputs: what is to be evaluated.
  ///   - graph: the graph they belong to.
  ///   - holdsStops: whether `stop(x)` keeps its number, as a derivative takes it to do.
  package init?(_ outputs: [NodeID], in graph: Graph, holdsStops: Bool) {
    var reach = Reach()
    reach.collect(from: outputs, in: graph)
    guard (reach.inner + reach.leaves).allSatisfy(graph.isScalar),
      reach.inner.allSatisfy({ !graph.operation(of: $0).row.takesArrays })
    else { return nil }
    let trace = Trace()
    for id in reach.inner where graph.operation(of: id) == .branch {
      trace.decisions.append(.truth(graph.operands(of: id)[0]))
    }
    let held = holdsStops ? reach.inner.filter { graph.operation(of: $0) == .stop } : []
    var graph = graph
    guard let program = graph.program(of: outputs, inputs: reach.leaves + held, trace, mark: 0)
    else { return nil }
    self.program = program
    self.outputs = Dictionary(
      outputs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for (index, leaf) in reach.leaves.enumerated() {
      inputs[leaf] = (index, graph.nodes.values[leaf.index])
    }
  }

  /// Evaluates with other numbers for some of the inputs.
  ///
  /// - Parameter numbers: the numbers of those that change; the others have their own.
  /// - Returns: false where the condition of an `if` expression goes the other way, whose side was
  ///   never built, or when the numbers are no longer wanted.
  package mutating func run(with numbers: [NodeID: Double]) -> Bool {
    guard !program.cancellation.ask() else { return false }
    for (leaf, input) in inputs {
      program.setInput(input.index, to: [numbers[leaf] ?? input.original])
    }
    return program.run()
  }

  /// The value of an output in the last run.
  package func value(of id: NodeID) -> Double {
    outputs[id].map { program.value(ofOutput: $0).scalar } ?? .nan
  }

  /// The largest magnitude in the last run, by which rounding errors are measured.
  package var largestMagnitude: Double {
    program.memory.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
  }
}

extension PrimitiveID {
  package static let stop = Primitive.row("stop")
}
