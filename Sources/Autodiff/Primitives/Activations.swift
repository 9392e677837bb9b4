import CArrayLoops

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Primitive {
  /// The smooth steps and the bent lines of learning, with the slopes that they need.
  static let activations = [
    // The exponential of a negative number only, so that neither side overflows.
    Primitive(
      "sigmoid", { Activation.sigmoid($0) }, derivative: .call("_sigmoid_slope", .x), on: -6...6,
      "1 / (1 + exp(-x))", example: "sigmoid(2)"
    ).underflowing(),
    Primitive(
      "_sigmoid_slope", { Activation.sigmoidSlope($0) },
      derivative: -(.call("tanh", .x / 2) * .result), on: -6...6, "the slope of sigmoid",
      example: ""
    ).standing(for: .sigmoid(.x) * .sigmoid(-.x)),
    Primitive(
      "log_sigmoid", { -Activation.softplus(-$0) }, derivative: .sigmoid(-.x), on: -6...6,
      "the logarithm of sigmoid(x), without underflow", example: "log_sigmoid(-2)"
    ).underflowing(),
    Primitive(
      "logit", { Activation.logit($0) },
      derivative: .when(.both(.x >= 0, .x <= 1), 1 / ((.x + 0) * (1 - .x)), else: .nan),
      on: 0.1...0.9, "log(x / (1 - x)), the inverse of sigmoid", example: "logit(0.9)"
    ).defined(where: .both(.x >= 0, .x <= 1)),
    Primitive(
      "softplus", { Activation.softplus($0) }, derivative: .sigmoid(.x), on: -6...6,
      "log(1 + exp(x)), without overflow", example: "softplus(2)"
    ).underflowing(),
    Primitive(
      "softsign", { $0.isInfinite ? ($0 < 0 ? -1 : 1) : $0 / (1 + abs($0)) },
      derivative: 1 / (1 + .abs(.x)) / (1 + .abs(.x)), on: 0.2...6,
      "x / (1 + abs(x))", example: "softsign(3)"),
    Primitive(
      "relu", { $0 > 0 || $0.isNaN ? $0 : 0 },
      .partials([.gate(.when(.x > 0, 1, else: .when(.x <= 0, 0, else: .nan)))]), on: 0.2...3,
      corners: [Corner(.x, .kink(0...1))], "x where it is positive, 0 elsewhere",
      example: "relu(-3)"
    ).looping(array_relu),
    Primitive(
      "leaky_relu", ["x", "slope"], { $0 > 0 ? $0 : $1 * $0 },
      .partials([
        .gate(.when(.x > 0, 1, else: .when(.x <= 0, .y, else: .nan))),
        .gate(.when(.x > 0, 0, else: .x)),
      ]),
      on: -3 ... -0.2, 0.1...0.9,
      corners: [Corner(.x, .kinkOfUnknownSlope, slopes: ([.y, 0], [1, 0]))],
      "x where it is positive, slope*x elsewhere", example: "leaky_relu(-3)"
    ).defaulting(to: 0.01),
    Primitive(
      "elu", ["x", "alpha"], { $0 > 0 ? $0 : $1 * expm1($0) },
      .partials([
        .gate(.when(.x > 0, 1, else: .y * .exp(.x))),
        .gate(.when(.x > 0, 0, else: .call("expm1", .x))),
      ]),
      on: -3 ... -0.2, 0.5...2,
      corners: [
        Corner(
          .when(.equal(.y, 1), 1, else: .x), .kinkOfUnknownSlope, slopes: ([.y, 0], [1, 0]))
      ],
      "x where it is positive, alpha*(exp(x) - 1) elsewhere", example: "elu(-3)"
    ).defaulting(to: 1),
    Primitive(
      "selu", { $0 > 0 ? seluScale * $0 : seluScaleTimesAlpha * expm1($0) },
      derivative: .when(
        .x > 0, Formula([.constant(seluScale)]),
        else: Formula([.constant(seluScaleTimesAlpha)]) * .exp(.x)),
      on: -3 ... -0.2,
      corners: [
        Corner(
          .x, .kink(seluScale...seluScaleTimesAlpha),
          slopes: (
            [Formula([.constant(seluScaleTimesAlpha)])], [Formula([.constant(seluScale)])]
          ))
      ],
      "1.0507 times elu(x, 1.67326), which keeps mean 0 and variance 1", example: "selu(-3)"),
    Primitive(
      "silu", { Activation.silu($0) }, derivative: .call("_silu_slope", .x), on: -6...6,
      "x*sigmoid(x), also called swish", example: "silu(2)"
    ).underflowing(),
    Primitive(
      "_silu_slope", { Activation.siluSlope($0) },
      derivative: .call("_sigmoid_slope", .x) * (2 - .x * .call("tanh", .x / 2)), on: -6...6,
      "the slope of silu, which has a root", example: ""
    ).standing(for: .sigmoid(.x) * (1 + .x * .sigmoid(-.x)), shownAs: "silu'"),
    Primitive(
      "mish", { Activation.mish($0) }, derivative: .call("_mish_slope", .x), on: -6...6,
      "x*tanh(softplus(x))", example: "mish(2)"
    ).underflowing(),
    Primitive(
      "_mish_slope", { Activation.mishSlope($0) }, derivative: mishCurvature, on: -6...6,
      "the slope of mish, which has a root", example: ""
    ).standing(
      for: .call("tanh", .call("softplus", .x)) + .x * .sigmoid(.x) * mishFlatness,
      shownAs: "mish'"),
  ]

  /// Klambauer, Unterthiner, Mayr and Hochreiter (2017), to the last digit of a double.
  private static let seluScale = 1.0507009873554805
  private static let seluScaleTimesAlpha = 1.7580993408473766

  /// 1 - tanh²(softplus(x)), which would be 0 from x = 20 on.
  private static let mishFlatness: Formula =
    4 * .sigmoid(2 * .call("softplus", .x)) * .sigmoid(-2 * .call("softplus", .x))

  /// σ(1 - t²)(2 + x(1 - σ - 2tσ)), with t = tanh(softplus(x)).
  private static let mishCurvature: Formula =
    .sigmoid(.x) * mishFlatness
    * (2 + .x * (.sigmoid(-.x) - 2 * .call("tanh", .call("softplus", .x)) * .sigmoid(.x)))
}
