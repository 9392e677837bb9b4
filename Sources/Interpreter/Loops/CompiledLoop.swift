import Autodiff
import Syntax
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
    var places: [(Keeping, Kept)]
  }

  var program: Program?
  private(set) var inputs: [Input] = []
  /// What the turns read and leave alone, and what was there.
  var invariants: [(Keeping, Kept)] = []
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
    _ place: Keeping, _ before: Kept, _ after: Kept, _ ends: inout [NodeID], in graph: Graph
  ) -> Bool {
    guard let (from, to) = Kept.leaves(before, after, in: graph),
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

/// A loop of the running statement, and what has become of trying to make a program of it.
struct HotLoop: Sendable {
  let code: Code
  /// The instruction at which a turn begins.
  let head: Int
  /// The turns that have been run one by one.
  var turns = 0
  /// After how many of them the program is tried again.
  var resumption = 0
  /// How often nothing came of it.
  var failures = 0
  var loop: CompiledLoop?
  /// Runs of the program in a row that were not worth it.
  var misses = 0

  /// A loop that cannot be compiled in the first turns, as one that tells something every hundred
  /// turns, may be later.
  static let mostFailures = 3

  mutating func fail() {
    failures += 1
    (loop, misses) = (nil, 0)
    resumption = turns + (failures == 1 ? 1 : 7)
  }
}

/// What a name or a place on the stack holds, for comparison.
enum Kept: Sendable {
  case nothing
  case node(NodeID)
  case parameter(NodeID)
  case live(LiveFormula)
  case function(UserFunction)
  /// Something that is not compared.
  case unknown

  init(_ place: Keeping, _ bindings: [Binding], _ stack: [Value]) {
    switch place {
    case .name(let name):
      switch bindings[name.index] {
      case .none: self = .nothing
      case .value(let value): self.init(value)
      case .parameter(let id): self = .parameter(id)
      case .live(let formula): self = .live(formula)
      case .function(let function): self = .function(function)
      }
    case .slot(let slot): self.init(stack[slot])
    }
  }

  private init(_ value: Value) {
    switch value {
    case .node(let id): self = .node(id)
    case .nothing: self = .nothing
    case .text, .list, .optimizer, .table: self = .unknown
    }
  }

  var isUnknown: Bool { if case .unknown = self { true } else { false } }

  var node: NodeID? {
    switch self {
    case .node(let id), .parameter(let id): id
    case .nothing, .live, .function, .unknown: nil
    }
  }

  static func == (a: Kept, b: Kept) -> Bool {
    switch (a, b) {
    case (.nothing, .nothing): true
    case (.node(let a), .node(let b)), (.parameter(let a), .parameter(let b)): a == b
    case (.live(let a), .live(let b)): a === b
    case (.function(let a), .function(let b)): a === b
    default: false
    }
  }

  /// The leaf that is held, of the same kind before and after a turn; nil where it is none.
  static func leaves(
    _ before: Kept, _ after: Kept, in graph: Graph
  ) -> (from: NodeID, to: NodeID)? {
    switch (before, after) {
    case (.node(let from), .node(let to)), (.parameter(let from), .parameter(let to)):
      guard graph.isInput(from), graph.isInput(to), graph.shape(of: from) == graph.shape(of: to)
      else { return nil }
      return (from, to)
    default: return nil
    }
  }
}
