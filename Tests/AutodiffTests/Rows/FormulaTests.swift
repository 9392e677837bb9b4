@testable import Autodiff
import Tensors
import Testing

@Suite struct FormulaTests {
  static let texts: [(Formula, String)] = [
    ((.x - .y) - .z, "x - y - z"),
    (.x - (.y - .z), "x - (y - z)"),
    (.x - (.y + .z), "x - (y + z)"),
    (.x + (.y - .z), "x + (y - z)"),
    ((.x + .y) * .z, "(x + y) * z"),
    (.x + .y * .z, "x + y * z"),
    (.x / .y / .z, "x / y / z"),
    (.x / (.y / .z), "x / (y / z)"),
    (.x / (.y * .z), "x / (y * z)"),
    (.x * (.y / .z), "x * (y / z)"),
    (.pow(.pow(.x, .y), .z), "(x ^ y) ^ z"),
    (.pow(.x, .pow(.y, .z)), "x ^ y ^ z"),
    (.pow(-.x, 2), "(-x) ^ 2"),
    (-.pow(.x, 2), "-x ^ 2"),
    (.pow(.x, -.y), "x ^ (-y)"),
    (.pow(.x, .y - 1), "x ^ (y - 1)"),
    (.pow(.x + .y, 0.5), "(x + y) ^ 0.5"),
    (.pow(-3, .x), "(-3) ^ x"),
    (.x * -2, "x * (-2)"),
    (-2 * .x, "-2 * x"),
    (.x >= -1, "x >= -1"),
    (-(.x + .y), "-(x + y)"),
    (-(.x * .y), "-(x * y)"),
    (-.x * .y, "-x * y"),
    (.sin(.x - .y) * .z, "sin(x - y) * z"),
    (.result * .result, "f(x) * f(x)"),
    (.when(.x >= 0, 1 / .x, else: .nan), "where(x >= 0, 1 / x, nan)"),
    (.both(.x > .y, .x < .z), "x > y and x < z"),
    ((.x < .y) * .z, "(x < y) * z"),
    (.call("mod", .x, .y) + 1, "x % y + 1"),
    (.call("mod", .x + 1, .y), "(x + 1) % y"),
    (.call("not", .x < .y), "not (x < y)"),
  ]

  @Test(arguments: texts)
  func writtenWithTheBracketsThatTheOrderNeeds(formula: Formula, text: String) {
    #expect(written(formula) == text)
  }

  @Test func namesAndNumbersAreTheCallers() {
    let formula = (.x - 0.5) * .result
    let text = formula.text(parameters: ["w1"], result: "g(w1)") { _ in "½" }
    #expect(text == "(w1 - ½) * g(w1)")
  }

  static let rules = [
    ("sin", 0, "cos(x)"), ("cos", 0, "-sin(x)"), ("sqrt", 0, "0.5 / f(x)"), ("exp", 0, "f(x)"),
    ("atan", 0, "1 / (1 + x * x)"), ("divide", 0, "1 / y"), ("divide", 1, "-(f(x) / y)"),
    ("multiply", 0, "y"), ("subtract", 1, "-1"), ("add", 0, "1"),
    ("relu", 0, "where(x > 0, 1, where(x <= 0, 0, nan))"),
  ]

  @Test(arguments: rules)
  func rulesReadAsFormulas(name: String, parameter: Int, text: String) throws {
    let formula = try #require(Primitive.row(name).row.derivative(ofParameter: parameter))
    #expect(written(formula) == text)
  }

  /// No rule needs a name that is not in the table, nor an argument that its row does not take.
  @Test(arguments: Primitive.elementwise)
  func rulesAreWellFormed(row: Primitive) {
    for index in 0..<row.arity {
      guard let formula = row.derivative(ofParameter: index) else { continue }
      var depth = 0
      for term in formula.terms {
        switch term {
        case .argument(let place): #expect(place < row.arity)
        case .apply(let name, let count):
          #expect(Primitive.named(name)?.row.arity == count)
          depth -= count
        case .result, .constant, .tieShare: break
        }
        depth += 1
      }
      #expect(depth == 1)
    }
  }

  private func written(_ formula: Formula) -> String {
    formula.text(parameters: ["x", "y", "z"], result: "f(x)") { NumberFormat.text($0) }
  }
}
