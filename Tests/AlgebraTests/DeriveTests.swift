import TestSupport
import Testing

/// Formulas as a textbook prints them; every one was compared with the limit of differences in forty
/// digits.
@Suite struct DeriveTests {
  @Test(arguments: Textbook.rows) func printsTheFormulaOfTheTextbook(_ row: Textbook.Row) {
    #expect(derived(row.expression, by: row.variable).formula == row.formula)
  }

  @Test(arguments: Textbook.latex)
  func printsLaTeX(_ expression: String, _ variable: String, _ latex: String) {
    #expect(derived(expression, by: variable).latex == latex)
  }

  @Test func goesAsDeepAsExpressionsGo() {
    let brackets = String(repeating: "(", count: 20_000)
    let sums = String(repeating: " + 1)", count: 20_000)
    #expect(derived("(\(brackets)x\(sums))^2", by: "x").formula == "2*x + 40000")
  }

  @Test(arguments: [
    "for i in 1...3000 { p = sin(p) }", "for i in 1...400 { p = p*(x + i) }",
    "for i in 1...500 { p = where(p > i, p, x*p + relu(p)) }",
  ])
  func refusesWhatNobodyWouldRead(_ loop: String) {
    var player = Player(options: "--script")
    _ = player.answer("x = 0.5; p = x")
    _ = player.answer(loop)
    #expect(player.answer("derive p, x").contains("its derivative is too long to write"))
  }

  /// Conditions are only said where a function has no value elsewhere.
  @Test(arguments: [
    "relu(x)", "relu(x)^2", "grad(relu(x)^2, x)", "max(x, 0)", "abs(x)", "sigmoid(x)", "x^3",
    "log(x^2 + 1)", "log1p(exp(x))", "sqrt(x)", "clamp(x, 0, 1)", "grad(max(x, 0), x)", "cbrt(x)",
  ])
  func asksNothingWithoutNeed(_ expression: String) {
    #expect(derived(expression, by: "x").remarks == [])
  }

  @Test(arguments: Textbook.conditions)
  func saysWhatItHoldsFor(_ expression: String, _ variable: String, _ remarks: [String]) {
    #expect(derived(expression, by: variable).remarks == remarks)
  }
}

/// What `derive` says: the formula, the lines below it, and the formula in LaTeX.
struct Derived {
  var formula = ""
  var remarks: [String] = []
  var definitions: [String] = []
  var latex = ""

  init(_ answer: String) {
    let lines = answer.split(separator: "\n").map(String.init)
    guard let head = lines.first, let sign = head.firstRange(of: " = ") else { return }
    formula = String(head[sign.upperBound...])
    for line in lines.dropFirst() {
      if line.hasPrefix("\\frac"), latex.isEmpty {
        latex = line.firstRange(of: " = ").map { String(line[$0.upperBound...]) } ?? ""
      } else if latex.isEmpty {
        let text = String(line.drop { $0 == " " })
        if text.hasPrefix("where v") {
          definitions.append(String(text.dropFirst("where ".count)))
        } else {
          remarks.append(text)
        }
      }
    }
  }
}

func derived(_ expression: String, by variable: String) -> Derived {
  var player = Player(options: "--script")
  _ = player.answer(Textbook.names)
  return Derived(player.answer("derive \(expression), \(variable)"))
}
