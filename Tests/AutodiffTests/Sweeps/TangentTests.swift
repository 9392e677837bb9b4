@testable import Autodiff
import Tensors
import Testing

/// Forward mode, against reverse mode and against differences, for every row of the table.
@Suite struct TangentTests {
  /// The same function four ways: forward and reverse, in numbers and in nodes.
  @Test(arguments: Primitive.elementwise)
  func everyRowIsTheSameForwardsAndBackwards(row: Primitive) throws {
    for point in row.points(7) {
      let apply: Construction = { graph, inputs in try graph.apply(row.id, inputs) }
      let reverse = try slopes(at: point, of: apply)
      let forward = try tangents(at: point, of: apply)
      #expect(forward.numeric == reverse.numeric, "\(row.name) at \(point)")
      #expect(forward.built == reverse.built, "\(row.name) at \(point)")
      for index in point.indices where row.name != "stop" {
        let limit = try difference(step: row.step(ofParameter: index)) { h in
          var arguments = point
          arguments[index] += h
          return try slopes(at: arguments, of: apply).value
        }
        #expect(
          isNear(forward.numeric[index], limit), "\(row.name) at \(point), parameter \(index)")
      }
    }
  }

  /// Forward over reverse, reverse over forward, forward over forward, and differences.
  @Test(arguments: Primitive.elementwise)
  func everyRowIsTheSameToSecondOrder(row: Primitive) throws {
    let apply: Construction = { graph, inputs in try graph.apply(row.id, inputs) }
    for point in row.points(4) {
      let reverse = try curvatures(at: point, of: apply)
      for first in point.indices {
        var graph = Graph()
        let inputs = point.map { graph.input($0) }
        let output = try apply(&graph, inputs)
        let one = graph.constant(1)
        var (forwards, backwards) = (TangentBuilder(), GradientBuilder())
        let slope = try backwards.gradient(of: output, withRespectTo: inputs, in: &graph)[first]
        let tangent = try forwards.tangent(
          of: output, along: [.init(inputs[first], one)], in: &graph)
        for second in point.indices {
          let expected = reverse[first][second]
          var found: [NodeID?] = []
          if let slope {
            found.append(
              try forwards.tangent(of: slope, along: [.init(inputs[second], one)], in: &graph))
          }
          if let tangent {
            found.append(
              try backwards.gradient(of: tangent, withRespectTo: inputs, in: &graph)[second])
            found.append(
              try forwards.tangent(of: tangent, along: [.init(inputs[second], one)], in: &graph))
          }
          for id in found {
            let curvature = id.map { graph.scalar(of: $0) } ?? 0
            #expect(
              isNear(curvature, expected, tolerance: 1e-12),
              "\(row.name) at \(point), parameters \(first) and \(second)")
          }
          let limit = try difference(step: row.step(ofParameter: second)) { h in
            var arguments = point
            arguments[second] += h
            return try tangents(at: arguments, of: apply).numeric[first]
          }
          #expect(
            isNear(expected, limit, tolerance: 1e-7),
            "\(row.name) at \(point), parameters \(first) and \(second)")
        }
      }
    }
  }

  /// w·(J v) = v·(Jᵀ w), and J v is the limit of a difference; so is the derivative of that.
  @Test(arguments: ArraysTests.cases)
  func everyOperationIsTheSameForwardsAndBackwards(item: ArraysTests.Case) throws {
    var numbers = Numbers(seed: item.testDescription)
    let points = item.shapes.map { numbers.tensor($0) }
    let directions = item.shapes.map { numbers.tensor($0) }
    let function: Construction = { graph, inputs in
      // The cube makes the second order something else than 0.
      let cubes = try inputs.map { try graph.node("power", $0, graph.constant(3)) }
      let result = try graph.apply(Primitive.row(item.name), cubes, item.attribute)
      let count = graph.shape(of: result).count
      let ramp = (0..<count).map { 0.5 + Double($0) / 4 }
      let weight = graph.constant(Tensor(shape: graph.shape(of: result), elements: ramp))
      return try graph.node("sum", graph.node("multiply", result, weight))
    }
    // The mean of nothing is nan, and nothing changes it.
    guard try value(of: function, at: points).isFinite else { return }
    // Once with the short cut of the row and once by transposing its pullback.
    for transposes in [false, true] {
      let along: Construction = { graph, inputs in
        var builder = TangentBuilder()
        builder.transposesEverything = transposes
        let output = try function(&graph, inputs)
        let seeds = zip(inputs, directions).map { TangentBuilder.Seed($0, graph.constant($1)) }
        return try builder.tangent(of: output, along: seeds, in: &graph) ?? graph.constant(0)
      }
      let slope = dot(try gradients(function, at: points), directions)
      #expect(isNear(try value(of: along, at: points), slope, tolerance: 1e-13))
      #expect(isNear(slope, try limit(of: function, at: points, directions)))
      let curvature = dot(try gradients(along, at: points), directions)
      #expect(isNear(curvature, try limit(of: along, at: points, directions)))
    }
  }

  /// What an untaken side would give is not looked at, and at corners the choice is the same.
  @Test func cornersAreTheSameForwardsAndBackwards() throws {
    let cases: [(String, [Double], Construction)] = [
      (
        "where, nan on the other side", [-1],
        { graph, x in
          let root = try graph.node("sqrt", x[0])
          return try graph.node("where", graph.node("greater", x[0], graph.constant(0)), root, x[0])
        }
      ),
      (
        "where, inf before the choice", [0],
        { graph, x in
          let isRight = try graph.node("greater", x[0], graph.constant(0))
          let root = try graph.node("where", isRight, graph.node("sqrt", x[0]), graph.constant(0))
          return try graph.node("add", root, x[0])
        }
      ),
      (
        "inf behind a shut choice", [0],
        { graph, x in
          let isRight = try graph.node("greater", x[0], graph.constant(0))
          let part = try graph.node("where", isRight, x[0], graph.constant(0))
          return try graph.node("sqrt", part)
        }
      ),
      ("relu at 0", [0], { try $0.node("relu", $1[0]) }),
      ("relu of inf", [.infinity], { try $0.node("relu", $1[0]) }),
      ("abs at 0", [0], { try $0.node("abs", $1[0]) }),
      ("a tie", [2, 2], { try $0.node("max", $1[0], $1[1]) }),
      ("a tie with a constant", [2], { try $0.node("min", $1[0], $0.constant(2)) }),
      ("a tie with itself", [2], { try $0.node("max", $1[0], $1[0]) }),
      (
        "a clamp at its bound", [1],
        {
          try $0.node("clamp", $1[0], $0.constant(0), $0.constant(1))
        }
      ),
      ("hypot at the origin", [0, 0], { try $0.node("hypot", $1[0], $1[1]) }),
      ("sqrt at 0", [0], { try $0.node("sqrt", $1[0]) }),
      ("log left of 0", [-1], { try $0.node("log", $1[0]) }),
      ("a power of 0", [0], { try $0.node("power", $1[0], $0.constant(0)) }),
      ("a power of a negative base", [-2, 3], { try $0.node("power", $1[0], $1[1]) }),
      ("stop", [2], { try $0.node("multiply", $1[0], $0.node("stop", $1[0])) }),
      ("the remainder at a jump", [6], { try $0.node("mod", $1[0], $0.constant(3)) }),
    ]
    for (name, point, function) in cases {
      let reverse = try slopes(at: point, of: function)
      let forward = try tangents(at: point, of: function)
      #expect(areRight(forward.numeric, reverse.numeric, ulps: 0), "\(name)")
      #expect(areRight(forward.built, reverse.built, ulps: 0), "\(name)")
    }
  }

  /// The square root is vertical at 0; where nobody goes that way it spoils nothing.
  @Test func whereNothingMovesNothingIsMultiplied() throws {
    var graph = Graph()
    let x = graph.input(vector(0, 4))
    let roots = try graph.node("sqrt", x)
    var builder = TangentBuilder()
    let seed = graph.constant(vector(0, 1))
    let tangent = try #require(
      try builder.tangent(of: roots, along: [.init(x, seed)], in: &graph))
    #expect(graph.tensor(of: tangent) == vector(0, 0.25))
    let zero = graph.constant(vector(0, 0))
    let none = try builder.tangent(of: roots, along: [.init(x, zero)], in: &graph)
    #expect(none == nil)
    let (a, b) = (graph.input(0), graph.input(4))
    let sum = try graph.node("add", graph.node("sqrt", a), graph.node("sqrt", b))
    var sweep = TangentSweep()
    try sweep.scalars(to: sum, along: [.init(a, 0), .init(b, 1)], in: graph)
    #expect(sweep.tangent(sum) == 0.25)
  }

  /// A mask follows its entries through every kind of operation on arrays: sqrt(0) would give nan.
  @Test func shutGatesStayShutBehindOperationsOnArrays() throws {
    let operations: [Construction] = [
      { try $0.node("transpose", $1[0]) },
      { try $0.node("index", $1[0], attribute: .items([.at(0)])) },
      { try $0.node("stack", $1[0], $0.constant(tensor([2, 2], [0, 1, 1, 1]))) },
      { try $0.node("sum", $1[0], attribute: .axes([1], keepingDimensions: false)) },
      { try $0.node("matmul", $1[0], $0.constant(vector(1, 1))) },
      { try $0.node("_broadcast", $1[0], attribute: .shape(Shape([3, 2, 2]))) },
    ]
    let point = tensor([2, 2], [-1, 0, 4, 9])
    let direction = tensor([2, 2], [1, 2, 3, 4])
    for (place, operation) in operations.enumerated() {
      let function: Construction = { graph, x in
        let isRight = try graph.node("greater", x[0], graph.constant(0))
        let part = try graph.node("where", isRight, x[0], graph.constant(0))
        return try graph.node("sum", graph.node("sqrt", operation(&graph, [part])))
      }
      var graph = Graph()
      let x = graph.input(point)
      let output = try function(&graph, [x])
      var builder = TangentBuilder()
      let seed = graph.constant(direction)
      let tangent = try builder.tangent(of: output, along: [.init(x, seed)], in: &graph)
      let slope = dot(try gradients(function, at: [point]), [direction])
      #expect(slope.isFinite, "operation \(place)")
      #expect(
        isNear(tangent.map { graph.scalar(of: $0) } ?? 0, slope, tolerance: 1e-14),
        "operation \(place)")
    }
  }

  @Test func anIntermediateNodeCanBeSeeded() throws {
    var graph = Graph()
    let x = graph.input(3)
    let square = try graph.node("multiply", x, x)
    let output = try graph.node("multiply", square, x)
    var (sweep, builder) = (TangentSweep(), TangentBuilder())
    try sweep.scalars(to: output, along: [.init(square, 1)], in: graph)
    #expect(sweep.tangent(output) == 3 && !sweep.isReached(x))
    // Along both: 27 from x itself, and 2·3 from the seed of the square.
    try sweep.scalars(to: output, along: [.init(square, 2), .init(x, 1)], in: graph)
    #expect(sweep.tangent(output) == 33 && sweep.tangent(square) == 8)
    let (one, two) = (graph.constant(1), graph.constant(2))
    let tangent = try builder.tangent(
      of: output, along: [.init(square, two), .init(x, one)], in: &graph)
    #expect(tangent.map { graph.scalar(of: $0) } == 33)
    try sweep.scalars(to: square, along: [.init(output, 1)], in: graph)
    #expect(sweep.tangent(square) == 0)
    let none = try builder.tangent(of: square, along: [.init(output, one)], in: &graph)
    #expect(none == nil)
  }

  @Test func aHundredThousandNodesAreNoDepth() throws {
    var graph = Graph()
    let x = graph.input(0.5)
    var node = x
    for _ in 0..<100_000 { node = try graph.apply(.identity, graph.node("sin", node)) }
    var (reverse, forward, builder) = (NumericSweep(), TangentSweep(), TangentBuilder())
    try reverse.scalars(from: node, in: graph)
    try forward.scalars(to: node, along: [.init(x, 1)], in: graph)
    #expect(isNear(forward.tangent(node) / reverse.partial(x), 1, tolerance: 1e-10))
    let one = graph.constant(1)
    let tangent = try builder.tangent(of: node, along: [.init(x, one)], in: &graph)
    #expect(tangent.map { graph.scalar(of: $0) } == forward.tangent(node))
  }
}

extension TangentSweep {
  /// Sweeps what is known to hold scalars only.
  fileprivate mutating func scalars(to output: NodeID, along seeds: [Seed], in graph: Graph) throws
  {
    let isSwept = run(to: output, along: seeds, in: graph)
    try #require(isSwept)
  }
}

/// The partial derivatives of a function of numbers by forward mode, one at a time.
private func tangents(at point: [Double], of function: Construction) throws -> Slopes {
  var graph = Graph()
  let inputs = point.map { graph.input($0) }
  let output = try function(&graph, inputs)
  var answer = Slopes(value: graph.scalar(of: output), numeric: [], built: [])
  var (sweep, builder) = (TangentSweep(), TangentBuilder())
  for input in inputs {
    try sweep.scalars(to: output, along: [.init(input, 1)], in: graph)
    answer.numeric.append(sweep.tangent(output))
    let seed = graph.constant(1)
    let tangent = try builder.tangent(of: output, along: [.init(input, seed)], in: &graph)
    answer.built.append(tangent.map { graph.scalar(of: $0) } ?? 0)
  }
  return answer
}

private func value(of function: Construction, at points: [Tensor]) throws -> Double {
  var graph = Graph()
  let inputs = points.map { graph.input($0) }
  let output = try function(&graph, inputs)
  return graph.scalar(of: output)
}

/// How fast a function changes along a line, by differences.
private func limit(
  of function: Construction, at points: [Tensor], _ directions: [Tensor]
) throws -> Double {
  try difference(step: 0.05) { h in
    let moved = try zip(points, directions).map { point, direction in
      var step = direction
      step = Tensor(shape: step.shape, elements: step.elements.map { $0 * h })
      return try Tensor.zip(point, step) { $0 + $1 }
    }
    return try value(of: function, at: moved)
  }
}

private func dot(_ a: [Tensor], _ b: [Tensor]) -> Double {
  zip(a, b).reduce(0) { sum, pair in
    sum + zip(pair.0.elements, pair.1.elements).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
