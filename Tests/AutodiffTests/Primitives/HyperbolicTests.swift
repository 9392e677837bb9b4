@testable import Autodiff
import Testing

/// Values and slopes computed with up to 1000 digits and rounded once.
@Suite struct HyperbolicTests {
  static let points: [(String, Double, Double, Double)] = [
    ("sinh", -3, -10.017874927409903, 10.067661995777765),
    ("sinh", 1e-300, 1e-300, 1.0),
    ("sinh", 0.5, 0.5210953054937474, 1.1276259652063807),
    ("sinh", 2, 3.6268604078470186, 3.7621956910836314),
    ("sinh", 700, 5.0711602736750225e+303, 5.0711602736750225e+303),
    ("cosh", -3, 10.067661995777765, -10.017874927409903),
    ("cosh", 1e-10, 1.0, 1e-10),
    ("cosh", 0.5, 1.1276259652063807, 0.5210953054937474),
    ("cosh", 2, 3.7621956910836314, 3.6268604078470186),
    ("cosh", 700, 5.0711602736750225e+303, 5.0711602736750225e+303),
    ("tanh", -2, -0.9640275800758169, 0.07065082485316447),
    ("tanh", 1e-300, 1e-300, 1.0),
    ("tanh", 0.5, 0.46211715726000974, 0.7864477329659274),
    ("tanh", 20, 1.0, 1.6993417021166355e-17),
    ("tanh", 350, 1.0, 3.943870617503908e-304),
    ("asinh", -3, -1.8184464592320668, 0.31622776601683794),
    ("asinh", 1e-300, 1e-300, 1.0),
    ("asinh", 0.5, 0.48121182505960347, 0.8944271909999159),
    ("asinh", 1e8, 19.11382792451231, 1e-08),
    ("asinh", 1e300, 691.4686750787737, 1e-300),
    ("acosh", 1.0000000001, 1.4142136208675862e-05, 70710.67519157329),
    ("acosh", 1.5, 0.9624236501192069, 0.8944271909999159),
    ("acosh", 3, 1.762747174039086, 0.3535533905932738),
    ("acosh", 1e8, 19.11382792451231, 1e-08),
    ("acosh", 1e300, 691.4686750787737, 1e-300),
    ("atanh", -0.5, -0.5493061443340549, 1.3333333333333333),
    ("atanh", 1e-300, 1e-300, 1.0),
    ("atanh", 0.9, 1.4722194895832204, 5.263157894736843),
    ("atanh", 0.9999999999, 11.859499013855018, 4999999586.54818),
    ("atanh", -0.9999999999, -11.859499013855018, 4999999586.54818),
    ("sigmoid", -700, 9.85967654375977e-305, 9.85967654375977e-305),
    ("sigmoid", -2, 0.11920292202211756, 0.10499358540350652),
    ("sigmoid", 0.5, 0.6224593312018546, 0.2350037122015945),
    ("sigmoid", 40, 1.0, 4.248354255291589e-18),
    ("sigmoid", 700, 1.0, 9.85967654375977e-305),
    ("softplus", -700, 9.85967654375977e-305, 9.85967654375977e-305),
    ("softplus", -2, 0.1269280110429725, 0.11920292202211756),
    ("softplus", 0.5, 0.9740769841801067, 0.6224593312018546),
    ("softplus", 40, 40.0, 1.0),
    ("softplus", 700, 700.0, 1.0),
  ]

  @Test(arguments: points)
  func valuesAndSlopes(name: String, x: Double, value: Double, slope: Double) throws {
    try expect(name, at: [x], value: value, slopes: [slope])
  }

  static let edges: [(String, Double, Double, Double)] = [
    ("sinh", 800, .infinity, .infinity), ("sinh", -800, -.infinity, .infinity),
    ("cosh", 800, .infinity, .infinity), ("cosh", -800, .infinity, -.infinity),
    ("tanh", 800, 1, 0), ("tanh", -800, -1, 0), ("tanh", .infinity, 1, 0),
    ("asinh", .infinity, .infinity, 0), ("asinh", -1e300, -691.4686750787737, 1e-300),
    ("acosh", 1, 0, .infinity), ("acosh", 0.5, .nan, .nan), ("acosh", -2, .nan, .nan),
    ("atanh", 1, .infinity, .infinity), ("atanh", -1, -.infinity, .infinity),
    ("atanh", 2, .nan, .nan), ("atanh", -2, .nan, .nan),
    ("sigmoid", 800, 1, 0), ("sigmoid", -800, 0, 0), ("sigmoid", .infinity, 1, 0),
    ("sigmoid", 0, 0.5, 0.25),
    ("softplus", 800, 800, 1), ("softplus", -800, 0, 0), ("softplus", .infinity, .infinity, 1),
    ("softplus", .nan, .nan, .nan),
  ]

  @Test(arguments: edges)
  func edgesOfTheDomain(name: String, x: Double, value: Double, slope: Double) throws {
    try expect(name, at: [x], value: value, slopes: [slope])
  }

  @Test(arguments: ["tanh", "sigmoid", "softplus"], [-800.0, 800])
  func secondDerivativesAreFlatInTheTails(name: String, x: Double) throws {
    let curvature = try curvatures(at: [x]) { try $0.apply(Primitive.row(name), $1) }
    #expect(curvature == [[0]])
  }

  static let pairs: [([Double], Double, [Double])] = [
    ([3e200, 4e200], 4.9999999999999995e+200, [0.6, 0.8]),
    ([3e-200, 4e-200], 5e-200, [0.6, 0.8]),
    ([-3, 4], 5, [-0.6, 0.8]),
    ([1e-300, 1], 1, [1e-300, 1]),
    ([1e10, 1], 1e10, [1, 1e-10]),
    ([0, 0], 0, [0, 0]),
    ([0, -2], 2, [0, -1]),
  ]

  @Test(arguments: pairs)
  func hypot(at: [Double], value: Double, slopes: [Double]) throws {
    try expect("hypot", at: at, value: value, slopes: slopes)
  }
}
