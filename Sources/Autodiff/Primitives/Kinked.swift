import CArrayLoops

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Primitive {
  /// Functions with kinks and jumps; what is said at a tie is a choice, and it is marked.
  static let kinked = [
    Primitive(
      "abs", { abs($0) }, .partials([.formula(.sign(.x))]), on: 0.2...3,
      corners: [Corner(.x, .kink(-1...1))], "the absolute value", example: "abs(-3)"
    ).looping(array_abs),
    Primitive(
      "sign", { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }, .constant, on: 0.2...3,
      corners: [Corner(.x, .jump)], "-1, 0 or 1 by the sign of x", example: "sign(-3)"),
    extremum(
      "max", { $0.isNaN || $0 >= $1 ? $0 : $1 }, .x > .y, .y > .x, slopes: ([0, 1], [1, 0]),
      "the larger of x and y"
    ).looping(array_maximum),
    extremum(
      "min", { $0.isNaN || $0 <= $1 ? $0 : $1 }, .x < .y, .y < .x, slopes: ([1, 0], [0, 1]),
      "the smaller of x and y"
    ).looping(array_minimum),
    Primitive(
      "clamp", ["x", "lo", "hi"], { min(max($0, $1), $2) },
      .partials([
        .gate(.when(.equal(.x, .x), .both(.x > .y, .x < .z), else: .nan)),
        .gate(.both(.x <= .y, .y < .z)), .gate(.call("or", .x >= .z, .y >= .z)),
      ]),
      on: [0.2...0.8, -1...0, 1...2],
      corners: [
        Corner(.x - .y, .kink(0...1), slopes: ([0, 1, 0], [1, 0, 0])),
        Corner(.x - .z, .kink(0...1), slopes: ([1, 0, 0], [0, 0, 1])),
      ],
      "x, but at least lo and at most hi", example: "clamp(5, 0, 1)"),
    Primitive(
      "step", { $0 > 0 ? 1 : $0.isNaN ? $0 : 0 }, .constant, on: 0.2...3,
      corners: [Corner(.x, .jump)], "1 where x is positive, 0 elsewhere: the slope of relu",
      example: "step(3)"),
    Primitive(
      "floor", { floor($0) }, .constant, on: 0.2...0.8, corners: [Corner(.x - .result, .jump)],
      "the largest integer that is at most x", example: "floor(-2.5)"),
    Primitive(
      "ceil", { ceil($0) }, .constant, on: 0.2...0.8, corners: [Corner(.x - .result, .jump)],
      "the smallest integer that is at least x", example: "ceil(-2.5)"),
    Primitive(
      "round", { rint($0) }, .constant, on: -0.4...0.4,
      corners: [Corner(.x - .floor(.x) - 0.5, .jump)],
      "the nearest integer; halves go to the even one", example: "round(2.5)"),
    Primitive(
      "trunc", { trunc($0) }, .constant, on: 0.2...0.8,
      corners: [Corner(.when(.equal(.x, 0), 1, else: .x - .result), .jump)],
      "x without its fraction", example: "trunc(-2.5)"),
  ]

  /// The larger or smaller of two; at a tie each variable side gets ½, a constant side gets all.
  private static func extremum(
    _ name: String, _ value: @escaping @convention(c) (Double, Double) -> Double,
    _ first: Formula, _ second: Formula, slopes: (left: [Formula], right: [Formula]),
    _ sentence: String
  ) -> Primitive {
    @Sendable func gate(_ wins: Formula, _ loses: Formula, _ mine: Int) -> Partial {
      .gate(
        .when(
          wins, 1,
          else: .when(
            loses, 0, else: .when(.equal(.x, .y), .tieShare(mine), else: .nan))))
    }
    return Primitive(
      name, ["x", "y", "…"], value,
      .partials([gate(first, second, 0), gate(second, first, 1)]),
      on: 0.2...0.8, 1...2, corners: [Corner(.x - .y, .kink(0...1), slopes: slopes)], sentence,
      example: "\(name)(2, 3)")
  }
}
