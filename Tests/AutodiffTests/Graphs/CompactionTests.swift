@testable import Autodiff
import Tensors
import Testing

@Suite struct CompactionTests {
  /// A graph with every kind of store, nodes that nobody needs among them, and its output.
  private func graph() throws -> (graph: Graph, inputs: [NodeID], output: NodeID) {
    var graph = Graph()
    func waste(_ v: NodeID) throws {
      let part = try graph.node("index", v, attribute: .items([.at(0)]))
      _ = try graph.node("stack", part, graph.input(9), part)
      _ = try graph.node(
        "mean", graph.node("exp", v), attribute: .axes([0], keepingDimensions: true))
    }
    let v = graph.input(vector(0.3, 0.5, 0.7), tag: Tag(1))
    try waste(v)
    let x = graph.input(1.1, tag: Tag(2))
    let tail = try graph.node(
      "index", v, attribute: .items([.slice(start: 1, stop: nil, step: 1)]))
    let stack = try graph.node("stack", x, graph.node("sin", x), graph.node("exp", x))
    try waste(v)
    let matrix = try graph.node("stack", stack, graph.node("multiply", v, v))
    let means = try graph.node("mean", matrix, attribute: .axes([1], keepingDimensions: false))
    try waste(stack)
    let condition = try graph.node("greater", means, graph.constant(0.4))
    let chosen = try graph.node("where", condition, means, tail)
    let output = try graph.node("sum", graph.node("matmul", chosen, matrix))
    try waste(means)
    return (graph, [v, x], output)
  }

  private func gradients(_ graph: Graph, _ output: NodeID, _ inputs: [NodeID]) throws -> [Tensor] {
    var graph = graph
    var builder = GradientBuilder()
    let gradient = try builder.gradient(of: output, withRespectTo: inputs, in: &graph)
    return try gradient.map { graph.tensor(of: try #require($0)) }
  }

  @Test func valuesAndGradientsAreTheSameBitForBit() throws {
    let (before, inputs, output) = try graph()
    var after = before
    let compaction = after.compact(keeping: [output])
    let order = before.postOrder(from: output)
    #expect(after.count == order.count)
    #expect(after.count < before.count)
    for id in order {
      let place = try #require(compaction.place(of: id))
      #expect(bits(after.tensor(of: place)) == bits(before.tensor(of: id)))
      #expect(after.operation(of: place) == before.operation(of: id))
      #expect(after.attribute(of: place) == before.attribute(of: id))
      #expect(after.tag(of: place) == before.tag(of: id))
      #expect(after.isVariable(place) == before.isVariable(id))
      let operands = before.operands(of: id).map { compaction.place(of: $0) }
      #expect(after.operands(of: place).map { $0 } == operands)
    }
    let moved = try inputs.map { try #require(compaction.place(of: $0)) }
    let place = try #require(compaction.place(of: output))
    let (first, second) = (
      try gradients(before, output, inputs), try gradients(after, place, moved)
    )
    #expect(first.map(bits) == second.map(bits))
  }

  @Test func theStoresHoldNothingElse() throws {
    var (graph, _, output) = try graph()
    _ = graph.compact(keeping: [output])
    let ids = (0..<graph.count).map { NodeID($0) }
    #expect(graph.arrays.count == ids.count { !graph.isScalar($0) })
    #expect(graph.attributes.count == ids.count { graph.attribute(of: $0) != .none })
    let stacks = ids.filter { graph.operation(of: $0) == .stack }
    #expect(graph.lists.count == stacks.reduce(0) { $0 + graph.operands(of: $1).count })
    let count = graph.count
    _ = try graph.derivative(of: graph.last, by: NodeID(0))
    graph.truncate(to: count)
    #expect(graph.arrays.count == ids.count { !graph.isScalar($0) })
  }

  @Test func whatIsForgottenHasNoPlace() {
    var graph = Graph()
    let (a, b, c) = (graph.input(1), graph.input(2), graph.input(3))
    let compaction = graph.compact(keeping: [c])
    #expect([a, b, c].map { compaction.place(of: $0) } == [nil, nil, NodeID(0)])
    #expect(
      [a, b, c].map { compaction.firstPlace(from: $0) } == Array(repeating: NodeID(0), count: 3))
    // Where the next node would have come, the next node comes.
    #expect(compaction.firstPlace(from: NodeID(3)) == NodeID(1))
    #expect(graph.scalar(of: NodeID(0)) == 3)
  }

  @Test func compactingAgainChangesNothing() throws {
    var (graph, _, output) = try graph()
    let place = try #require(graph.compact(keeping: [output]).place(of: output))
    let count = graph.count
    let again = graph.compact(keeping: [place])
    #expect(again.place(of: place) == place)
    #expect(graph.count == count)
    _ = graph.compact(keeping: [])
    #expect(graph.count == 0)
    #expect(graph.arrays.isEmpty && graph.lists.isEmpty && graph.attributes.isEmpty)
  }

  private func bits(_ tensor: Tensor) -> [UInt64] { tensor.elements.map(\.bitPattern) }
}
