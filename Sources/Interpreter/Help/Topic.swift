/// Something that help explains and that is no single word of the language: one row each.
package struct Topic: Sendable {
  package let name: String
  package let sentence: String
  package let lines: [String]
  /// What to type; it runs in a new session.
  package let examples: [String]
  /// The table that stands below what is said.
  var table: Table?

  enum Table: Sendable { case functions, statements, commands }

  package static let all: [Topic] = [
    Topic(
      name: "names", sentence: "four ways to bind a name",
      lines: [
        "x = 2        a number is an input: every result has a derivative for it",
        "y = x^2      computed now; y stays as it is when x changes",
        "y := x^2     live: computed anew wherever y is used, so it follows x",
        "param w = 1  an input that updates such as w -= 0.1 replace",
        "':vars' lists the names, ':deps y' what one is built from, ':undo' takes back",
      ],
      examples: ["x = 2; y := x^2", "x = 3", "y"]),
    Topic(
      name: "derivatives", sentence: "every result has them, and they can be asked for",
      lines: [
        "a bare expression shows the derivative of its result for every node",
        "grad(y, x)   one of them, as a node that can be differentiated again",
        "f'(x)        of a function of one argument; f''(x) the second",
        "y at x = 5   the same expression at another point",
      ],
      examples: ["x = 2; y = x^3", "grad(y, x)", "grad(grad(y, x), x)", "y at x = 5"]),
    Topic(
      name: "arrays", sentence: "numbers in rows and tables",
      lines: [
        "[1, 2, 3] and [[1, 2], [3, 4]]; indices begin at 0, and -1 is the last",
        "x[1:3] is a slice, X[:, 0] a column, X.T the transpose, X.shape its sizes",
        "+ - * / go entry by entry, @ is the matrix product",
      ],
      examples: ["X = [[1, 2], [3, 4]]; v = [5, 6]", "X @ v", "sum(X[:, 0] * v)"]),
    Topic(
      name: "loops", sentence: "blocks that repeat",
      lines: [
        "for i in 1...10 { }   repeat 10 { }   while x > 1 { }   if c { } else { }",
        "0..<n leaves n out; break and continue work as elsewhere",
        "what a loop computes stays in the graph, so it can be differentiated",
      ],
      examples: ["x = 3; s = 0", "for i in 1...3 { s = s + i*x }", "s"]),
    Topic(
      name: "functions", sentence: "definitions of one's own, and all that are built in",
      lines: [
        "f(x, k=2) = x^k       called f(3), or f(3, k=4)",
        "g(x) = { a = x*x; a + 1 }   the last expression is the value",
        "a call is shown as one row; ':set unfold' shows what is inside",
      ],
      examples: ["f(x, k=2) = x^k", "f(3) + f(2, k=3)", "f'(3)"], table: .functions),
    Topic(
      name: "numbers", sentence: "how they are written and shown",
      lines: [
        "1e3   .5   1_000   0x1f   and always a point, never a decimal comma",
        "six digits are shown; ':set digits max' shows what reads back the same",
        "1/0 is inf and 0/0 is nan, with a note that says where; ':set strict' refuses",
      ],
      examples: ["1e3 + .5 + 0x1f", "1/3"]),
    Topic(
      name: "operators", sentence: "from tight to loose",
      lines: [
        "^   - (sign)   * / % @   + -   < <= > >= == !=   not   and   or",
        "-2^2 is -4, 2^3^2 is 512, a/b/c is (a/b)/c, 0 < x < 1 is a chain",
        "2x and 2(x+1) are products; ':help ^' tells more of one",
      ],
      examples: ["-2^2", "2^3^2"]),
    Topic(
      name: "formats", sentence: "what a bare expression shows",
      lines: [
        "':set format line' shows a line instead of the table, 'value' the number alone",
        "json, csv, tsv and markdown are for programs and pages; ':help format' lists all",
      ],
      examples: ["x = 2; x^2"]),
    Topic(
      name: "results", sentence: "what was shown before",
      lines: [
        "ans (or _) is the last result, $3 the third; both are nodes with their history"
      ],
      examples: ["x = 2; x^2", "ans + 1", "grad(ans, x)"]),
    Topic(
      name: "texts", sentence: "words among numbers",
      lines: [
        "\"loss {l}\" puts a value into a text, {l:.3f} with three digits behind the point",
        "print shows texts and numbers; assert fails unless something holds",
      ],
      examples: ["l = 2/3", "print \"loss {l:.3f}\"", "assert l < 1"]),
    Topic(
      name: "statements", sentence: "lines that explain, check and train",
      lines: ["each stands on a line of its own; ':help check' tells more of one"],
      examples: ["x = 2; y = x^3", "derive y, x", "check y"], table: .statements),
    Topic(
      name: "commands", sentence: "lines that begin with a colon",
      lines: ["they are about the session and are never values; ':help :set' tells more of one"],
      examples: [], table: .commands),
    Topic(
      name: "editing", sentence: "the keys of the prompt",
      lines: [
        "Tab completes names, commands and what they take; \\beta Tab is the Greek letter",
        "Up and Down go through earlier lines, ^R searches them",
        "^C clears the line or stops what runs, ^D on an empty line ends the session",
        "':set editor vi' for the keys of vi; ':set preview off' for a quieter prompt",
      ],
      examples: []),
    Topic(
      name: "files", sentence: "sessions and scripts in files",
      lines: [
        "':save work.nabla' writes the names of the session, ':load work.nabla' runs a file",
        "settings of every session stand in nabla/config in the folder for configuration,",
        "usually ~/.config, and nabla/init.nabla there is run when a session begins",
        "'nabla --no-init' starts without either; scripts read neither",
      ],
      examples: []),
  ]
}
