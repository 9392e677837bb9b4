@testable import Autodiff
import Tensors
import Testing

@Suite struct KinkedTests {
  static let values: [(String, [Double], Double, [Double])] = [
    ("abs", [-3], 3, [-1]), ("abs", [3], 3, [1]), ("abs", [0], 0, [0]), ("abs", [-0.0], 0, [0]),
    ("sign", [-3], -1, [0]), ("sign", [0], 0, [0]), ("sign", [.nan], .nan, [0]),
    ("relu", [-3], 0, [0]), ("relu", [3], 3, [1]), ("relu", [0], 0, [0]),
    ("max", [2, 3], 3, [0, 1]), ("max", [3, 2], 3, [1, 0]), ("max", [2, 2], 2, [0.5, 0.5]),
    ("min", [2, 3], 2, [1, 0]), ("min", [3, 2], 2, [0, 1]), ("min", [2, 2], 2, [0.5, 0.5]),
    ("clamp", [0.5, 0, 1], 0.5, [1, 0, 0]), ("clamp", [-1, 0, 1], 0, [0, 1, 0]),
    ("clamp", [2, 0, 1], 1, [0, 0, 1]), ("clamp", [0.5, 2, 1], 1, [0, 0, 1]),
    ("floor", [-2.5], -3, [0]), ("floor", [2], 2, [0]), ("ceil", [-2.5], -2, [0]),
    ("round", [2.5], 2, [0]), ("round", [3.5], 4, [0]), ("round", [-0.6], -1, [0]),
    ("trunc", [-2.5], -2, [0]), ("trunc", [2.5], 2, [0]),
  ]

  @Test(arguments: values)
  func valuesAndSlopes(name: String, at: [Double], value: Double, slopes: [Double]) throws {
    try expect(name, at: at, value: value, slopes: slopes)
  }

  @Test(arguments: ["max", "min"])
  func aNumberThatIsNoneIsNotHidden(name: String) throws {
    for point: [Double] in [[.nan, 1], [1, .nan], [.nan, -.infinity]] {
      let slopes = try slopes(at: point) { try $0.apply(Primitive.row(name), $1) }
      #expect(slopes.value.isNaN, "\(name) at \(point)")
    }
  }

  @Test(arguments: ["max", "min"])
  func theExtremumOfOneThingIsThatThing(name: String) throws {
    let slopes = try slopes(at: [3]) { try $0.node(name, $1[0], $1[0]) }
    #expect(slopes.numeric == [1])
    #expect(slopes.built == [1])
  }

  /// At a tie the constant side wins, whichever side it stands on.
  @Test(arguments: ["max", "min"])
  func aConstantWinsATie(name: String) throws {
    for isFirst in [true, false] {
      let slopes = try slopes(at: [3]) { graph, inputs in
        let three = graph.constant(3)
        return isFirst
          ? try graph.node(name, three, inputs[0]) : try graph.node(name, inputs[0], three)
      }
      #expect(slopes.numeric == [0])
      #expect(slopes.built == [0])
    }
  }

  @Test(arguments: [0.0, 1])
  func clampingIsFlatAtItsBounds(x: Double) throws {
    let slopes = try slopes(at: [x]) { graph, inputs in
      try graph.node("clamp", inputs[0], graph.constant(0), graph.constant(1))
    }
    #expect(slopes.numeric == [0])
    #expect(slopes.built == [0])
  }

  /// Equal formulas agree at 0 and on both sides of it.
  @Test(arguments: [-1.0, 0, 1])
  func rampsAgree(x: Double) throws {
    let ramps: [Construction] = [
      { try $0.node("relu", $1[0]) },
      { try $0.node("max", $1[0], $0.constant(0)) },
      { try $0.node("max", $0.constant(0), $1[0]) },
      { graph, inputs in
        let condition = try graph.node("greater", inputs[0], graph.constant(0))
        return try graph.node("where", condition, inputs[0], graph.constant(0))
      },
      { graph, inputs in
        let condition = try graph.node("greater", inputs[0], graph.constant(0))
        return try graph.node("if", condition, x > 0 ? inputs[0] : graph.constant(0))
      },
    ]
    for ramp in ramps {
      let slopes = try slopes(at: [x], of: ramp)
      #expect(slopes.value == max(x, 0))
      #expect(slopes.numeric == [x > 0 ? 1 : 0])
      #expect(slopes.built == [x > 0 ? 1 : 0])
    }
  }

  @Test func tiesInArraysAreSharedElementwise() throws {
    var graph = Graph()
    let (a, b) = (graph.input(vector(1, 2, 3)), graph.input(vector(3, 2, 1)))
    let output = try graph.node("sum", graph.node("max", a, b))
    var builder = GradientBuilder()
    let gradient = try builder.gradient(of: output, withRespectTo: [a, b], in: &graph)
    #expect(
      gradient.map { $0.map { graph.tensor(of: $0) } } == [vector(0, 0.5, 1), vector(1, 0.5, 0)])
  }
}
