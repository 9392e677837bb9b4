/// A sign of other languages or of mathematics, and how to say it here.
struct Misspelling: Sendable {
  let spelling: String
  let hint: String
  /// The hint where an operand was expected, when that is another one.
  let hintForOperand: String?

  init(_ spelling: String, _ hint: String, forOperand hintForOperand: String? = nil) {
    self.spelling = spelling
    self.hint = hint
    self.hintForOperand = hintForOperand
  }

  static let all: [Misspelling] = [
    Misspelling("&&", "write 'and'"),
    Misspelling("&", "write 'and'"),
    Misspelling("∧", "write 'and'"),
    Misspelling("||", "write 'or'", forOperand: "write abs(x) for |x|"),
    Misspelling("|", "write 'or', or abs(x) for |x|", forOperand: "write abs(x) for |x|"),
    Misspelling("∨", "write 'or'"),
    Misspelling(
      "!", "there is no factorial sign; 'not' stands in front, '!=' compares",
      forOperand: "write 'not'"),
    Misspelling("?", "write if c then a else b", forOperand: "write ':help sin' for help"),
    Misspelling("->", "write f(x) = x^2"),
    Misspelling("°", "write 30*pi/180 for 30°"),
    Misspelling("¬", "write 'not'"),
    Misspelling("===", "write '=='"),
    Misspelling("!==", "write '!='"),
    Misspelling("<>", "write '!='"),
    Misspelling("=>", "write '>='"),
    Misspelling("=<", "write '<='"),
    Misspelling(":==", "write ':='"),
    Misspelling("//", "write floor(a / b); comments start with '#'"),
    Misspelling("..", "write a...b, or a..<b without the last"),
    Misspelling(
      "\\", "behind the name of a Greek letter, as in \\beta, Tab makes the letter of it"),
    Misspelling("√", "write sqrt(x)"),
    Misspelling("∞", "write inf"),
    Misspelling("∂", "write grad(y, x)"),
    Misspelling("∑", "write sum(x)"),
    Misspelling("∏", "write prod(x)"),
    Misspelling("∇", "write grad(y, [a, b])"),
  ]
}
