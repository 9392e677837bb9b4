@testable import Autodiff
import Tensors
import Testing

@Suite struct GraphTests {
  @Test func nodesAreSmall() {
    #expect(Graph.bytesPerNode <= 40)
  }

  @Test func leavesHoldWhatTheyAreGiven() {
    var graph = Graph()
    let x = graph.input(2, tag: Tag(5))
    let m = graph.constant(tensor([2, 1], [3, 4]))
    let s = graph.input(Tensor(scalar: 6))
    #expect(graph.scalar(of: x) == 2)
    #expect(graph.tag(of: x) == Tag(5))
    #expect(graph.tag(of: m) == .none)
    #expect(graph.shape(of: m) == Shape([2, 1]))
    #expect(graph.tensor(of: m).elements == [3, 4])
    #expect(graph.scalar(of: m).isNaN)
    #expect(graph.isScalar(s) && graph.scalar(of: s) == 6)
    #expect([x, m, s].map(graph.isInput) == [true, false, true])
    #expect([x, m, s].map(graph.isVariable) == [true, false, true])
    #expect([x, m, s].allSatisfy(graph.isLeaf))
    #expect(graph.count == 3 && graph.last == s)
    graph.setTag(Tag(9), of: m)
    #expect(graph.tag(of: m) == Tag(9))
  }

  @Test func nodesKnowTheirOperands() throws {
    var graph = Graph()
    let (x, two, v) = (graph.input(3), graph.constant(2), graph.input(vector(1, 2)))
    let product = try graph.node("multiply", x, two)
    let choice = try graph.node("where", two, x, product)
    let stack = try graph.node("stack", x, product, two, choice)
    let entry = try graph.node("index", v, attribute: .items([.at(-1)]))
    #expect(graph.operands(of: product) == [x, two])
    #expect(graph.operands(of: choice) == [two, x, product])
    #expect(graph.operands(of: stack) == [x, product, two, choice])
    #expect(graph.operands(of: entry) == [v])
    #expect(graph.operands(of: x).isEmpty)
    #expect(graph.attribute(of: entry) == .items([.at(-1)]))
    #expect(graph.attribute(of: product) == .none)
    #expect(graph.operation(of: product) == .multiply)
    #expect(graph.tensor(of: stack) == vector(3, 6, 2, 3))
    #expect(graph.scalar(of: entry) == 2)
    #expect(graph.isScalar(entry))
  }

  @Test func whatIsBuiltFromConstantsIsNoVariable() throws {
    var graph = Graph()
    let (x, c) = (graph.input(3), graph.constant(2))
    let (v, w) = (graph.input(vector(1, 2)), graph.constant(vector(1, 2)))
    let constants = [
      try graph.node("sin", c), try graph.node("add", c, w), try graph.node("stack", c, c),
    ]
    let variables = [
      try graph.node("add", c, x), try graph.node("add", c, v), try graph.node("stack", c, x),
    ]
    #expect(!constants.contains(where: graph.isVariable))
    #expect(variables.allSatisfy(graph.isVariable))
  }

  @Test func arraysAreBroadcast() throws {
    var graph = Graph()
    let column = graph.input(tensor([2, 1], [1, 2]))
    let row = graph.input(vector(10, 20, 30))
    let sum = try graph.node("add", column, row)
    #expect(graph.tensor(of: sum) == tensor([2, 3], [11, 21, 31, 12, 22, 32]))
  }

  @Test func whatDoesNotFitLeavesNoTrace() throws {
    var graph = Graph()
    let (a, b) = (graph.input(vector(1, 2)), graph.input(vector(1, 2, 3)))
    #expect(throws: ShapeError.doNotBroadcast([Shape([2]), Shape([3])])) {
      try graph.apply(.add, a, b)
    }
    #expect(throws: ShapeError.innerSizesDiffer(Shape([2]), Shape([3]))) {
      try graph.apply(.matmul, a, b)
    }
    #expect(throws: ShapeError.self) { try graph.apply(.stack, [a, b]) }
    #expect(graph.count == 2)
    #expect(graph.arrays.count == 2 && graph.lists.isEmpty && graph.attributes.isEmpty)
  }

  @Test func truncatingRestoresAllStores() throws {
    var graph = Graph()
    let x = graph.input(2)
    let v = graph.input(vector(1, 2, 3))
    let stack = try graph.node("stack", x, x)
    let part = try graph.node("index", v, attribute: .items([.at(0)]))
    let counts = [
      graph.nodes.count, graph.arrays.count, graph.lists.count, graph.attributes.count,
    ]
    _ = try graph.node("stack", x, part, x)
    _ = try graph.node("index", v, attribute: .items([.slice(start: 1, stop: nil, step: 1)]))
    _ = try graph.node("sum", graph.node("multiply", v, v))
    _ = try graph.derivative(of: graph.last, by: v)
    graph.truncate(to: counts[0])
    #expect(
      counts == [
        graph.nodes.count, graph.arrays.count, graph.lists.count, graph.attributes.count,
      ])
    #expect(graph.tensor(of: stack) == vector(2, 2))
    #expect(graph.operands(of: stack) == [x, x])
    #expect(graph.attribute(of: part) == .items([.at(0)]))
    let again = try graph.node("add", v, v)
    #expect(graph.tensor(of: again) == vector(2, 4, 6))
    graph.truncate(to: graph.count + 1)
    #expect(graph.last == again)
  }

  @Test func foldingWritesConstantsOnly() throws {
    var graph = Graph()
    let (x, two) = (graph.input(3), graph.constant(2))
    let four = try graph.fold(.multiply, two, two)
    #expect(graph.operation(of: four) == .constant && graph.scalar(of: four) == 4)
    let double = try graph.fold(.multiply, two, x)
    #expect(graph.operation(of: double) == .multiply)
    let (one, zero) = (graph.constant(1), graph.constant(0))
    let products = [try graph.product(one, x), try graph.product(x, one)]
    #expect(products == [x, x])
    let choices = [try graph.selection(zero, x, two), try graph.selection(one, x, two)]
    #expect(choices == [two, x])
  }

  static let fits: [([Int], [Int], [Double])] = [
    ([2, 3], [3], [5, 7, 9]), ([2, 3], [2, 1], [6, 15]), ([2, 3], [], [21]),
    ([3], [2, 3], [1, 2, 3, 1, 2, 3]), ([], [2], [1, 1]), ([2], [2], [1, 2]),
    ([1], [], [1]), ([], [1], [1]), ([1, 1], [1], [1]),
    ([0], [1], [0]), ([0], [], [0]), ([1], [0], []), ([], [0], []), ([2, 0], [2, 1], [0, 0]),
  ]

  @Test(arguments: fits)
  func adjointsTakeTheShapeOfTheirOperand(from: [Int], to: [Int], elements: [Double]) throws {
    let shape = Shape(from)
    var graph = Graph()
    let id = graph.input(
      Tensor(shape: shape, elements: (0..<shape.count).map { Double($0 + 1) }))
    let fitted = try graph.fit(id, to: Shape(to))
    #expect(graph.tensor(of: fitted) == tensor(to, elements))
    #expect((fitted == id) == (from == to))
  }
}
