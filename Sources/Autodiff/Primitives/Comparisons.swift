import CArrayLoops
import Tensors

extension Primitive {
  /// Questions that are answered 1 or 0, and the choices made by the answer.
  static let comparisons = [
    comparison(
      "less", "<", { $0 < $1 ? 1 : 0 }, array_less, "1 where x is less than y, 0 elsewhere"),
    comparison(
      "less_equal", "<=", { $0 <= $1 ? 1 : 0 }, array_less_equal,
      "1 where x is at most y, 0 elsewhere"),
    comparison(
      "greater", ">", { $0 > $1 ? 1 : 0 }, array_greater, "1 where x is greater than y, 0 elsewhere"
    ),
    comparison(
      "greater_equal", ">=", { $0 >= $1 ? 1 : 0 }, array_greater_equal,
      "1 where x is at least y, 0 elsewhere"),
    comparison(
      "equal", "==", { $0 == $1 ? 1 : 0 }, array_equal, "1 where x and y are equal, 0 elsewhere"),
    comparison(
      "not_equal", "!=", { $0 != $1 ? 1 : 0 }, array_not_equal,
      "1 where x and y differ, 0 elsewhere"),
    Primitive(
      "and", ["x", "y"], { $0 != 0 && $1 != 0 ? 1 : 0 }, .constant, on: -1...1, -1...1,
      notation: .infix("and"), "1 where neither x nor y is 0", example: "1 and 0"
    ).looping(array_and),
    Primitive(
      "or", ["x", "y"], { $0 != 0 || $1 != 0 ? 1 : 0 }, .constant, on: -1...1, -1...1,
      notation: .infix("or"), "1 where x or y is not 0", example: "1 or 0"
    ).looping(array_or),
    Primitive(
      "not", { $0 == 0 ? 1 : 0 }, .constant, on: -1...1, notation: .prefix("not "),
      "1 where x is 0, 0 elsewhere", example: "not 0"
    ).looping(array_not),
    Primitive(
      "where", ["c", "a", "b"], { $0 != 0 ? $1 : $2 },
      .partials([.none, .gate(.call("not_equal", .x, 0)), .gate(.equal(.x, 0))]),
      on: [0...1, -9...9, -9...9],
      "a where c is not 0, b elsewhere; the side not taken adds nothing to a derivative",
      example: "where(2 > 1, 10, 20)"
    ).looping(array_select),
    Primitive(
      "if", ["c", "a"], { $1 }, .partials([.none, .formula(.call("if", .x, 1))]),
      on: 0...1, -9...9,
      notation: .choice,
      "the side that an if expression took; the other side is never computed",
      example: "if 2 > 1 then 10 else 20"),
  ]

  private static func comparison(
    _ name: String, _ sign: String, _ value: @escaping @convention(c) (Double, Double) -> Double,
    _ loop: @escaping BinaryLoop, _ sentence: String
  ) -> Primitive {
    Primitive(
      name, ["x", "y"], value, .constant, on: -9 ... -1, 1...9,
      corners: [Corner(.x - .y, .jump)], notation: .infix(sign), sentence,
      example: "2 \(sign) 3"
    ).looping(loop).askingForUnits("rounded numbers are compared")
  }

  /// Whether the row answers a question by 1 or 0.
  package var isCondition: Bool {
    guard case .constant = rule else { return false }
    return Primitive.comparisons.contains { $0.name == name }
  }
}
