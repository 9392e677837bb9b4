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
    Misspelling("!", "write gamma(x + 1) for x!", forOperand: "write 'not'"),
    Misspelling(
      "?", "write if a then b else c for a ? b : c", forOperand: "write ':help sin' for help"),
    Misspelling("->", "write f(x) = x^2"),
    Misspelling("→", "write f(x) = x^2"),
    Misspelling("<- ", "write x = 3 to bind x, x < -3 to compare"),
    Misspelling("←", "write x = 3"),
    Misspelling("°", "write 30*pi/180 for 30°"),
    Misspelling("¬", "write 'not'"),
    Misspelling("~=", "write '!='"),
    Misspelling("~", "'~' stands in a fit alone", forOperand: "write 'not'"),
    Misspelling("===", "write '=='"),
    Misspelling("≡", "write '=='"),
    Misspelling("!==", "write '!='"),
    Misspelling("<>", "write '!='"),
    Misspelling("=>", "write '>='"),
    Misspelling("=<", "write '<='"),
    Misspelling("≈", "write abs(a - b) < 1e-9"),
    Misspelling(":==", "write ':='"),
    Misspelling("<<", "write a*2^b for a << b"),
    Misspelling(">>", "write floor(a / 2^b) for a >> b"),
    Misspelling("^^", "write '^'"),
    Misspelling("/. ", "write x^2 at x = 2"),
    Misspelling(".*", "write '*', which goes entry by entry"),
    Misspelling("./", "write '/', which goes entry by entry"),
    Misspelling(".^", "write '^', which goes entry by entry"),
    Misspelling("⊙", "write '*', which goes entry by entry"),
    Misspelling("%*%", "write '@'"),
    Misspelling("%/%", "write floor(a / b)"),
    Misspelling("//", "write floor(a / b); comments start with '#'"),
    Misspelling("/*", "comments start with '#'"),
    Misspelling("..", "write a...b, or a..<b without the last"),
    Misspelling("\\", leftDivision, forOperand: "Tab behind \\beta or \\leq makes the sign of it"),
    Misspelling("`", "names stand without quotes, texts in \""),
    Misspelling("√", "write sqrt(x)"),
    Misspelling("∛", "write cbrt(x)"),
    Misspelling("⌊", "write floor(x)"),
    Misspelling("⌈", "write ceil(x)"),
    Misspelling("‖", "write norm(x)"),
    Misspelling("±", "write [a - b, a + b]"),
    Misspelling("½", "write 1/2"),
    Misspelling("⁄", "write '/'"),
    Misspelling("∈", "write for x in [1, 2] { print x }"),
    Misspelling("∞", "write inf"),
    Misspelling("∂", "write grad(y, x)"),
    Misspelling("∫", "write sum(range(0, 1, 0.001)^2)*0.001 for the integral of x^2"),
    Misspelling("∑", "write sum(x)"),
    Misspelling("∏", "write prod(x)"),
    Misspelling("∇", "write grad(y, [a, b])"),
  ]

  private static let leftDivision =
    "write solve(A, b) for A \\ b, floor(a / b) for a whole quotient"
}
