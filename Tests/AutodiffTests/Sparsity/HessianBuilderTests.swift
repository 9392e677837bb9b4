@testable import Autodiff
import Tensors
import Testing

@Suite struct HessianBuilderTests {
  /// Σ 100(xᵢ₊₁ - xᵢ²)² + (1 - xᵢ)², entry by entry, as a loop writes it.
  static func rosenbrockByEntries(_ count: Int) -> Construction {
    { graph, inputs in
      let (one, two, hundred) = (graph.constant(1), graph.constant(2), graph.constant(100))
      var sum = graph.constant(0)
      for place in 0..<count - 1 {
        let x = try graph.node("index", inputs[0], attribute: .items([.at(place)]))
        let next = try graph.node("index", inputs[0], attribute: .items([.at(place + 1)]))
        let bend = try graph.node("subtract", next, graph.node("power", x, two))
        let valley = try graph.node("multiply", hundred, graph.node("power", bend, two))
        let slope = try graph.node("power", graph.node("subtract", one, x), two)
        sum = try graph.node("add", graph.node("add", sum, valley), slope)
      }
      return sum
    }
  }

  /// The same in four operations on slices.
  static let rosenbrockBySlices: Construction = { graph, inputs in
    let (two, hundred) = (graph.constant(2), graph.constant(100))
    let x = try graph.node(
      "index", inputs[0], attribute: .items([.slice(start: nil, stop: -1, step: 1)]))
    let next = try graph.node(
      "index", inputs[0], attribute: .items([.slice(start: 1, stop: nil, step: 1)]))
    let bend = try graph.node("subtract", next, graph.node("power", x, two))
    let valley = try graph.node("multiply", hundred, graph.node("power", bend, two))
    let slope = try graph.node("power", graph.node("subtract", graph.constant(1), x), two)
    return try graph.node("sum", graph.node("add", valley, slope))
  }

  /// -1.2, 1, -1.2, 1, …: Moré, Garbow and Hillstrom's standard start.
  static func start(_ count: Int) -> Tensor {
    tensor([count], (0..<count).map { $0.isMultiple(of: 2) ? -1.2 : 1 })
  }

  /// scipy.optimize.rosen_hess at the start, rounded to what its formulas hold exactly.
  @Test func tenNumbersOfRosenbrock() throws {
    var expected = [[Double]](repeating: [Double](repeating: 0, count: 10), count: 10)
    for place in 0..<9 {
      let (inner, coupling) = place.isMultiple(of: 2) ? (1330.0, 480.0) : (1882.0, -400.0)
      expected[place][place] = place == 0 ? 1330 : place.isMultiple(of: 2) ? 1530 : inner
      expected[place][place + 1] = coupling
      expected[place + 1][place] = coupling
    }
    expected[9][9] = 200
    for function in [Self.rosenbrockByEntries(10), Self.rosenbrockBySlices] {
      let found = try hessian(of: function, at: [Self.start(10)])
      for (row, line) in expected.enumerated() {
        for (column, value) in line.enumerated() {
          #expect(isNear(found.dense[row][column], value, tolerance: 1e-14), "\(row), \(column)")
        }
      }
      #expect(found.colourCount <= 3)
    }
  }

  /// The number of passes, and of nodes for each variable, is that of a small one.
  @Test func moreNumbersTakeAsManyPasses() throws {
    var counts: [Int] = []
    for size in [20, 200] {
      var graph = Graph()
      let x = graph.input(Self.start(size))
      let output = try Self.rosenbrockByEntries(size)(&graph, [x])
      var builder = HessianBuilder()
      let found = try #require(
        try builder.hessian(of: output, withRespectTo: [x], in: &graph))
      #expect(found.colourCount <= 3)
      let triples = try found.triples(in: &graph)
      #expect(graph.shape(of: triples) == Shape([3 * size - 2, 3]))
      counts.append(graph.count)
    }
    #expect(counts[1] < 11 * counts[0])
  }

  /// A hub that meets everybody and an own term each: two colours, whatever their number.
  @Test func aHubAndItsRaysTakeTwoPasses() throws {
    let function: Construction = { graph, x in
      let hub = try graph.node("index", x[0], attribute: .items([.at(0)]))
      let cubes = try graph.node("power", x[0], graph.constant(3))
      return try graph.node("sum", graph.node("multiply", hub, cubes))
    }
    var numbers = Numbers(seed: "hub")
    let point = [numbers.tensor([30])]
    let found = try hessian(of: function, at: point)
    #expect(found.colourCount == 2)
    try expectGradientsOfTheGradient(found.dense, of: function, at: point)
  }

  /// Against the rows that reverse mode gives one by one, over functions of every kind of pattern.
  @Test func whatWasCompressedIsReadBack() throws {
    let tridiagonal = tensor(
      [4, 4], [2, -1, 0, 0, -1, 2, -1, 0, 0, -1, 2, -1, 0, 0, -1, 2])
    let functions: [Construction] = [
      { try $0.node("sum", $0.node("exp", $1[0])) },
      { try $0.node("exp", $0.node("sum", $1[0])) },
      { try $0.node("matmul", $1[0], $0.node("matmul", $0.constant(tridiagonal), $1[0])) },
      { try $0.node("power", $0.node("mean", $1[0]), $0.constant(3)) },
      { graph, x in
        let first = try graph.node("index", x[0], attribute: .items([.at(0)]))
        let last = try graph.node("index", x[0], attribute: .items([.at(-1)]))
        return try graph.node("multiply", graph.node("sin", first), graph.node("exp", last))
      },
      { graph, x in
        let square = try graph.node(
          "_reshape", x[0], attribute: .shape(Shape([2, 2])))
        let product = try graph.node("matmul", square, graph.node("transpose", square))
        return try graph.node("sum", graph.node("sin", product))
      },
      { graph, x in
        let isLarge = try graph.node("greater", x[0], graph.constant(0.9))
        let root = try graph.node("sqrt", graph.node("subtract", x[0], graph.constant(0.9)))
        let cube = try graph.node("power", x[0], graph.constant(3))
        return try graph.node("sum", graph.node("where", isLarge, root, cube))
      },
      { graph, x in
        let backwards = try graph.node(
          "index", x[0], attribute: .items([.slice(start: nil, stop: nil, step: -1)]))
        return try graph.node("sum", graph.node("atan2", x[0], backwards))
      },
      { graph, x in
        let other = try graph.node("_set", x[0], graph.constant(2), attribute: .items([.at(1)]))
        return try graph.node("sum", graph.node("hypot", x[0], other))
      },
      { try $0.node("sum", $0.node("multiply", $1[0], $0.constant(3))) },
    ]
    for (place, function) in functions.enumerated() {
      var numbers = Numbers(seed: "pattern \(place)")
      let point = [numbers.tensor([4])]
      let found = try hessian(of: function, at: point)
      try expectGradientsOfTheGradient(found.dense, of: function, at: point)
    }
  }

  @Test func blocksOfSeveralTargets() throws {
    let function: Construction = { graph, x in
      let products = try graph.node("multiply", x[1], graph.node("power", x[2], graph.constant(2)))
      return try graph.node(
        "multiply", graph.node("exp", x[0]), graph.node("sum", products))
    }
    var numbers = Numbers(seed: "blocks")
    let points = [numbers.tensor([]), numbers.tensor([3]), numbers.tensor([2, 1])]
    let found = try hessian(of: function, at: points)
    try expectGradientsOfTheGradient(found.dense, of: function, at: points)
    var graph = Graph()
    let inputs = points.map { graph.input($0) }
    let output = try function(&graph, inputs)
    var builder = HessianBuilder()
    let compressed = try #require(
      try builder.hessian(of: output, withRespectTo: inputs, in: &graph))
    let blocks = try compressed.blocks(in: &graph)
    for (row, line) in blocks.enumerated() {
      for (column, block) in line.enumerated() {
        let shape = points[row].shape.dimensions + points[column].shape.dimensions
        #expect(graph.shape(of: block).dimensions == shape)
      }
    }
    #expect(graph.tensor(of: blocks[1][2]).elements[1] == found.dense[1][5])
  }

  @Test func aHessianIsDifferentiatedAgain() throws {
    // x³y: ∂³/∂x²∂y is 6x, so the sum of the Hessian's entries changes with y by 6x.
    var graph = Graph()
    let (x, y) = (graph.input(2), graph.input(3))
    let output = try graph.node("multiply", graph.node("power", x, graph.constant(3)), y)
    var builder = HessianBuilder()
    let found = try #require(
      try builder.hessian(of: output, withRespectTo: [x, y], in: &graph))
    let matrix = try found.matrix(Shape([2, 2]), in: &graph)
    #expect(graph.tensor(of: matrix) == tensor([2, 2], [36, 12, 12, 0]))
    let sum = try graph.node("sum", matrix)
    let slope = try graph.derivative(of: sum, by: y)
    #expect(graph.scalar(of: slope) == 12)
    let other = try graph.derivative(of: sum, by: x)
    #expect(graph.scalar(of: other) == 6 * 3 + 12 * 2)
  }

  @Test func nothingLeadsThere() throws {
    var graph = Graph()
    let (x, y) = (graph.input(2), graph.input(3))
    let output = try graph.node("exp", x)
    var builder = HessianBuilder()
    let found = try builder.hessian(of: output, withRespectTo: [y], in: &graph)
    #expect(found == nil)
  }
}

/// The Hessian over all entries of all targets, symmetric to the last bit.
private func hessian(of function: Construction, at points: [Tensor]) throws -> (
  dense: [[Double]], colourCount: Int
) {
  var graph = Graph()
  let inputs = points.map { graph.input($0) }
  let output = try function(&graph, inputs)
  var builder = HessianBuilder()
  let found = try #require(try builder.hessian(of: output, withRespectTo: inputs, in: &graph))
  let count = points.reduce(0) { $0 + $1.count }
  let matrix = try found.matrix(Shape([count, count]), in: &graph)
  let elements = graph.tensor(of: matrix).elements
  let dense = (0..<count).map { Array(elements[$0 * count..<($0 + 1) * count]) }
  for row in 0..<count {
    for column in 0..<row { #expect(dense[row][column] == dense[column][row]) }
  }
  return (dense, found.colourCount)
}

/// Row by row: the gradient of each entry of the gradient, in reverse mode.
private func expectGradientsOfTheGradient(
  _ dense: [[Double]], of function: Construction, at points: [Tensor],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  var row = 0
  for which in points.indices {
    for place in points[which].elements.indices {
      let entry: Construction = { graph, inputs in
        let output = try function(&graph, inputs)
        var builder = GradientBuilder()
        let found = try builder.gradient(of: output, withRespectTo: inputs, in: &graph)
        guard let slope = found[which] else { return graph.constant(0) }
        let flat = try graph.node(
          "_reshape", slope, attribute: .shape(Shape([graph.shape(of: slope).count])))
        return try graph.node("index", flat, attribute: .items([.at(place)]))
      }
      let expected = try gradients(entry, at: points).flatMap(\.elements)
      for (column, value) in expected.enumerated() {
        #expect(
          isNear(dense[row][column], value, tolerance: 1e-12), "entry \(row), \(column)",
          sourceLocation: sourceLocation)
      }
      row += 1
    }
  }
}
