@testable import Autodiff
import Tensors
import Testing

@Suite struct GradientBuilderTests {
  /// The gradients of a scalar function of arrays, by nodes.
  private func gradients(_ function: Construction, at points: [Tensor]) throws -> [Tensor] {
    var graph = Graph()
    let inputs = points.map { graph.input($0) }
    let output = try function(&graph, inputs)
    var builder = GradientBuilder()
    let gradient = try builder.gradient(of: output, withRespectTo: inputs, in: &graph)
    return zip(gradient, points).map { slope, point in
      slope.map { graph.tensor(of: $0) } ?? Tensor(repeating: 0, shape: point.shape)
    }
  }

  /// First and second order against differences, along every element.
  private func expectDifferences(
    of function: Construction, at points: [Tensor],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expectGradient(function, at: points, sourceLocation)
    var numbers = Numbers(seed: "weights")
    let weights = points.map { numbers.tensor($0.shape.dimensions) }
    let slope: Construction = { graph, inputs in
      let output = try function(&graph, inputs)
      var builder = GradientBuilder()
      let gradient = try builder.gradient(of: output, withRespectTo: inputs, in: &graph)
      var sum = graph.constant(0)
      for (slope, weight) in zip(gradient, weights) {
        guard let slope else { continue }
        let part = try graph.node("sum", graph.node("multiply", slope, graph.constant(weight)))
        sum = try graph.node("add", sum, part)
      }
      return sum
    }
    try expectGradient(slope, at: points, sourceLocation)
  }

  private func expectGradient(
    _ function: Construction, at points: [Tensor], _ sourceLocation: SourceLocation
  ) throws {
    let gradients = try gradients(function, at: points)
    for (which, point) in points.enumerated() {
      #expect(gradients[which].shape == point.shape, sourceLocation: sourceLocation)
      for place in point.elements.indices {
        let limit = try difference(step: 0.05) { h in
          var moved = points
          var elements = point.elements
          elements[place] += h
          moved[which] = Tensor(shape: point.shape, elements: elements)
          var graph = Graph()
          let inputs = moved.map { graph.input($0) }
          let output = try function(&graph, inputs)
          return graph.scalar(of: output)
        }
        #expect(
          isNear(gradients[which].elements[place], limit),
          "operand \(which), element \(place): \(gradients[which].elements[place]), not \(limit)",
          sourceLocation: sourceLocation)
      }
    }
  }

  /// A row of the table of operations on arrays, at operands of certain shapes.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var shapes: [[Int]]
    var attribute = Attribute.none

    var testDescription: String { "\(name) of \(shapes), \(attribute)" }
  }

  private static func axes(_ axes: Int..., keeping: Bool = false) -> Attribute {
    .axes(axes, keepingDimensions: keeping)
  }

  private static let everySecond = IndexItem.slice(start: nil, stop: nil, step: 2)
  private static let backwards = IndexItem.slice(start: nil, stop: nil, step: -1)

  static let cases: [Case] =
    ["sum", "mean"].flatMap { name in
      [
        Case(name: name, shapes: [[]]), Case(name: name, shapes: [[3]]),
        Case(name: name, shapes: [[2, 3]]),
        Case(name: name, shapes: [[2, 3]], attribute: axes(0)),
        Case(name: name, shapes: [[2, 3]], attribute: axes(1)),
        Case(name: name, shapes: [[2, 3]], attribute: axes(-1)),
        Case(name: name, shapes: [[2, 3]], attribute: axes(0, keeping: true)),
        Case(name: name, shapes: [[2, 3]], attribute: axes(1, keeping: true)),
        Case(name: name, shapes: [[2, 3]], attribute: axes(1, 0)),
        Case(name: name, shapes: [[2, 2, 2]], attribute: axes(1)),
        Case(name: name, shapes: [[2, 1, 3]], attribute: axes(0, 2)),
        Case(name: name, shapes: [[2, 3]], attribute: .axes(nil, keepingDimensions: true)),
        Case(name: name, shapes: [[2, 0]]),
      ]
    } + [
      Case(name: "matmul", shapes: [[3], [3]]), Case(name: "matmul", shapes: [[2, 3], [3]]),
      Case(name: "matmul", shapes: [[3], [3, 2]]),
      Case(name: "matmul", shapes: [[2, 3], [3, 2]]),
      Case(name: "matmul", shapes: [[1, 3], [3, 1]]), Case(name: "matmul", shapes: [[1], [1]]),
      Case(name: "matmul", shapes: [[2, 1], [1, 2]]), Case(name: "matmul", shapes: [[1], [1, 3]]),
      Case(name: "transpose", shapes: [[2, 3]]), Case(name: "transpose", shapes: [[3]]),
      Case(name: "transpose", shapes: [[2, 1, 3]]), Case(name: "transpose", shapes: [[]]),
      Case(name: "stack", shapes: [[], [], []]), Case(name: "stack", shapes: [[2], [2]]),
      Case(name: "stack", shapes: [[2, 2]]),
      Case(name: "stack", shapes: [[1, 2], [1, 2], [1, 2]]),
      Case(name: "index", shapes: [[3]], attribute: .items([.at(1)])),
      Case(name: "index", shapes: [[3]], attribute: .items([.at(-1)])),
      Case(name: "index", shapes: [[2, 3]], attribute: .items([.at(1)])),
      Case(name: "index", shapes: [[2, 3]], attribute: .items([.all, .at(0)])),
      Case(name: "index", shapes: [[2, 3]], attribute: .items([.all, everySecond])),
      Case(name: "index", shapes: [[4]], attribute: .items([backwards])),
      Case(
        name: "index", shapes: [[4]], attribute: .items([.slice(start: 1, stop: 3, step: 1)])),
      Case(
        name: "index", shapes: [[4]], attribute: .items([.slice(start: 3, stop: 3, step: 1)])),
      Case(name: "_scatter", shapes: [[]], attribute: .placement([.at(1)], in: Shape([3]))),
      Case(
        name: "_scatter", shapes: [[2, 2]],
        attribute: .placement([.all, everySecond], in: Shape([2, 3]))),
      Case(name: "_sum_to", shapes: [[2, 3]], attribute: .shape(Shape([3]))),
      Case(name: "_sum_to", shapes: [[2, 3]], attribute: .shape(Shape([2, 1]))),
      Case(name: "_sum_to", shapes: [[2, 3]], attribute: .shape(.scalar)),
      Case(name: "_broadcast", shapes: [[3]], attribute: .shape(Shape([2, 3]))),
      Case(name: "_broadcast", shapes: [[2, 1]], attribute: .shape(Shape([2, 3]))),
      Case(name: "_broadcast", shapes: [[]], attribute: .shape(Shape([2]))),
      Case(name: "_reshape", shapes: [[2, 3]], attribute: .shape(Shape([6]))),
      Case(name: "_reshape", shapes: [[]], attribute: .shape(Shape([1, 1]))),
    ]

  /// A new operation on arrays is not tested by existing, but its absence here is noticed.
  @Test(arguments: Primitive.all.filter { $0.domain.isEmpty && $0.notation != .leaf })
  func everyOperationHasACase(row: Primitive) {
    #expect(Self.cases.contains { $0.name == row.name })
  }

  /// The operands are cubed and the result squared, so that the second order is not 0.
  @Test(arguments: cases)
  func pullbacksAreLimitsOfDifferences(_ item: Case) throws {
    var numbers = Numbers(seed: item.testDescription)
    let points = item.shapes.map { numbers.tensor($0) }
    try expectDifferences(
      of: { graph, inputs in
        let cubes = try inputs.map { input in
          try graph.node("power", input, graph.constant(3))
        }
        let result = try graph.apply(Primitive.row(item.name), cubes, item.attribute)
        let ramp = Tensor(
          shape: graph.shape(of: result),
          elements: (0..<graph.shape(of: result).count).map { 0.5 + Double($0) / 4 })
        let square = try graph.node("multiply", result, result)
        return try graph.node("sum", graph.node("multiply", square, graph.constant(ramp)))
      }, at: points)
  }

  @Test func sumsAndMeansByHand() throws {
    let m = tensor([2, 3], [1, 2, 3, 4, 5, 6])
    // ∂/∂m of Σⱼ wⱼ·meanᵢ(mᵢⱼ) is wⱼ/2 in every row.
    let means = try gradients(
      {
        let means = try $0.node("mean", $1[0], attribute: .axes([0], keepingDimensions: false))
        return try $0.node("matmul", means, $0.constant(vector(1, 2, 4)))
      }, at: [m])
    #expect(means == [tensor([2, 3], [0.5, 1, 2, 0.5, 1, 2])])
    // ∂/∂m of Σᵢ (Σⱼ mᵢⱼ)² is twice the sum of the row: 12 and 30.
    let sums = try gradients(
      {
        let sums = try $0.node("sum", $1[0], attribute: .axes([1], keepingDimensions: true))
        return try $0.node("sum", $0.node("multiply", sums, sums))
      }, at: [m])
    #expect(sums == [tensor([2, 3], [12, 12, 12, 30, 30, 30])])
    let mean = try gradients({ try $0.node("mean", $1[0]) }, at: [m])
    #expect(mean == [Tensor(repeating: 1.0 / 6, shape: Shape([2, 3]))])
  }

  @Test func matrixProductsByHand() throws {
    let (a, b) = (tensor([2, 2], [1, 2, 3, 4]), tensor([2, 2], [5, 6, 7, 8]))
    // For the sum of all entries of A B: Ā holds the row sums of B, B̄ the column sums of A.
    let product = try gradients(
      { try $0.node("sum", $0.node("matmul", $1[0], $1[1])) }, at: [a, b])
    #expect(product == [tensor([2, 2], [11, 15, 11, 15]), tensor([2, 2], [4, 4, 6, 6])])
    let (v, w) = (vector(1, 2, 3), vector(4, 5, 6))
    #expect(try gradients({ try $0.node("matmul", $1[0], $1[1]) }, at: [v, w]) == [w, v])
    // xᵀ A x: (A + Aᵀ) x for x, the outer product for A.
    let form = try gradients(
      { try $0.node("matmul", $1[1], $0.node("matmul", $1[0], $1[1])) }, at: [a, vector(1, -1)])
    #expect(form == [tensor([2, 2], [1, -1, -1, 1]), vector(-3, -3)])
  }

  @Test func broadcastOperandsAreSummedBack() throws {
    let (s, v) = (Tensor(scalar: 2), vector(1, 2, 3))
    let (column, row) = (tensor([2, 1], [1, 2]), vector(3, 4, 5))
    #expect(
      try gradients({ try $0.node("sum", $0.node("add", $1[0], $1[1])) }, at: [s, v])
        == [Tensor(scalar: 3), vector(1, 1, 1)])
    #expect(
      try gradients({ try $0.node("sum", $0.node("multiply", $1[0], $1[1])) }, at: [s, v])
        == [Tensor(scalar: 6), vector(2, 2, 2)])
    let outer = try gradients(
      { try $0.node("sum", $0.node("multiply", $1[0], $1[1])) }, at: [column, row])
    #expect(outer == [tensor([2, 1], [12, 12]), vector(3, 3, 3)])
    // a/b with a of shape (3,) and b of shape (2, 1): ā = Σ 1/b, b̄ = -Σ a/b².
    let quotient = try gradients(
      { try $0.node("sum", $0.node("divide", $1[1], $1[0])) }, at: [column, row])
    #expect(quotient == [tensor([2, 1], [-12, -3]), vector(1.5, 1.5, 1.5)])
    let one = tensor([1, 1], [3])
    let stretched = try gradients(
      { try $0.node("sum", $0.node("multiply", $1[0], $1[1])) }, at: [one, v])
    #expect(stretched == [tensor([1, 1], [6]), vector(3, 3, 3)])
  }

  @Test func stacksAndSlicesByHand() throws {
    let v = vector(1, 2, 3, 4)
    let slice = try gradients(
      {
        let part = try $0.node("index", $1[0], attribute: .items([Self.everySecond]))
        return try $0.node("sum", $0.node("multiply", part, part))
      }, at: [v])
    #expect(slice == [vector(2, 0, 6, 0)])
    let stack = try gradients(
      {
        let stack = try $0.node("stack", $1[0], $1[1], $1[0])
        return try $0.node("matmul", stack, $0.constant(vector(1, 10, 100)))
      }, at: [Tensor(scalar: 5), Tensor(scalar: 6)])
    #expect(stack == [Tensor(scalar: 101), Tensor(scalar: 10)])
  }

  @Test func nothingToSumHasNoSlope() throws {
    let empty = tensor([0], [])
    for name in ["sum", "mean"] {
      #expect(try gradients({ try $0.node(name, $1[0]) }, at: [empty]) == [empty])
    }
    let none = IndexItem.slice(start: 3, stop: nil, step: 1)
    let rest = try gradients(
      { try $0.node("sum", $0.node("index", $1[0], attribute: .items([none]))) },
      at: [vector(1, 2, 3)])
    #expect(rest == [vector(0, 0, 0)])
    let stretched = try gradients(
      { try $0.node("sum", $0.node("multiply", $1[0], $1[1])) }, at: [vector(2), empty])
    #expect(stretched == [vector(0), empty])
  }

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
}
