#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Primitive {
  /// Hyperbolic functions and their inverses, by formulas that hold in the tails.
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
      "tanh", { Refined.hyperbolicTangent($0) }, derivative: .call("_tanh_slope", .x), on: -3...3,
      "the hyperbolic tangent", example: "tanh(1)"),
    // A product rule would leave of its slope at 0, which is a root, a difference of two numbers.
    Primitive(
      "_tanh_slope", { Activation.tanhSlope($0) }, derivative: -2 * .call("tanh", .x) * .result,
      on: -3...3, "the slope of tanh", example: ""
    ).standing(for: 4 * .sigmoid(2 * .x) * .sigmoid(-2 * .x)),
    Primitive(
      "asinh", { asinh($0) }, derivative: 1 / .hypot(1, .x), on: -3...3,
      "the number whose hyperbolic sine is x", example: "asinh(1)"),
    Primitive(
      "acosh", { Refined.inverseHyperbolicCosine($0) },
      derivative: 1 / (.sqrt(.x - 1) * .sqrt(.x + 1)), on: 1.2...9,
      corners: [Corner(.x - 1, .verticalTangent)], "the number whose hyperbolic cosine is x",
      example: "acosh(2)"
    ).defined(where: .x >= 1),
    Primitive(
      "atanh", { atanh($0) },
      derivative: .when(.both(.x >= -1, .x <= 1), .call("_atanh_slope", .x), else: .nan),
      on: -0.9...0.9, "the number whose hyperbolic tangent is x", example: "atanh(0.5)"
    ).defined(where: .both(.x >= -1, .x <= 1)),
    Primitive(
      "_atanh_slope", { 1 / ((1 - $0) * (1 + $0)) }, derivative: 2 * .x * .result * .result,
      on: -0.9...0.9, "the slope of atanh", example: ""
    ).standing(for: 1 / ((1 - .x) * (1 + .x))),
    Primitive(
      "hypot", ["x", "y"], { hypot($0, $1) },
      .partials([
        .formula(.when(.equal(.result, 0), 0, else: .x / .result)),
        .formula(.when(.equal(.result, 0), 0, else: .y / .result)),
      ]),
      on: 0.5...3, 0.5...3,
      corners: [Corner(.result, .kink(-1...1), slopes: ([-1, -1], [1, 1]))],
      "sqrt(x^2 + y^2), without overflow", example: "hypot(3, 4)"),
  ]
}
