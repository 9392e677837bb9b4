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
    extremum("max", { larger($0, $1) }, takesLarger: true, "the larger of x and y")
      .looping(array_maximum),
    extremum("min", { smaller($0, $1) }, takesLarger: false, "the smaller of x and y")
      .looping(array_minimum),
    clamp,
    Primitive(
      "step", { $0 > 0 ? 1 : $0.isNaN ? $0 : 0 }, .constant, on: 0.2...3,
      corners: [Corner(.x, .jump)], "1 where x is positive, 0 elsewhere: the slope of relu",
      example: "step(3)"),
    Primitive(
      "floor", { floor($0) }, .constant, on: 0.2...0.8, corners: [Corner(.x - .result, .jump)],
      "the largest integer that is at most x", example: "floor(-2.5)"
    ).askingForUnits("its last digits are not known"),
    Primitive(
      "ceil", { ceil($0) }, .constant, on: 0.2...0.8, corners: [Corner(.x - .result, .jump)],
      "the smallest integer that is at least x", example: "ceil(-2.5)"
    ).askingForUnits("its last digits are not known"),
    Primitive(
      "round", { rint($0) }, .constant, on: -0.4...0.4,
      corners: [Corner(.x - .floor(.x) - 0.5, .jump)],
      "the nearest integer; halves go to the even one", example: "round(2.5)"
    ).askingForUnits("its last digits are not known"),
    Primitive(
      "trunc", { trunc($0) }, .constant, on: 0.2...0.8,
      corners: [Corner(.when(.equal(.x, 0), 1, else: .x - .result), .jump)],
      "x without its fraction", example: "trunc(-2.5)"
    ).askingForUnits("its last digits are not known"),
  ]

  /// The larger or smaller of two; at a tie each variable side gets ½, a constant side gets all.
  private static func extremum(
    _ name: String, _ value: @escaping @convention(c) (Double, Double) -> Double,
    takesLarger: Bool, _ sentence: String
  ) -> Primitive {
    Primitive(
      name, ["x", "y", "…"], value,
      .partials([
        .gate(share(of: .x, against: .y, takesLarger: takesLarger)),
        .gate(share(of: .y, against: .x, takesLarger: takesLarger, isSecond: true)),
      ]),
      on: 0.2...0.8, 1...2, corners: [Corner(.x - .y, .kink(0...1))], sentence,
      example: "\(name)(2, 3)")
  }

  /// min(max(x, lo), hi) in one row, and like it where two or three of them are equal.
  private static let clamp: Primitive = {
    let raised = Formula.call("max", .x, .y)
    let kept = share(of: raised, against: .z, takesLarger: false)
    return Primitive(
      "clamp", ["x", "lo", "hi"], { smaller(larger($0, $1), $2) },
      .partials([
        .gate(kept * share(of: .x, against: .y, takesLarger: true)),
        .gate(kept * share(of: .y, against: .x, takesLarger: true, isSecond: true)),
        .gate(share(of: .z, against: raised, takesLarger: false, isSecond: true)),
      ]),
      on: [0.2...0.8, -1...0, 1...2],
      corners: [Corner(.x - .y, .kink(0...1)), Corner(raised - .z, .kink(0...1))],
      "x, but at least lo and at most hi", example: "clamp(5, 0, 1)")
  }()

  /// What one of two things gets: all where it is the one that is taken, a part where they are
  /// equal, and nan where they cannot be compared.
  private static func share(
    of mine: Formula, against other: Formula, takesLarger: Bool, isSecond: Bool = false
  ) -> Formula {
    let (first, second) = isSecond ? (other, mine) : (mine, other)
    let part = Formula.tieShare(
      of: first, against: second, isOfSecond: isSecond, takesLarger: takesLarger)
    return .when(
      takesLarger ? mine > other : mine < other, 1,
      else: .when(
        takesLarger ? other > mine : other < mine, 0,
        else: .when(.equal(first, second), part, else: .nan)))
  }
}

/// The larger of two numbers; nan where one of them is.
private func larger(_ x: Double, _ y: Double) -> Double { x.isNaN || x >= y ? x : y }

/// The smaller of two numbers; nan where one of them is.
private func smaller(_ x: Double, _ y: Double) -> Double { x.isNaN || x <= y ? x : y }
