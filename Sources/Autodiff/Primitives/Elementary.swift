import CArrayLoops

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Primitive {
  /// Roots, exponentials, logarithms and the circular functions.
  static let elementary = [
    // Adding 0 turns -0 into 0: the slope there is inf from either zero.
    Primitive(
      "sqrt", { sqrt($0 + 0) }, derivative: 0.5 / .result, on: 0.1...9,
      corners: [Corner(.x, .verticalTangent)], "the square root", example: "sqrt(2)"
    ).defined(where: .x >= 0).looping(array_sqrt),
    Primitive(
      "cbrt", { Refined.cubeRoot($0) }, derivative: 1 / (3 * .result * .result), on: 0.1...9,
      corners: [Corner(.x, .verticalTangent)], "the cube root, also of negative numbers",
      example: "cbrt(-8)"),
    Primitive(
      "exp", { exp($0) }, derivative: .result, on: -3...3, "e to the power x", example: "exp(1)"
    ).underflowing().looping(array_exp),
    Primitive(
      "exp2", { exp2($0) }, derivative: .result * Formula([.constant(0.6931471805599453)]),
      on: -3...3, "2 to the power x", example: "exp2(10)"
    ).underflowing(),
    Primitive(
      "expm1", { expm1($0) }, derivative: .exp(.x), on: -3...3,
      "exp(x) - 1, without loss near 0", example: "expm1(1e-10)"),
    // Adding 0 turns -0 into 0: the slope at 0 is inf from either zero. Left of 0 there is none.
    Primitive(
      "log", { log($0) }, derivative: .when(.x >= 0, 1 / (.x + 0), else: .nan), on: 0.1...9,
      spellings: ["ln"], "the natural logarithm", example: "log(2)"
    ).defined(where: .x >= 0),
    Primitive(
      "log2", { log2($0) },
      derivative: .when(
        .x >= 0, 1 / ((.x + 0) * Formula([.constant(0.6931471805599453)])), else: .nan),
      on: 0.1...9, "the logarithm to base 2", example: "log2(1024)"
    ).defined(where: .x >= 0),
    Primitive(
      "log10", { log10($0) },
      derivative: .when(
        .x >= 0, 1 / ((.x + 0) * Formula([.constant(2.302585092994046)])), else: .nan),
      on: 0.1...9, "the logarithm to base 10", example: "log10(1000)"
    ).defined(where: .x >= 0),
    Primitive(
      "log1p", { log1p($0) }, derivative: .when(.x >= -1, 1 / (1 + .x), else: .nan), on: -0.9...9,
      "log(1 + x), without loss near 0", example: "log1p(1e-10)"
    ).defined(where: .x >= -1),
    Primitive(
      "_log_base", ["x", "b"], { Refined.logarithm($0, base: $1) },
      .partials([
        .formula(.when(.x >= 0, 1 / ((.x + 0) * .log(.y)), else: .nan)),
        .formula(-(.result / (.y * .log(.y)))),
      ]),
      on: 0.1...9, 2...9, spellings: ["log"], "the logarithm to base b", example: "log(8, 2)"
    ).defined(where: .both(.x >= 0, .y >= 0)),
    Primitive("sin", { sin($0) }, derivative: .cos(.x), on: -3...3, "the sine", example: "sin(1)"),
    Primitive(
      "cos", { cos($0) }, derivative: -.sin(.x), on: -3...3, "the cosine", example: "cos(1)"),
    Primitive(
      "tan", { tan($0) }, derivative: 1 / (.cos(.x) * .cos(.x)), on: -1.2...1.2, "the tangent",
      example: "tan(1)"),
    // (1 - x)(1 + x) keeps the digits near ±1 that 1 - x² loses.
    Primitive(
      "asin", { asin($0) }, derivative: .call("_asin_slope", .x), on: -0.9...0.9,
      corners: [Corner((1 - .x) * (1 + .x), .verticalTangent)],
      "the angle whose sine is x", example: "asin(1)"
    ).defined(where: .both(.x >= -1, .x <= 1)),
    // The product's own derivative would leave of x a difference of two numbers.
    Primitive(
      "_asin_slope", { 1 / ((1 - $0) * (1 + $0)).squareRoot() },
      derivative: .x * .result * .result * .result, on: -0.9...0.9, "the slope of asin", example: ""
    ).standing(for: 1 / .sqrt((1 - .x) * (1 + .x))),
    Primitive(
      "acos", { acos($0) }, derivative: -.call("_asin_slope", .x), on: -0.9...0.9,
      corners: [Corner((1 - .x) * (1 + .x), .verticalTangent)],
      "the angle whose cosine is x", example: "acos(0.5)"
    ).defined(where: .both(.x >= -1, .x <= 1)),
    Primitive(
      "atan", { atan($0) }, derivative: 1 / (1 + .x * .x), on: -3...3,
      "the angle whose tangent is x", example: "atan(1)"),
    // Dividing twice by the radius neither overflows nor underflows where the answer does not.
    Primitive(
      "atan2", ["y", "x"], { atan2($0, $1) },
      .partials([
        .formula(.y / .hypot(.x, .y) / .hypot(.x, .y)),
        .formula(-(.x / .hypot(.x, .y) / .hypot(.x, .y))),
      ]),
      on: 0.5...3, 0.5...3, "the angle of the point (x, y), in -pi ... pi",
      example: "atan2(1, -1)"),
  ]
}
