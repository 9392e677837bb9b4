#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Primitive {
  /// The error and gamma functions with their kin, and small functions with a hole filled in.
  static let special = [
    Primitive(
      "erf", { erf($0) }, derivative: twoByRootOfPi * .call("_bell", .x), on: -2...2,
      "the error function, 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x",
      example: "erf(0.5)"),
    Primitive(
      "erfc", { Gaussian.complementaryError($0) },
      derivative: -(twoByRootOfPi * .call("_bell", .x)), on: -2...2,
      "1 - erf(x), without loss where that is small", example: "erfc(10)"
    ).underflowing(),
    Primitive(
      "_bell", { Gaussian.bell($0) }, derivative: -2 * .x * .result, on: -2...2,
      "exp(-x^2), without the loss of rounding x^2", example: ""
    ).standing(for: .exp(-(.x * .x))),
    Primitive(
      "gelu", { Gaussian.gelu($0) }, derivative: .call("_gelu_slope", .x), on: -4...4,
      "x times the normal distribution function, x*erfc(-x/sqrt(2))/2", example: "gelu(2)"
    ).underflowing(),
    // The exponential is 0 long before the square overflows.
    Primitive(
      "_gelu_slope", { Gaussian.geluSlope($0) },
      derivative: .when(
        .abs(.x) >= 40, 0, else: inverseRootOfTwoPi * .exp(-(.x * .x) / 2) * (2 - .x * .x)),
      on: -4...4, "the slope of gelu, which has a root", example: ""
    ).standing(
      for: .call("erfc", -(.x / .sqrt(2))) / 2 + inverseRootOfTwoPi * .x * .exp(-(.x * .x) / 2),
      shownAs: "gelu'"),
    Primitive(
      "gamma", { GammaFunction.value($0) }, derivative: .result * .call("digamma", .x),
      on: 0.3...5, "the gamma function, (x - 1)! for whole numbers", example: "gamma(5)"
    ).defined(where: hasNoPole),
    Primitive(
      "lgamma", { GammaFunction.logarithm($0) }, derivative: .call("digamma", .x), on: 0.3...5,
      "the logarithm of abs(gamma(x))", example: "lgamma(100)"),
    Primitive(
      "digamma", { Polygamma.digamma($0) }, derivative: .call("polygamma", 1, .x), on: 0.3...5,
      "the derivative of lgamma", example: "digamma(1)"
    ).defined(where: hasNoPole),
    Primitive(
      "trigamma", { Polygamma.value(1, $0) }, derivative: .call("polygamma", 2, .x), on: 0.3...5,
      "the second derivative of lgamma", example: "trigamma(1)"
    ).defined(where: hasNoPole),
    Primitive(
      "polygamma", ["n", "x"], { Polygamma.value($0, $1) },
      .partials([
        .none,
        .formula(
          .when(
            .both(.x >= 0, .equal(.x, .floor(.x))), .call("polygamma", .x + 1, .y), else: .nan)),
      ]),
      on: 2...2, 0.5...5,
      "the derivative of digamma of order n, a whole number up to 100; none is taken by n",
      example: "polygamma(2, 1)"
    ).defined(
      where: .both(
        .both(.both(.x >= 0, .x <= 100), .equal(.x, .floor(.x))),
        .call("or", .y >= 0, .call("not_equal", .y, .floor(.y))))),
    Primitive(
      "beta", ["a", "b"], { BetaFunction.value($0, $1) },
      .partials([
        .formula(-(.result * .call("_digamma_gap", .x, .y))),
        .formula(-(.result * .call("_digamma_gap", .y, .x))),
      ]),
      on: 0.3...5, 0.3...5, "gamma(a)*gamma(b)/gamma(a + b)", example: "beta(2, 3)"
    ).defined(where: .both(.x >= 0, .y >= 0)),
    Primitive(
      "lbeta", ["a", "b"], { BetaFunction.logarithm($0, $1) },
      .partials([
        .formula(-.call("_digamma_gap", .x, .y)), .formula(-.call("_digamma_gap", .y, .x)),
      ]),
      on: 0.3...5, 0.3...5, "log(beta(a, b)), also where beta is too small for a double",
      example: "lbeta(1e5, 2e5)"
    ).defined(where: .both(.x >= 0, .y >= 0)),
    Primitive(
      "_digamma_gap", ["x", "y"], { BetaFunction.digammaGap($0, $1) },
      .partials([
        .formula(.call("trigamma", .x + .y) - .call("trigamma", .x)),
        .formula(.call("trigamma", .x + .y)),
      ]),
      on: 0.3...5, 0.3...5, "digamma(x + y) - digamma(x), without loss for a small y", example: ""
    ).standing(for: .call("digamma", .x + .y) - .call("digamma", .x)),
    Primitive(
      "sinc", { Sinc.value($0) }, derivative: .call("_sinc_slope", .x), on: -6...6,
      "sin(x)/x, which is 1 at 0", example: "sinc(0)"),
    Primitive(
      "_sinc_slope", { Sinc.slope($0) }, derivative: .call("_sinc_derivative", 2, .x), on: -6...6,
      "the slope of sinc, which has roots", example: ""
    ).standing(
      for: .when(.equal(.x, 0), 0, else: (.cos(.x) - .call("sinc", .x)) / .x), shownAs: "sinc'"),
    Primitive(
      "_sinc_derivative", ["n", "x"], { Sinc.derivative($0, $1) },
      .partials([.none, .formula(.call("_sinc_derivative", .x + 1, .y))]), on: 2...2, -6...6,
      "the derivative of sinc of order n", example: ""),
    // The slope at 0 is -inf, and there is no value to the left.
    Primitive(
      "xlogx", { $0 == 0 ? 0 : $0 * log($0) }, derivative: .call("_xlogx_slope", .x), on: 0.1...9,
      corners: [Corner(.x, .verticalTangent)], "x*log(x), which is 0 at 0", example: "xlogx(0)"
    ).defined(where: .x >= 0),
    Primitive(
      "_xlogx_slope", { Activation.xlogxSlope($0) },
      derivative: .when(.x >= 0, 1 / (.x + 0), else: .nan), on: 0.1...9,
      "the slope of xlogx, which has a root", example: ""
    ).standing(for: .log(.x) + 1, shownAs: "xlogx'"),
    Primitive(
      "logaddexp", ["x", "y"], { LogSum.value($0, $1) },
      .partials([
        .formula(.call("_sigmoid_of_difference", .x, .y)),
        .formula(.call("_sigmoid_of_difference", .y, .x)),
      ]),
      on: -3...3, -3...3, "log(exp(x) + exp(y)), without overflow", example: "logaddexp(800, 801)"),
    Primitive(
      "_sigmoid_of_difference", ["x", "y"], { LogSum.share($0, $1) },
      .partials([
        .formula(.result * .call("_sigmoid_of_difference", .y, .x)),
        .formula(-(.result * .call("_sigmoid_of_difference", .y, .x))),
      ]),
      on: -3...3, -3...3, "sigmoid(x - y), without the loss of rounding x - y", example: ""
    ).standing(for: .sigmoid(.x - .y)),
  ]

  private static let twoByRootOfPi = Formula([.constant(1.1283791670955126)])
  private static let inverseRootOfTwoPi = Formula([.constant(0.3989422804014327)])

  /// Everywhere but at 0 and the negative whole numbers; at 0 there is a sign to go by.
  private static let hasNoPole: Formula = .call(
    "or", .x >= 0, .call("not_equal", .x, .floor(.x)))
}
