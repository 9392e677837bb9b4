@testable import Autodiff
import Tensors
import Testing

@Suite struct MarksTests {
  static let corners: [(String, [Double], [Mark])] = [
    ("abs", [0], [.kink(-1...1)]), ("abs", [-0.0], [.kink(-1...1)]), ("abs", [1e-300], []),
    ("relu", [0], [.kink(0...1)]), ("relu", [1], []),
    ("max", [2, 2], [.kink(0...1)]), ("max", [2, 3], []), ("min", [2, 2], [.kink(0...1)]),
    ("clamp", [0, 0, 1], [.kink(0...1)]), ("clamp", [1, 0, 1], [.kink(0...1)]),
    ("clamp", [0.5, 0, 1], []),
    ("sign", [0], [.jump]), ("sign", [1], []),
    ("floor", [2], [.jump]), ("floor", [2.5], []), ("floor", [0], [.jump]),
    ("ceil", [-2], [.jump]), ("ceil", [2.5], []),
    ("round", [2.5], [.jump]), ("round", [-0.5], [.jump]), ("round", [2], []),
    ("trunc", [2], [.jump]), ("trunc", [0], []), ("trunc", [2.5], []),
    ("less", [2, 2], [.jump]), ("less_equal", [2, 2], [.jump]), ("greater", [2, 2], [.jump]),
    ("greater_equal", [2, 2], [.jump]), ("equal", [2, 2], [.jump]),
    ("not_equal", [2, 2], [.jump]), ("less", [2, 3], []),
    ("hypot", [0, 0], [.kink(-1...1)]), ("hypot", [3, 0], []),
    ("sqrt", [0], [.verticalTangent]), ("sqrt", [-0.0], [.verticalTangent]), ("sqrt", [1], []),
    ("sqrt", [-1], []), ("cbrt", [0], [.verticalTangent]), ("acosh", [1], [.verticalTangent]),
    ("asin", [1], [.verticalTangent]), ("asin", [-1], [.verticalTangent]), ("asin", [0], []),
    ("acos", [1], [.verticalTangent]), ("acos", [-1], [.verticalTangent]), ("acos", [0.5], []),
    ("mod", [6, 3], [.jump]), ("mod", [7, 3], []), ("mod", [-6, 3], [.jump]),
    ("power", [0, 2], []), ("multiply", [0, 0], []), ("sin", [0], []),
    ("floor", [.infinity], []), ("abs", [.nan], []),
  ]

  @Test(arguments: corners)
  func marks(name: String, at: [Double], marks: [Mark]) throws {
    var graph = Graph()
    let inputs = at.map { graph.input($0) }
    let node = try graph.apply(Primitive.row(name), inputs)
    #expect(graph.marks(of: node) == marks)
  }

  /// The domains keep clear of corners, so that differences may be taken there.
  @Test(arguments: Primitive.elementwise)
  func domainsHaveNoCorners(row: Primitive) throws {
    for point in row.points(7) {
      var graph = Graph()
      let inputs = point.map { graph.input($0) }
      let node = try graph.apply(row.id, inputs)
      #expect(graph.marks(of: node).isEmpty, "\(row.name) at \(point)")
    }
  }

  @Test(arguments: ["max", "min", "less", "equal"])
  func thereIsNoCornerBetweenANodeAndItself(name: String) throws {
    var graph = Graph()
    let x = graph.input(3)
    let node = try graph.node(name, x, x)
    #expect(graph.marks(of: node).isEmpty)
  }

  /// √(x² + x²) = √2·|x| keeps its corner, though both arguments are one node.
  @Test func theOriginStaysACorner() throws {
    var graph = Graph()
    let x = graph.input(0)
    let node = try graph.node("hypot", x, x)
    #expect(graph.marks(of: node) == [.kink(-1...1)])
  }

  @Test func againstAConstantATieIsAKink() throws {
    var graph = Graph()
    let (x, three) = (graph.input(3), graph.constant(3))
    for node in [try graph.node("max", x, three), try graph.node("max", three, x)] {
      #expect(graph.marks(of: node) == [.kink(0...1)])
    }
  }

  @Test func constantsHaveNoCorners() throws {
    var graph = Graph()
    let (zero, other, x) = (graph.constant(0), graph.constant(0), graph.input(0))
    let nodes = [zero, x, try graph.node("abs", zero), try graph.node("less", zero, other)]
    #expect(nodes.allSatisfy { graph.marks(of: $0).isEmpty })
  }

  static let turns: [(Double, [Double], [Mark])] = [
    // where(x > 1, a·x + b, c·x + d) at x by [a, b, c, d]
    (1, [1, -1, 0, 0], [.kink(0...1)]), (1, [0, 0, 1, -1], [.kink(0...1)]),
    (1, [2, 0, -3, 5], [.kink(-3...2)]), (1, [1, 5, 1, 4], [.jump]), (2, [1, 5, 1, 4], []),
  ]

  @Test(arguments: turns)
  func choicesAreMarkedWhereTheirConditionTurns(
    x: Double, sides: [Double], marks: [Mark]
  ) throws {
    var graph = Graph()
    let input = graph.input(x)
    let condition = try graph.node("greater", input, graph.constant(1))
    func line(_ slope: Double, _ start: Double) throws -> NodeID {
      let product = try graph.node("multiply", graph.constant(slope), input)
      return try graph.node("add", product, graph.constant(start))
    }
    let (first, second) = (try line(sides[0], sides[1]), try line(sides[2], sides[3]))
    let node = try graph.node("where", condition, first, second)
    #expect(graph.marks(of: node) == marks)
  }

  /// The other side of an `if` was never computed, so nothing is known of its slope.
  @Test func anIfIsMarkedWhereItsConditionTurns() throws {
    for (x, marks) in [(1.0, [Mark.kinkOfUnknownSlope]), (2, [])] {
      var graph = Graph()
      let input = graph.input(x)
      let condition = try graph.node("greater", input, graph.constant(1))
      let node = try graph.node("if", condition, input)
      #expect(graph.marks(of: node) == marks)
    }
  }

  /// `where(x > 0 and x < 5, …)` turns at 0 and 5; `where(x > -1 or x > 0, …)` does not turn at 0.
  @Test func conditionsAreLookedThrough() throws {
    for (x, lower, word, upper, marks) in [
      (0.0, 0.0, "and", 5.0, [Mark.kink(0...1)]), (5, 0, "and", 5, [.kink(0...1)]),
      (2, 0, "and", 5, []), (0, -1, "or", 5, []),
    ] {
      var graph = Graph()
      let input = graph.input(x)
      let above = try graph.node("greater", input, graph.constant(lower))
      let below = try graph.node("less", input, graph.constant(upper))
      let condition = try graph.node(word, above, below)
      let shifted = try graph.node("subtract", input, graph.constant(x))
      let node = try graph.node("where", condition, shifted, graph.constant(0))
      #expect(graph.marks(of: node) == marks)
    }
  }

  @Test func entriesOfAnArrayAreMarked() throws {
    var graph = Graph()
    let u = graph.input(Tensor(shape: Shape([2, 2]), elements: [1, 0, -1, 0]))
    let node = try graph.node("abs", u)
    #expect(graph.marks(of: node) == [.entries(.kink(-1...1), count: 2, first: [0, 1])])
    let positive = try graph.node("greater", u, graph.constant(0))
    let choice = try graph.node("where", positive, u, graph.constant(0))
    #expect(graph.marks(of: choice) == [.entries(.kinkOfUnknownSlope, count: 2, first: [0, 1])])
    let jump = try graph.node("where", positive, u, graph.constant(3))
    #expect(graph.marks(of: jump) == [.entries(.jump, count: 2, first: [0, 1])])
  }

  @Test func aConditionWithoutInputsNeverTurns() throws {
    var graph = Graph()
    let (one, x) = (graph.constant(1), graph.input(2))
    let condition = try graph.node("greater", one, graph.constant(1))
    let choice = try graph.node("where", condition, x, one)
    #expect(graph.marks(of: choice).isEmpty)
  }
}
