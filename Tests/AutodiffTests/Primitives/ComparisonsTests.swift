@testable import Autodiff
import Tensors
import Testing

@Suite struct ComparisonsTests {
  static let answers: [(String, [Double])] = [
    // Of (1, 2), (2, 2), (3, 2) and (nan, 2).
    ("less", [1, 0, 0, 0]), ("less_equal", [1, 1, 0, 0]), ("greater", [0, 0, 1, 0]),
    ("greater_equal", [0, 1, 1, 0]), ("equal", [0, 1, 0, 0]), ("not_equal", [1, 0, 1, 1]),
  ]

  @Test(arguments: answers)
  func comparisons(name: String, answers: [Double]) throws {
    for (x, answer) in zip([1, 2, 3, .nan], answers) {
      try expect(name, at: [x, 2], value: answer, slopes: [0, 0])
    }
  }

  @Test func logic() throws {
    for (x, y) in [(0.0, 0.0), (0, 2), (-1, 0), (3, 4)] {
      try expect("and", at: [x, y], value: x != 0 && y != 0 ? 1 : 0, slopes: [0, 0])
      try expect("or", at: [x, y], value: x != 0 || y != 0 ? 1 : 0, slopes: [0, 0])
      try expect("not", at: [x], value: x == 0 ? 1 : 0, slopes: [0])
    }
  }

  @Test func choices() throws {
    try expect("where", at: [1, 10, 20], value: 10, slopes: [0, 1, 0])
    try expect("where", at: [0, 10, 20], value: 20, slopes: [0, 0, 1])
    try expect("if", at: [1, 10], value: 10, slopes: [0, 1])
    try expect("if", at: [0, 10], value: 10, slopes: [0, 1])
  }

  /// A choice between f(x) and 0 whose side f is not taken at these points.
  struct Untaken: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var points: [Double]
    var build: @Sendable (inout Graph, NodeID) throws -> NodeID
  }

  static let untaken = [
    Untaken(testDescription: "where(x > 0, sqrt(x), 0)", points: [0, -1]) { graph, x in
      try graph.node(
        "where", graph.node("greater", x, graph.constant(0)), graph.node("sqrt", x),
        graph.constant(0))
    },
    Untaken(testDescription: "where(x <= 0, 0, log(x))", points: [0, -1]) { graph, x in
      try graph.node(
        "where", graph.node("less_equal", x, graph.constant(0)), graph.constant(0),
        graph.node("log", x))
    },
    Untaken(testDescription: "where(x < 100, exp(x), 0)", points: [1000]) { graph, x in
      try graph.node(
        "where", graph.node("less", x, graph.constant(100)), graph.node("exp", x),
        graph.constant(0))
    },
    Untaken(testDescription: "where(x > 0, exp(sqrt(x)/x), 0)", points: [0, -1]) { graph, x in
      let side = try graph.node("exp", graph.node("divide", graph.node("sqrt", x), x))
      return try graph.node(
        "where", graph.node("greater", x, graph.constant(0)), side, graph.constant(0))
    },
    Untaken(
      testDescription: "where(x > 0, where(x < 1, sqrt(x), log(x)), 0)", points: [0, -1]
    ) { graph, x in
      let inner = try graph.node(
        "where", graph.node("less", x, graph.constant(1)), graph.node("sqrt", x),
        graph.node("log", x))
      return try graph.node(
        "where", graph.node("greater", x, graph.constant(0)), inner, graph.constant(0))
    },
    Untaken(testDescription: "relu(-x) of sqrt, then relu", points: [1, 4]) { graph, x in
      try graph.node("relu", graph.node("negate", graph.node("sqrt", x)))
    },
    Untaken(testDescription: "max(log(x), 0) where log is -inf", points: [0]) { graph, x in
      try graph.node("max", graph.node("log", x), graph.constant(0))
    },
  ]

  @Test(arguments: untaken)
  func theSideNotTakenAddsNothing(_ choice: Untaken) throws {
    for point in choice.points {
      let build: Construction = { try choice.build(&$0, $1[0]) }
      let slopes = try slopes(at: [point], of: build)
      #expect(slopes.value == 0)
      #expect(slopes.numeric == [0])
      #expect(slopes.built == [0])
      #expect(try curvatures(at: [point], of: build) == [[0]])
    }
  }

  @Test(arguments: untaken)
  func norInArraysElementwise(_ choice: Untaken) throws {
    var graph = Graph()
    let x = graph.input(tensor([choice.points.count], choice.points))
    let output = try graph.node("sum", choice.build(&graph, x))
    let slope = try graph.derivative(of: output, by: x)
    let zeros = Tensor(repeating: 0, shape: Shape([choice.points.count]))
    #expect(graph.tensor(of: slope) == zeros)
    let curvature = try graph.derivative(of: graph.node("sum", slope), by: x)
    #expect(graph.tensor(of: curvature) == zeros)
  }

  @Test func theSideTakenIsUntouched() throws {
    var graph = Graph()
    let x = graph.input(vector(4, 0, -1, 1))
    let condition = try graph.node("greater", x, graph.constant(0))
    let output = try graph.node(
      "sum", graph.node("where", condition, graph.node("sqrt", x), graph.constant(0)))
    let slope = try graph.derivative(of: output, by: x)
    #expect(graph.tensor(of: slope) == vector(0.25, 0, 0, 0.5))
    // (√x)″ = -x^(-3/2)/4
    let curvature = try graph.derivative(of: graph.node("sum", slope), by: x)
    #expect(graph.tensor(of: curvature) == vector(-0.03125, 0, 0, -0.25))
  }

  /// Untaken sides stay untaken where the way leads through operations on whole arrays.
  static let structures: [(String, Construction)] = [
    (
      "index",
      { try $0.node("index", $1[0], attribute: .items([.slice(start: 1, stop: 3, step: 1)])) }
    ),
    ("transpose", { try $0.node("transpose", $1[0]) }),
    ("stack", { try $0.node("stack", $1[0], $1[0]) }),
    ("sum", { try $0.node("sum", $1[0]) }),
    ("mean", { try $0.node("mean", $1[0]) }),
    ("matmul", { try $0.node("matmul", $1[0], $0.constant(vector(1, 2, 3))) }),
  ]

  @Test(arguments: structures.map(\.0))
  func norBehindOperationsOnArrays(name: String) throws {
    let structure = try #require(Self.structures.first { $0.0 == name }).1
    var graph = Graph()
    let x = graph.input(vector(0, 0, 0))
    let side = try structure(&graph, [graph.node("sqrt", x)])
    let condition = try graph.node("greater", side, graph.constant(0))
    let output = try graph.node(
      "sum", graph.node("where", condition, side, graph.constant(0)))
    let slope = try graph.derivative(of: output, by: x)
    #expect(graph.tensor(of: slope) == vector(0, 0, 0))
    let curvature = try graph.derivative(of: graph.node("sum", slope), by: x)
    #expect(graph.tensor(of: curvature) == vector(0, 0, 0))
  }

  /// Here the factor 0 is a slope and not a choice: 0·inf has no value, and none is made up.
  @Test func aSlopeOfZeroIsNoChoice() throws {
    let square: Construction = { graph, inputs in
      try graph.node("power", graph.node("sqrt", inputs[0]), graph.constant(2))
    }
    let slopes = try slopes(at: [0], of: square)
    #expect(slopes.numeric[0].isNaN)
    #expect(slopes.built[0].isNaN)
  }

  /// Reached by a taken and by an untaken way, a node has the slope of the first.
  @Test func takenAndUntakenWaysMeet() throws {
    let slopes = try slopes(at: [4]) { graph, inputs in
      let root = try graph.node("sqrt", inputs[0])
      let choice = try graph.node(
        "where", graph.node("less", root, graph.constant(0)), root, graph.constant(0))
      return try graph.node("add", choice, root)
    }
    #expect(slopes.numeric == [0.25])
    #expect(slopes.built == [0.25])
  }
}
