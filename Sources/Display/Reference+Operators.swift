import Autodiff
import Interpreter
import Syntax

/// Operators.
extension Reference {
  /// Every operator from tight to loose.
  package static func operators() -> String {
    var page = Page("Operators")
    page.add(
      """
      From tight to loose: an operator of a lower level takes its operands before one of a higher
      level does, and operators of one level share it. The parser reads the same table.
      """)
    var table =
      "| level | operator | also written | binds | what it gives |\n|--:|:--|:--|:--|:--|\n"
    var level = 0
    var precedence: Operator.Precedence?
    for sign in Operator.all.reversed() {
      if sign.precedence != precedence { level += 1 }
      precedence = sign.precedence
      let others = sign.otherSpellings.map { "`\($0)`" }.joined(separator: " ")
      table +=
        "| \(level) | `\(shown(sign))` | \(others) | \(binding(of: sign)) | \(sign.summary) |\n"
    }
    table +=
      "| \(level + 1) | `if c then a else b` | | to the right "
      + "| One of two values; the other is never computed. |\n"
    table +=
      "| \(level + 2) | `e at x = 1, y = 2` | | to the left | The value of e with other inputs. |\n"
    page.add(table)
    page.add("## Keywords")
    page.add("Words that cannot be names:")
    page.add(Keyword.allCases.map { "`\($0.spelling)`" }.joined(separator: " "))
    page.add("## Derivatives of the operators")
    for sign in Operator.all.reversed() {
      guard let row = Primitive.named(sign.function)?.row else { continue }
      page.add(
        "**`\(shown(sign))`**: \(row.sentence)\n\n" + facts(of: row))
    }
    return page.text
  }

  private static func shown(_ sign: Operator) -> String {
    switch sign.fixity {
    case .infix: "x \(sign.spelling) y"
    case .prefix: sign.spelling == "not" ? "not x" : "\(sign.spelling)x"
    }
  }

  private static func binding(of sign: Operator) -> String {
    switch (sign.kind, sign.associativity) {
    case (.comparison, _): "as a chain"
    case (_, .left): "to the left"
    case (_, .right): "to the right"
    }
  }
}
