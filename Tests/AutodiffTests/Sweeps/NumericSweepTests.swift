@testable import Autodiff
import Tensors
import Testing

@Suite struct NumericSweepTests {
  @Test func aDerivativeByHand() throws {
    // x₁x₂ + 4.3·x₂ + 30 at (2, 3): value 48.9, slopes x₂ = 3 and x₁ + 4.3 = 6.3.
    let slopes = try slopes(at: [2, 3]) { graph, x in
      let product = try graph.node("multiply", x[0], x[1])
      let line = try graph.node("multiply", x[1], graph.constant(4.3))
      return try graph.node("add", graph.node("add", product, line), graph.constant(30))
    }
    #expect(isRight(slopes.value, 48.9))
    #expect(areRight(slopes.numeric, [3, 6.3]))
    #expect(areRight(slopes.built, [3, 6.3]))
  }

  @Test func intermediateNodesHavePartialsToo() throws {
    var graph = Graph()
    let x = graph.input(2)
    let square = try graph.node("multiply", x, x)
    let cube = try graph.node("multiply", square, x)
    let aside = try graph.node("sin", x)
    var sweep = NumericSweep()
    try sweep.scalars(from: cube, in: graph)
    #expect(sweep.partial(cube) == 1)
    #expect(sweep.partial(square) == 2)
    #expect(sweep.partial(x) == 12)
    #expect(sweep.isReached(square))
    #expect(!sweep.isReached(aside))
    #expect(sweep.partial(aside) == 0)
  }

  @Test func askingTwiceGivesTheSame() throws {
    var graph = Graph()
    let x = graph.input(0.7)
    let y = try graph.node("exp", graph.node("sin", x))
    let z = try graph.node("multiply", y, x)
    var sweep = NumericSweep()
    var partials: [Double] = []
    for output in [z, y, z, z] {
      try sweep.scalars(from: output, in: graph)
      partials.append(sweep.partial(x))
    }
    #expect(partials[0] == partials[2])
    #expect(partials[2] == partials[3])
    #expect(partials[0] != partials[1])
    try sweep.scalars(from: x, in: graph)
    #expect(sweep.partial(x) == 1)
    #expect(!sweep.isReached(y))
  }

  @Test func aNodeAddedAfterASweepIsNotReached() throws {
    var graph = Graph()
    let x = graph.input(1)
    var sweep = NumericSweep()
    try sweep.scalars(from: x, in: graph)
    let y = try graph.node("sin", x)
    #expect(!sweep.isReached(y))
    #expect(sweep.partial(y) == 0)
    try sweep.scalars(from: y, in: graph)
    #expect(isRight(sweep.partial(x), 0.5403023058681398))
  }

  @Test func arraysAreDeclined() throws {
    var graph = Graph()
    let (x, v) = (graph.input(2), graph.input(vector(1, 2)))
    let sum = try graph.node("sum", graph.node("multiply", x, v))
    let comparison = try graph.node("sum", graph.node("greater", v, x))
    let stack = try graph.apply(.stack, [x, x])
    let aside = try graph.node("sin", x)
    var sweep = NumericSweep()
    for output in [sum, comparison, stack, v] {
      let isSwept = sweep.run(from: output, in: graph)
      #expect(!isSwept)
    }
    try sweep.scalars(from: aside, in: graph)
  }

  /// 2ⁿ ways lead from the output to the input, and each node is visited once.
  @Test func waysThatMeetAreNotCountedOneByOne() throws {
    let slopes = try slopes(at: [1]) { graph, inputs in
      var node = inputs[0]
      for _ in 0..<1000 { node = try graph.node("add", node, node) }
      return node
    }
    #expect(slopes.numeric == [0x1p1000])
    #expect(slopes.built == [0x1p1000])
  }

  @Test func aMillionNodesAreNoDepth() throws {
    let length = 1_000_000
    var graph = Graph()
    let x = graph.input(0.5)
    let unused = graph.input(7)
    var node = x
    for _ in 0..<length / 2 {
      node = try graph.apply(.negate, node)
      node = try graph.apply(.add, node, x)
    }
    // xₖ₊₁ = x - xₖ: after an even number of steps the chain is back at x.
    #expect(graph.scalar(of: node) == 0.5)
    var sweep = NumericSweep()
    try sweep.scalars(from: node, in: graph)
    #expect(sweep.partial(x) == 1)
    let order = graph.postOrder(from: node)
    #expect(order.count == length + 1)
    #expect(order.first == x)
    #expect(order.last == node)
    let compaction = graph.compact(keeping: [node])
    #expect(graph.count == length + 1)
    #expect(compaction.place(of: unused) == nil)
    let moved = try #require(compaction.place(of: node))
    #expect(graph.scalar(of: moved) == 0.5)
    graph = Graph()
    #expect(graph.count == 0)
  }
}
