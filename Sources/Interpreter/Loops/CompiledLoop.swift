import Autodiff
import Tensors

/// A loop whose turns a program can run.
struct CompiledLoop: Sendable {
  /// A leaf that the turns replace.
  struct Input: Sendable {
    /// The leaf that was there when the turn was recorded.
    let node: NodeID
    let tag: Tag
    let shape: Shape
    /// What holds the leaf, and in which way.
    var places: [(Location, Contents)]
  }

  var program: Program?
  private(set) var inputs: [Input] = []
  /// What the turns read and leave alone, and what was there.
  var invariants: [(Location, Contents)] = []
  /// The arrays that the loop runs over, nil for what is no array.
  let sources: [NodeID?]
  /// Where the locals of the code lie on the stack.
  let base: Int
  /// How often nodes had moved.
  let compactions: Int

  init(over sources: [NodeID?], base: Int, compactions: Int) {
    (self.sources, self.base, self.compactions) = (sources, base, compactions)
  }

  /// The nodes that a program takes as they are, whatever they were built from.
  var givens: [NodeID] { invariants.compactMap(\.1.node) + sources.compactMap { $0 } }

  /// Adds a place whose leaf the turn has replaced by another.
  ///
  /// - Parameters:
  ///   - place: what holds the leaf.
  ///   - before: what it held.
  ///   - after: what it holds after the turn.
  ///   - ends: the new leaves, one for each input.
  ///   - graph: the graph of the turn.
  /// - Returns: false where it is no leaf, or places part or join that held one leaf or two, or the
  ///   leaf goes by the name of another place, which it may do in every second turn only.
  mutating func carry(
    _ place: Location, _ before: Contents, _ after: Contents, _ ends: inout [NodeID],
    in graph: Graph
  ) -> Bool {
    guard let (from, to) = Contents.leaves(before, after, in: graph),
      graph.tag(of: from) == graph.tag(of: to)
    else { return false }
    if let index = inputs.firstIndex(where: { $0.node == from }) {
      inputs[index].places.append((place, before))
      return ends[index] == to
    }
    guard !ends.contains(to) else { return false }
    ends.append(to)
    inputs.append(
      Input(
        node: from, tag: graph.tag(of: to), shape: graph.shape(of: from),
        places: [(place, before)]))
    return true
  }
}
