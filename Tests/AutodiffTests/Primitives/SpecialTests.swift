@testable import Autodiff
import Testing

/// Second derivatives at the places where a formula over other functions would lose them, computed
/// with 60 digits and rounded once.
@Suite struct SpecialTests {
  static let curvatures: [(String, Double, Double)] = [
    ("silu", -30.0, -2.620134431274233e-12),
    ("silu", -1.5, 0.1561975849635367),
    ("silu", 0.0, 0.5),
    ("silu", 1.0, 0.3023661188100153),
    ("silu", 40.0, -1.6143746170108038e-16),
    ("mish", -30.0, -2.620134431274741e-12),
    ("mish", -1.0, 0.349705673670645),
    ("mish", 0.0, 0.64),
    ("mish", 1.0, 0.18468576447332827),
    ("mish", 3.0, -0.03026649663932699),
    ("gelu", -20.0, -2.1973374481395856e-85),
    ("gelu", -1.0, 0.24197072451914334),
    ("gelu", 0.0, 0.7978845608028654),
    ("gelu", 1.0, 0.24197072451914334),
    ("gelu", 30.0, -1.3233342291209357e-193),
    ("sinc", 1e-10, -0.3333333333333333),
    ("sinc", 0.001, -0.3333332333333393),
    ("sinc", 0.5, -0.3087029546641397),
    ("sinc", 3.0, 0.1834116638216149),
    ("sinc", 20.0, -0.047459436532766436),
    ("erf", -3.0, 0.0008355183116804871),
    ("erf", 0.5, -0.8787825789354448),
    ("erf", 5.0, -1.5670866531017336e-10),
    ("erfc", 0.5, 0.8787825789354448),
    ("erfc", 20.0, 8.644149897547193e-173),
    ("lgamma", 0.5, 4.934802200544679),
    ("lgamma", 1.0, 1.6449340668482264),
    ("lgamma", 30.0, 0.033895060357739946),
    ("gamma", 0.5, 15.580177442406253),
    ("gamma", 3.0, 2.492929991902693),
    ("xlogx", 0.1, 10.0),
    ("xlogx", 3.0, 0.3333333333333333),
    ("logit", 0.25, -14.222222222222221),
    ("logit", 1e-10, -1e+20),
    ("softsign", -3.0, 0.03125),
    ("softsign", 2.0, -0.07407407407407407),
    ("digamma", 0.7, -6.4349928741909235),
    ("digamma", 12.0, -0.007547205368998912),
  ]

  @Test(arguments: curvatures)
  func secondDerivatives(name: String, x: Double, curvature: Double) throws {
    let found = try AutodiffTests.curvatures(at: [x]) { try $0.apply(Primitive.row(name), $1) }
    #expect(isRight(found[0][0], curvature, ulps: 8), "\(name)'' at \(x): \(found[0][0])")
  }

  /// sinc⁽ⁿ⁾(0) is cos(nπ/2) / (n + 1).
  @Test func everyDerivativeOfSincAtZero() throws {
    var graph = Graph()
    let x = graph.input(0)
    var node = try graph.node("sinc", x)
    for order in 1...8 {
      node = try graph.derivative(of: node, by: x)
      let expected = order % 2 == 1 ? 0 : (order % 4 == 0 ? 1 : -1) / Double(order + 1)
      #expect(isRight(graph.scalar(of: node), expected), "order \(order)")
    }
  }

  /// The derivatives of lgamma at 1 are -γ, ζ(2), -2ζ(3), 6ζ(4) and so on.
  @Test func derivativesOfLgammaToEveryOrder() throws {
    let truths = [
      -0.5772156649015329, 1.6449340668482264, -2.4041138063191885, 6.493939402266829,
      -24.88626612344088, 122.0811674381339,
    ]
    var graph = Graph()
    let x = graph.input(1)
    var node = try graph.node("lgamma", x)
    for truth in truths {
      node = try graph.derivative(of: node, by: x)
      #expect(isRight(graph.scalar(of: node), truth, ulps: 2))
    }
  }

  /// Nothing becomes nan or infinite by the way it is computed.
  @Test(
    arguments: [
      "sigmoid", "log_sigmoid", "softplus", "softsign", "silu", "mish", "gelu", "selu", "erf",
      "erfc", "sinc", "tanh",
    ], [-1e300, -800, -1e-300, 0, 1e-300, 800, 1e300])
  func twoOrdersAreFiniteEverywhere(name: String, x: Double) throws {
    let apply: Construction = { try $0.apply(Primitive.row(name), $1) }
    let slopes = try slopes(at: [x], of: apply)
    #expect(slopes.value.isFinite && slopes.numeric[0].isFinite && slopes.built[0].isFinite)
    #expect(try AutodiffTests.curvatures(at: [x], of: apply)[0][0].isFinite)
  }

  static let pairs: [([Double], [[Double]])] = [
    ([0.0, 0.0], [[0.25, -0.25], [-0.25, 0.25]]),
    (
      [1.0, 2.0],
      [[0.19661193324148185, -0.19661193324148185], [-0.19661193324148185, 0.19661193324148185]]
    ),
    (
      [-800.1, -799.7],
      [[0.24026074574153022, -0.24026074574153022], [-0.24026074574153022, 0.24026074574153022]]
    ),
    (
      [30.0, -5.0],
      [
        [6.305116760146981e-16, -6.305116760146981e-16],
        [-6.305116760146981e-16, 6.305116760146981e-16],
      ]
    ),
  ]

  /// Mixed second derivatives of logaddexp, whose slope is σ(x - y).
  @Test(arguments: pairs)
  func mixedDerivatives(at: [Double], truth: [[Double]]) throws {
    let found = try AutodiffTests.curvatures(at: at) {
      try $0.apply(Primitive.row("logaddexp"), $1)
    }
    for (row, expected) in zip(found, truth) {
      #expect(areRight(row, expected, ulps: 6), "\(at): \(found)")
    }
  }
}
