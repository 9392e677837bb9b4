@testable import Autodiff
import Tensors
import Testing

@Suite struct GradientBuilderTests {
  /// ½·(w₂·tanh(W₁ x + b₁) - 0.3)², a network with two hidden units.
  private let loss: Construction = { graph, parameters in
    let x = graph.constant(vector(0.4, -0.7, 1.2))
    let sums = try graph.node(
      "add", graph.node("matmul", parameters[0], x), parameters[1])
    let output = try graph.node("matmul", parameters[2], graph.node("tanh", sums))
    let error = try graph.node("subtract", output, graph.constant(0.3))
    return try graph.node("multiply", graph.constant(0.5), graph.node("multiply", error, error))
  }

  private let parameters = [
    tensor([2, 3], [0.1, -0.5, 0.3, 0.8, 0.2, -0.6]), vector(0.05, -0.1), vector(0.7, -1.3),
  ]

  @Test func aNetworkAgainstDifferences() throws {
    try expectDifferences(of: loss, at: parameters)
  }

  @Test func theHessianOfANetworkIsTheSlopeOfItsGradient() throws {
    var graph = Graph()
    let inputs = parameters.map { graph.input($0) }
    let output = try loss(&graph, inputs)
    var builder = GradientBuilder()
    let gradient = try builder.gradient(of: output, withRespectTo: inputs, in: &graph)
    var hessian: [[Double]] = []
    for slope in gradient {
      let slope = try #require(slope)
      for place in 0..<graph.shape(of: slope).count {
        var seed = [Double](repeating: 0, count: graph.shape(of: slope).count)
        seed[place] = 1
        let unit = graph.constant(Tensor(shape: graph.shape(of: slope), elements: seed))
        let row = try builder.adjoint(of: slope, seed: unit, withRespectTo: inputs, in: &graph)
        hessian.append(try row.flatMap { graph.tensor(of: try #require($0)).elements })
      }
    }
    let point = parameters.flatMap(\.elements)
    #expect(hessian.count == point.count)
    for i in point.indices {
      for j in point.indices {
        #expect(isNear(hessian[i][j], hessian[j][i], tolerance: 1e-14))
        let limit = try difference(step: 0.05) { h in
          var moved = point
          moved[j] += h
          let points = [
            tensor([2, 3], Array(moved[..<6])), tensor([2], Array(moved[6..<8])),
            tensor([2], Array(moved[8...])),
          ]
          return try gradients(loss, at: points).flatMap(\.elements)[i]
        }
        #expect(isNear(hessian[i][j], limit), "entry \(i), \(j)")
      }
    }
  }

  @Test func theGradientOfASumIsTheSumOfTheGradients() throws {
    let f: Construction = { try $0.node("exp", $0.node("multiply", $1[0], $1[1])) }
    let g: Construction = { try $0.node("atan2", $1[0], $1[1]) }
    let sum: Construction = { try $0.node("add", f(&$0, $1), g(&$0, $1)) }
    var numbers = Numbers(seed: "sum")
    for _ in 0..<5 {
      let point = numbers.tensor([2]).elements
      let (first, second) = (try slopes(at: point, of: f), try slopes(at: point, of: g))
      let both = try slopes(at: point, of: sum)
      for index in point.indices {
        #expect(
          isNear(both.built[index], first.built[index] + second.built[index], tolerance: 1e-15))
        #expect(
          isNear(
            both.numeric[index], first.numeric[index] + second.numeric[index], tolerance: 1e-15))
      }
    }
  }

  @Test func askingTwiceGivesTheSame() throws {
    var graph = Graph()
    let x = graph.input(vector(0.2, 0.4))
    let output = try graph.node("sum", graph.node("exp", graph.node("sin", x)))
    var builder = GradientBuilder()
    var values: [Tensor] = []
    for _ in 0..<3 {
      let slope = try builder.gradient(of: output, withRespectTo: [x], in: &graph)[0]
      values.append(graph.tensor(of: try #require(slope)))
    }
    #expect(values[0] == values[1] && values[1] == values[2])
    #expect(graph.tensor(of: x) == vector(0.2, 0.4))
  }

  @Test func onlyWhatLiesBetweenIsVisited() throws {
    var graph = Graph()
    let (x, unused) = (graph.input(2), graph.input(3))
    let root = try graph.node("log", graph.input(-1))
    let middle = try graph.node("sin", x)
    let output = try graph.node("multiply", middle, root)
    let later = try graph.node("exp", output)
    var builder = GradientBuilder()
    let gradient = try builder.gradient(
      of: output, withRespectTo: [x, unused, later, output, middle], in: &graph)
    #expect(gradient[0] != nil && gradient[4] == root)
    #expect(gradient[1] == nil && gradient[2] == nil)
    #expect(gradient[3].map { graph.scalar(of: $0) } == 1)
    let none = try builder.gradient(of: output, withRespectTo: [], in: &graph)
    #expect(none.isEmpty)
    let upwards = try builder.gradient(of: x, withRespectTo: [output], in: &graph)
    #expect(upwards == [nil])
    // Nothing is asked of the logarithm, so none of its slope is written.
    let count = graph.count
    _ = try builder.gradient(of: output, withRespectTo: [middle], in: &graph)
    #expect(graph.count <= count + 2)
  }

  @Test func flatFunctionsLeadNowhere() throws {
    var graph = Graph()
    let x = graph.input(2.5)
    let output = try graph.node("floor", x)
    var builder = GradientBuilder()
    let gradient = try builder.gradient(of: output, withRespectTo: [x], in: &graph)
    #expect(gradient == [nil])
  }

  /// What a base has nothing to say about does not spoil the exponent that nobody asked for.
  @Test func aNegativeBaseSpoilsOnlyTheExponent() throws {
    var graph = Graph()
    let (x, y) = (graph.input(-2), graph.input(3))
    let output = try graph.node("power", x, y)
    var builder = GradientBuilder()
    let gradient = try builder.gradient(of: output, withRespectTo: [x, y], in: &graph)
    #expect(gradient[0].map { graph.scalar(of: $0) } == 12)
    #expect(gradient[1].map { graph.scalar(of: $0).isNaN } == true)
  }

  /// The condition broadcasts with the sides, so its mask has the shape of neither.
  @Test func conditionsBroadcastToo() throws {
    let points = [tensor([2, 1], [1, 0]), vector(0, 4, 9)]
    let choice: Construction = { graph, inputs in
      let condition = try graph.node("not_equal", inputs[0], graph.constant(0))
      let roots = try graph.node("sqrt", inputs[1])
      let cube = try graph.node("power", inputs[0], graph.constant(3))
      return try graph.node("sum", graph.node("where", condition, cube, roots))
    }
    // The first row takes the cube three times, the second the roots.
    let expected = [tensor([2, 1], [9, 0]), vector(.infinity, 0.25, 1.0 / 6)]
    #expect(try gradients(choice, at: points) == expected)
  }

  @Test func seedsWeighTheRowsOfAJacobian() throws {
    var graph = Graph()
    let x = graph.input(vector(1, 2, 3))
    let output = try graph.node("multiply", x, x)
    let seed = graph.constant(vector(1, 10, 100))
    var builder = GradientBuilder()
    let product = try builder.adjoint(of: output, seed: seed, withRespectTo: [x], in: &graph)[0]
    #expect(product.map { graph.tensor(of: $0) } == vector(2, 40, 600))
  }

  @Test func highOrdersOfAnExponential() throws {
    var graph = Graph()
    let x = graph.input(0.5)
    var node = try graph.node("exp", graph.node("multiply", graph.constant(2), x))
    for order in 1...6 {
      node = try graph.derivative(of: node, by: x)
      #expect(isRight(graph.scalar(of: node), Double(1 << order) * 2.718281828459045))
    }
  }

  @Test func aHundredThousandNodesAreNoDepth() throws {
    var graph = Graph()
    let x = graph.input(0.5)
    var node = x
    for _ in 0..<100_000 { node = try graph.apply(.identity, graph.node("sin", node)) }
    let slope = try graph.derivative(of: node, by: x)
    var sweep = NumericSweep()
    try sweep.scalars(from: node, in: graph)
    #expect(graph.scalar(of: slope) == sweep.partial(x))
    #expect(sweep.partial(x) > 0 && sweep.partial(x) < 1e-5)
  }

  /// Where(x > 0, √x, 0), whose slope at 0 is inf behind a shut gate, and the same without a gate.
  @Test func bareNumbersAreThoseOfTheNodes() throws {
    var graph = Graph()
    let x = graph.input(vector(0, 4, 1))
    let root = try graph.node("sqrt", x)
    let isTaken = try graph.node("greater", x, graph.constant(0))
    let chosen = try graph.node("where", isTaken, root, graph.constant(0))
    var builder = GradientBuilder()
    let cases: [(NodeID, [Double])] = [
      (chosen, [0, -0.25, -0.5]), (root, [-.infinity, -0.25, -0.5]),
    ]
    for (part, truth) in cases {
      let output = try graph.node("negate", graph.node("sum", part))
      let count = graph.count
      let numbers = try builder.numbers(of: output, withRespectTo: [x], in: &graph)
      #expect(graph.count == count)
      #expect(numbers[0]?.elements == truth)
      #expect(numbers[0]?.elements[0].sign == (truth[0] == 0 ? .plus : .minus))
      let nodes = try builder.gradient(of: output, withRespectTo: [x], in: &graph)
      #expect(graph.tensor(of: try #require(nodes[0])) == numbers[0])
    }
  }
}
