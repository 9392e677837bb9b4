@testable import Autodiff
import Testing

@Suite struct OperatorsTests {
  static let pairs: [(String, [Double], Double, [Double])] = [
    ("add", [2, 3], 5, [1, 1]),
    ("subtract", [2, 3], -1, [1, -1]),
    ("multiply", [2, 3], 6, [3, 2]),
    ("divide", [1, 3], 0.3333333333333333, [0.3333333333333333, -0.1111111111111111]),
    ("divide", [1e-300, 1e-10], 1e-290, [1e10, -1e-280]),
    ("divide", [1, 0], .infinity, [.infinity, -.infinity]),
    ("power", [2, 10], 1024, [5120, 709.782712893384]),
    ("power", [0.5, -2], 4, [-16, -2.772588722239781]),
    ("power", [2.5, 0.3], 1.3163822043342375, [0.1579658645201085, 1.2061888134355319]),
    ("power", [1e100, 3], 1e300, [3e200, 2.3025850929940457e+302]),
    // A negative base: the value and the slope along it stand, the other has no meaning.
    ("power", [-2, 3], -8, [12, .nan]),
    ("power", [-2, -1], -0.5, [-0.25, .nan]),
    ("power", [-2, 0.5], .nan, [.nan, .nan]),
    // At 0 the limits; 0^0 is 1 on the line y = 0 and 0 to the right of it.
    ("power", [0, 3], 0, [0, 0]),
    ("power", [0, 1], 0, [1, 0]),
    ("power", [0, 0.5], 0, [.infinity, 0]),
    ("power", [0, 0], 1, [0, .nan]),
    ("power", [3, 0], 1, [0, 1.0986122886681098]),
    ("mod", [7.5, 2], 1.5, [1, -3]),
    ("mod", [-7, 3], 2, [1, 3]),
    ("mod", [7, -3], -2, [1, 3]),
    ("mod", [6, 3], 0, [1, -2]),
    ("mod", [1e15, 7], 6, [1, -142_857_142_857_142]),
    // 1/0.1 rounds to 10, but 0.1 is a little more than a tenth and goes into 1 nine times.
    ("mod", [1, 0.1], 0.09999999999999995, [1, -9]),
    ("mod", [-0.3, 0.1], 2.7755575615628914e-17, [1, 3]),
  ]

  @Test(arguments: pairs)
  func valuesAndSlopes(name: String, at: [Double], value: Double, slopes: [Double]) throws {
    try expect(name, at: at, value: value, slopes: slopes)
  }

  /// n·x^(n-1) exactly, with the exponent a constant.
  static let powers: [(Double, Double, Double)] = [
    (0, 0, 0), (0, 1, 1), (0, 2, 0), (0, 3, 0), (0, 0.5, .infinity), (0, 1.5, 0),
    (0, -1, -.infinity), (-2, 3, 12), (-2, 2, -4), (-2, 1, 1), (-2, 0, 0), (-2, -2, 0.25),
    (5, 0, 0), (-1.5, 0.5, .nan),
  ]

  @Test(arguments: powers)
  func constantPowers(x: Double, exponent: Double, slope: Double) throws {
    let slopes = try slopes(at: [x]) { graph, inputs in
      try graph.node("power", inputs[0], graph.constant(exponent))
    }
    #expect(areRight(slopes.numeric, [slope]))
    #expect(areRight(slopes.built, [slope]))
    #expect(slopes.numeric[0].isNaN || slopes.numeric[0] != 0 || slopes.numeric[0].sign == .plus)
  }

  @Test func derivativesOfAConstantPowerEndInZero() throws {
    var graph = Graph()
    let x = graph.input(0)
    var node = try graph.node("power", x, graph.constant(3))
    var values: [Double] = []
    for _ in 0..<3 {
      node = try graph.derivative(of: node, by: x)
      values.append(graph.scalar(of: node))
    }
    #expect(values == [0, 0, 6])
  }

  /// ∂²xʸ/∂x∂y = xʸ⁻¹(1 + y·log x), in whichever order it is taken.
  @Test(arguments: [(2.0, 0.0), (0.5, 0.0), (2, 1), (3, -1)])
  func mixedDerivativesOfAPowerAgree(x: Double, y: Double) throws {
    let mixed = try curvatures(at: [x, y]) { try $0.apply(Primitive.row("power"), $1) }
    // With y = 0, 1 and -1: 1/x, 1 + log x and (1 - log x)/x².
    let expected =
      switch (x, y) {
      case (2, 0): 0.5
      case (0.5, 0): 2.0
      case (2, 1): 1.6931471805599454
      default: -0.010956920963123309
      }
    #expect(isNear(mixed[0][1], expected, tolerance: 1e-15))
    #expect(isNear(mixed[1][0], expected, tolerance: 1e-15))
  }

  @Test func unaryOperators() throws {
    try expect("negate", at: [2], value: -2, slopes: [-1])
    try expect("identity", at: [2], value: 2, slopes: [1])
    try expect("stop", at: [2], value: 2, slopes: [0])
  }

  @Test func stopHidesOnlyItsOwnWay() throws {
    let slopes = try slopes(at: [3]) { graph, inputs in
      try graph.node("multiply", inputs[0], graph.node("stop", inputs[0]))
    }
    #expect((slopes.value, slopes.numeric[0], slopes.built[0]) == (9, 3, 3))
  }
}
