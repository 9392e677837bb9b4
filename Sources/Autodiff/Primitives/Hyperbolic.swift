#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Primitive {
  /// Hyperbolic functions and the smooth functions of learning, by formulas that hold in the tails.
  static let hyperbolic = [
    Primitive(
      "sinh", { sinh($0) }, derivative: .cosh(.x), on: -3...3, "the hyperbolic sine",
      example: "sinh(1)"),
    Primitive(
      "cosh", { cosh($0) }, derivative: .sinh(.x), on: -3...3, "the hyperbolic cosine",
      example: "cosh(1)"),
    // 1/cosh²(x), but 0 and not nan to every order where cosh overflows. 1 - tanh² is 0 from x = 20
    // on, where the derivative is still 1.7e-17.
    Primitive(
      "tanh", { tanh($0) }, derivative: 4 * .sigmoid(2 * .x) * .sigmoid(-2 * .x), on: -3...3,
      "the hyperbolic tangent", example: "tanh(1)"),
    Primitive(
      "asinh", { asinh($0) }, derivative: 1 / .hypot(1, .x), on: -3...3,
      "the number whose hyperbolic sine is x", example: "asinh(1)"),
    Primitive(
      "acosh", { acosh($0) }, derivative: 1 / (.sqrt(.x - 1) * .sqrt(.x + 1)), on: 1.2...9,
      corners: [Corner(.x - 1, .verticalTangent)], "the number whose hyperbolic cosine is x",
      example: "acosh(2)"),
    Primitive(
      "atanh", { atanh($0) },
      derivative: .when(
        .both(.x >= -1, .x <= 1), 1 / ((1 - .x) * (1 + .x)), else: .nan),
      on: -0.9...0.9, "the number whose hyperbolic tangent is x", example: "atanh(0.5)"),
    Primitive(
      "hypot", ["x", "y"], { hypot($0, $1) },
      .partials([
        .formula(.when(.equal(.result, 0), 0, else: .x / .result)),
        .formula(.when(.equal(.result, 0), 0, else: .y / .result)),
      ]),
      on: 0.5...3, 0.5...3, corners: [Corner(.result, .kink(-1...1))],
      "sqrt(x^2 + y^2), without overflow", example: "hypot(3, 4)"),
    // The exponential of a negative number only, so that neither side overflows.
    Primitive(
      "sigmoid",
      { x in
        guard x < 0 else { return 1 / (1 + exp(-x)) }
        let power = exp(x)
        return power / (1 + power)
      },
      derivative: .result * .sigmoid(-.x), on: -6...6, "1 / (1 + exp(-x))", example: "sigmoid(2)"
    ).underflowing(),
    Primitive(
      "softplus", { max($0, 0) + log1p(exp(-abs($0))) }, derivative: .sigmoid(.x), on: -6...6,
      "log(1 + exp(x)), without overflow", example: "softplus(2)"
    ).underflowing(),
  ]
}
