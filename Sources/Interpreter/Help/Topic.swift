/// Something that help explains and that is no single word of the language: one row each.
package struct Topic: Sendable {
  package let name: String
  package let sentence: String
  package let lines: [String]
  /// What to type; it runs in a new session.
  package let examples: [String]
  /// Other words that are looked up for it, in the singular.
  package var aliases: [String] = []
  /// Whether it stands in the overview, which has to fit on a screen.
  package var isListed = true
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
        "derive y, x  the formula of it, also for LaTeX; why grad(y, x) tells where it comes from",
      ],
      examples: ["x = 2; y = x^3", "grad(y, x)", "grad(grad(y, x), x)", "y at x = 5"],
      aliases: ["derivative", "partial", "gradient", "differentiation", "slope"]),
    Topic(
      name: "graph", sentence: "the table: every step of a result, and backpropagation through it",
      lines: [
        "each row is a node: a name, a number, or an operation on the nodes above it",
        "the values are computed from top to bottom; the column ∂ is filled from bottom to top:",
        "the last row has 1, and each row hands on its ∂ times the derivative of its own step",
        "(the chain rule); what comes to a node on several paths is added up",
        "why grad(y, x) writes these products down, one line for each path",
        "kink, jump and undefined mark rows where a derivative is a choice or does not exist",
      ],
      examples: ["x = 2; w = 3; y = (x*w + 1)^2", "y", "why grad(y, w)"],
      aliases: [
        "table", "node", "backpropagation", "backprop", "chain rule", "chain", "reverse mode",
        "forward mode", "adjoint", "path", "mark", "kink", "computation graph",
        "computational graph", "autodiff", "automatic differentiation",
      ]),
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
        "there are no pictures: csv and tsv are what a plotting program reads",
      ],
      examples: ["x = 2; x^2"],
      aliases: ["plot", "plotting", "picture", "chart", "output", "export"]),
    Topic(
      name: "results", sentence: "what was shown before",
      lines: [
        "ans (or _) is the last result, $3 the third; both are nodes with their history"
      ],
      examples: ["x = 2; x^2", "ans + 1", "grad(ans, x)"]),
    Topic(
      name: "texts", sentence: "words among numbers",
      lines: [
        "\"loss {l}\" puts a value into a text, {l:.3f} with three digits after the point",
        "print shows texts and numbers; assert fails unless something holds",
      ],
      examples: ["l = 2/3", "print \"loss {l:.3f}\"", "assert l < 1"]),
    Topic(
      name: "statements", sentence: "lines that explain, check and train",
      lines: [
        "each stands on a line of its own; ':help check' tells more of one",
        "the last line of 'derive y, x' is the formula for LaTeX",
      ],
      examples: ["x = 2; y = x^3", "derive y, x", "check y"],
      aliases: ["latex", "tex", "formula", "lesson", "explain"], table: .statements),
    Topic(
      name: "training", sentence: "params that are changed until a loss is small",
      lines: [
        "param w = 1 may be changed: w -= 0.1 * grad(loss, w) is one step of gradient descent",
        "0.1 is the learning rate: each step goes so far along the slope. Too small takes many",
        "steps; too large jumps over the minimum, and the loss grows from step to step",
        "minimize loss over w using sgd(lr=0.1) for 100   makes the steps; adam(lr=0.1) adapts them",
        "fit y ~ a*x + b over a, b   finds the params of a model, and how sure they are",
      ],
      examples: [
        "param w = 1; loss := (w - 3)^2", "w -= 0.1 * grad(loss, w)",
        "minimize loss over w using sgd(lr=0.1) for 100", "w",
      ],
      aliases: [
        "learning rate", "step size", "gradient descent", "optimizer", "optimiser", "momentum",
        "loss", "epoch", "batch", "minibatch", "optimization", "minimization", "regression", "rate",
        "learning", "network", "neural network",
      ]),
    Topic(
      name: "mistakes", sentence: "what goes wrong first, and what to write",
      lines: [
        "y = x^2 does not follow x; y := x^2 does",
        "w = w - 0.1*g keeps every step as history; param w = 1 and w -= 0.1*g replace it",
        "= binds, == compares: check grad(y, x) = 2*x, but assert x == 2",
        "1/2x is refused, as it can be read two ways: write 1/(2*x) or x/2",
        "-2^2 is -4; write (-2)^2 for 4; log is the natural logarithm, log10 the other",
        "derive y, x and print w, b have commas; grad(y, x) names what it asks about",
        "sum([1, 2, 3]) takes a list; numbers have a point, never a comma",
        "a dot or a method does nothing: y.backward() is backward(y), np.sin(x) is sin(x)",
      ],
      examples: ["x = 2; y := x^2", "x = 3", "y", "check grad(y, x) = 2*x"],
      aliases: [
        "mistakes of beginners", "beginner mistake", "beginners' mistake", "common mistake",
        "beginner", "pitfall", "error", "trap", "faq", "trouble", "troubleshooting",
      ], isListed: false),
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

extension Topic {
  /// The topic of a word or of several, in the singular or the plural, whatever its capitals.
  static func named(_ words: String) -> Topic? {
    let words = words.lowercased().split(separator: " ").joined(separator: " ")
    return all.first { topic in
      ([topic.name] + topic.aliases).contains {
        $0 == words || $0 == words + "s" || $0 + "s" == words
      }
    }
  }
}
