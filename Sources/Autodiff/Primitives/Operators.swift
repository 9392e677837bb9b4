import CArrayLoops
import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Primitive {
  /// What the arithmetic signs mean.
  static let operators = [
    Primitive(
      "add", ["x", "y"], { $0 + $1 }, .partials([.formula(1), .formula(1)]),
      on: -9...9, -9...9, notation: .infix("+"), "the sum", example: "2 + 3"
    ).looping(array_add),
    Primitive(
      "subtract", ["x", "y"], { $0 - $1 }, .partials([.formula(1), .formula(-1)]),
      on: -9...9, -9...9, notation: .infix("-"), "the difference", example: "2 - 3"
    ).looping(array_subtract),
    Primitive(
      "multiply", ["x", "y"], { $0 * $1 }, .partials([.formula(.y), .formula(.x)]),
      on: -9...9, -9...9, notation: .infix("*"), "the product", example: "2 * 3"
    ).underflowing().looping(array_multiply),
    Primitive(
      "divide", ["x", "y"], { $0 / $1 }, .partials([.formula(1 / .y), .formula(-(.result / .y))]),
      on: -9...9, 0.5...9, notation: .infix("/"), "the quotient", example: "7 / 2"
    ).underflowing().looping(array_divide),
    Primitive(
      // A square by one multiplication is as near as can be, which a power need not be.
      "power", ["x", "y"], { $1 == 2 ? $0 * $0 : pow($0, $1) },
      .partials([
        // 0·x⁻¹ would be nan at x = 0, where the derivative of x⁰ is 0. To the right of 0 a formula
        // stays, whose own derivative by y is not 0.
        .formula(
          .when(
            .equal(.y, 0), .when(.x > 0, .y * .result / .x, else: 0),
            else: .y
              * .when(
                .equal(.y - 1 + 1, .y), .pow(.x, .y - 1), else: .call("_lower_power", .x, .y)))),
        .formula(
          .when(
            .x > 0, .result * .log(.x),
            else: .when(.both(.equal(.x, 0), .y > 0), 0, else: .nan))),
      ]),
      on: 0.3...3, -3...3, spellings: ["pow"], notation: .infix("^"), "x to the power y",
      example: "2 ^ 10"
    ).underflowing().looping(powers),
    // Where y - 1 is rounded, a large logarithm of x makes hundreds of units of that.
    Primitive(
      "_lower_power", ["x", "y"], { Refined.lowerPower($0, $1) },
      .partials([
        .formula((.y - 1) * .call("_lower_power", .x, .y - 1)),
        .formula(.when(.x > 0, .result * .log(.x), else: .nan)),
      ]),
      on: 0.3...3, -3...3, "x^(y - 1), without the loss of rounding y - 1", example: ""
    ).standing(for: .pow(.x, .y - 1)),
    Primitive(
      "mod", ["x", "y"],
      { x, y in
        let remainder = fmod(x, y)
        // A remainder of 0 has the sign of y, too.
        if remainder == 0 { return copysign(0, y) }
        return (remainder < 0) != (y < 0) ? remainder + y : remainder
      },
      // x / y may round up to the next integer; without its remainder x is a multiple of y.
      .partials([.formula(1), .formula(-.round((.x - .result) / .y))]),
      on: 0.2...0.8, 1...2, corners: [Corner(.result, .jump)], spellings: ["mod"],
      notation: .infix("%"),
      refusal: Refusal(.equal(.y, 0), "modulo by zero"),
      "the remainder of x / y that has the sign of y", example: "-7 % 3"
    )
    .askingForUnits("the remainder is that of the rounded number"),
    Primitive(
      "negate", { -$0 }, .partials([.formula(-1)]), on: -9...9, notation: .prefix("-"),
      "x with its sign turned", example: "-(2 + 3)"
    ).looping(array_negate),
    Primitive(
      "identity", { $0 }, .partials([.formula(1)]), on: -9...9,
      "x itself, as a node of its own: the point where f'(x) takes its derivative",
      example: "identity(3)"),
    Primitive(
      "stop", { $0 }, .constant, on: -9...9,
      "x as a number that no derivative passes through", example: "stop(3)"),
  ]
  /// Powers, of which the square is by far the most frequent.
  private static let powers: BinaryLoop = { x, i, y, j, z, count in
    guard count > 0, let x, let y, let z else { return }
    if j == 0, y[0] == 2 { return array_multiply(x, i, x, i, z, count) }
    for k in 0..<count {
      let (base, exponent) = (x[i * k], y[j * k])
      z[k] = exponent == 2 ? base * base : pow(base, exponent)
    }
  }
}
