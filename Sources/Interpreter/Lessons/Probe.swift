import Autodiff
import Tensors

/// Values of nodes at other inputs than those they were computed with.
struct Probe {
  /// For graphs of scalars.
  private var replay: Replay?
  private let outputs: [NodeID]
  /// Nodes that keep their value whatever they were made from.
  private let held: [NodeID]
  /// Whether the largest number of each evaluation is wanted.
  private let measures: Bool
  /// The largest number that the last evaluation went through.
  private(set) var largestMagnitude = 0.0

  /// Makes nodes ready to be evaluated.
  ///
  /// - Parameters:
  ///   - outputs: what is evaluated.
  ///   - session: what they belong to.
  ///   - holdsStops: whether `stop(x)` keeps its number, as a derivative takes it to do.
  ///   - measures: whether `largestMagnitude` is wanted.
  init(_ outputs: [NodeID], _ session: inout Session, holdsStops: Bool, measures: Bool = false) {
    (self.outputs, self.measures) = (outputs, measures)
    replay = Replay(outputs, in: session.graph, holdsStops: holdsStops)
    var held: [NodeID] = []
    if replay == nil, holdsStops {
      for output in outputs {
        session.reach.collect(from: output, in: session.graph)
        held += session.reach.inner.filter { session.graph.operation(of: $0) == .stop }
      }
    }
    self.held = held
  }

  /// The outputs with other values for some inputs.
  ///
  /// - Returns: nil where a condition goes the other way, or a shape does not fit.
  mutating func values(with inputs: [NodeID: Tensor], _ session: inout Session) -> [Tensor]? {
    if var replay {
      guard replay.run(with: inputs.mapValues(\.scalar)) else { return nil }
      self.replay = replay
      if measures { largestMagnitude = replay.largestMagnitude }
      return outputs.map { Tensor(scalar: replay.value(of: $0)) }
    }
    let count = session.graph.count
    defer { session.graph.truncate(to: count) }
    var replacements: [NodeID: NodeID] = [:]
    for id in held { replacements[id] = id }
    for (input, value) in inputs { replacements[input] = session.graph.input(value) }
    var substitution = Substitution(replacing: replacements, inputsTagged: [:])
    var values: [Tensor] = []
    for output in outputs {
      guard let copy = try? substitution.apply(to: output, in: &session.graph) else { return nil }
      values.append(session.graph.tensor(of: copy))
    }
    if measures {
      largestMagnitude = (count..<session.graph.count).reduce(0) { largest, place in
        session.graph.tensor(of: NodeID(place)).elements.reduce(largest) {
          $1.isFinite ? max($0, abs($1)) : $0
        }
      }
    }
    return values
  }
}
