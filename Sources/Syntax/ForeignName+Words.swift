extension ForeignName {
  /// What to say of a word that opens a statement elsewhere, or that means nothing here.
  package static let words: [String: String] = {
    var words: [String: String] = [
      // Bindings and definitions.
      "auto": "write a = 3", "const": "write a = 3", "dim": "write a = 3", "let": "write a = 3",
      "local": "write a = 3", "my": "write a = 3", "var": "write a = 3",
      "global": "write a = 3: names in blocks are those of the session",
      "elif": "write else if c { b }", "elseif": "write else if c { b }",
      "elsif": "write else if c { b }", "switch": "write if c { a } else { b }",
      "case": "write if c { a } else { b }", "match": "write if c { a } else { b }",
      "unless": "write if not c { a }", "until": "write while not c { a }",
      "do": "write repeat 3 { a }", "loop": "write repeat 3 { a }",
      "foreach": "write for i in 1...3 { a }", "end": "a block ends with '}'",
      "endif": "a block ends with '}'", "fi": "a block ends with '}'",
      "done": "a block ends with '}'",
      "import": imports, "from": imports, "using": imports, "library": imports,
      "require": imports, "include": imports, "load": "write :load file.nabla",
      // Output.
      "cout": output, "disp": output, "display": output, "echo": output, "fprintf": output,
      "printf": output, "println": output, "puts": output, "say": output, "show": output,
      "write": output, "console": output, "cat": output,
      // The session.
      "bye": "write :quit", "q": "write :quit", "logout": "write :quit", "halt": "write :quit",
      "cls": "write :reset to forget all names; ^L clears the screen",
      "clc": "write :reset to forget all names; ^L clears the screen",
      "clear": "write :reset to forget all names; ^L clears the screen",
      "clearvars": "write :reset", "rm": "write :reset", "del": "write :reset",
      "who": "write :vars", "whos": "write :vars", "ls": "write :vars", "dir": "write :vars",
      "man": "write :help sin", "info": "write :help sin", "doc": "write :help sin",
      "lookfor": "write :help sin", "methods": "write :help functions",
      "format": "write :set digits max for all digits", "precision": "write :set digits 10",
      "digits": "write :set digits 10", "scale": "write :set digits 10",
      "tic": "write :time sin(1)", "toc": "write :time sin(1)", "timeit": "write :time sin(1)",
      "more": "output is not paged",
      "hold": "there are no pictures; ':set format csv' is for others",
      "source": "write :load file.nabla", "run": "write :load file.nabla",
      // What there is another way for.
      "graph": "a bare y shows its graph: 'y' alone", "plot": pictures, "draw": pictures,
      "close": pictures, "version": "in a shell, nabla --version says it",
      "figure": pictures, "scatter": pictures, "hist": pictures,
      "table": "a bare y shows the table of its graph: 'y' alone",
      "backprop": "a bare y shows it: the column of ∂ is what backpropagation gives",
      "backpropagate": "a bare y shows it: the column of ∂ is what backpropagation gives",
      "train": "write minimize loss over w", "maximize": "write minimize -y over w",
      "maximise": "write minimize -y over w", "what": alone, "how": alone, "calculate": alone,
      "compute": alone, "please": alone,
      "argmin": "write minimize loss over w", "fminsearch": search, "fminunc": search,
      "fmincon": search, "findminimum": search, "nminimize": search, "optimize": search,
      "optimise": search, "minimise": search, "optim": search, "nlm": search,
      "lm": fitting, "nls": fitting, "polyfit": fitting, "curve_fit": fitting, "lstsq": fitting,
      "linest": fitting, "regress": fitting, "linregress": fitting, "findfit": fitting,
      "lsqcurvefit": fitting, "nlinfit": fitting, "least_squares": fitting,
      "fsolve": roots, "fzero": roots, "roots": roots, "findroot": roots, "nsolve": roots,
      "root_scalar": roots, "brentq": roots, "newton": roots, "uniroot": roots,
      "integrate": integral, "integral": integral, "nintegrate": integral, "quad": integral,
      "trapz": integral, "trapezoid": integral, "quadgk": integral, "cumtrapz": integral,
      "limit": limit, "lim": limit, "series": limit, "taylor": limit,
      "simplify": formula, "expand": formula, "factor": formula, "collect": formula,
      "ratsimp": formula, "fullsimplify": formula, "symbols": formula, "syms": formula,
      "latex": "write derive y, x: its last line is LaTeX",
      "tolatex": "write derive y, x: its last line is LaTeX",
      "eig": matrices, "eigvals": matrices, "eigen": matrices, "eigenvalues": matrices,
      "svd": matrices, "qr": matrices, "lu": matrices, "rank": matrices, "expm": matrices,
      "fft": "there is no transform; sums are written out: sum(v*cos(2*pi*k*range(n)/n))",
      "median": "nothing sorts here; mean(v), min(v), max(v) and std(v) are there",
      "quantile": "nothing sorts here; mean(v), min(v), max(v) and std(v) are there",
      "percentile": "nothing sorts here; mean(v), min(v), max(v) and std(v) are there",
      "sort": "nothing sorts here; mean(v), min(v), max(v) and std(v) are there",
      "sorted": "nothing sorts here; mean(v), min(v), max(v) and std(v) are there",
      "float": numbers, "double": numbers, "real": numbers, "float32": numbers, "float64": numbers,
      "number": numbers, "bool": numbers, "str": "a text takes numbers in braces: \"x is {x}\"",
      "num2str": "a text takes numbers in braces: \"x is {x}\"",
      "sprintf": "a text takes numbers in braces: \"x is {x:.3f}\"",
      "gcd": "write gcd(a, b) = if b == 0 then abs(a) else gcd(b, a % b)",
      "lcm": "write lcm(a, b) = if b == 0 then 0 else abs(a*b)/g(a, b), "
        + "with g(a, b) = if b == 0 then abs(a) else g(b, a % b)",
      "divmod": "write floor(a / b), and a % b for the rest",
      "conj": complex, "imag": complex, "complex": complex, "arg": complex,
    ]
    for word in definitions { words[word] = "write f(x) = x^2" }
    for unit in units { words[unit] = unitHint }
    return words
  }()

  /// Words that open the definition of a function.
  static let definitions: Set<String> = [
    "def", "fn", "fun", "func", "function", "lambda", "proc", "sub",
  ]

  /// Words that ask for something in front of an expression.
  static let requests: Set<String> = [
    "calculate", "compute", "how", "please", "what",
  ]

  /// Units, which a calculator may know and this one does not.
  static let units: Set<String> = [
    "km", "cm", "mm", "kg", "ft", "inch", "inches", "mile", "miles", "usd", "eur", "meter",
    "meters", "minutes", "hours", "celsius", "fahrenheit",
  ]

  package static let unitHint = "there are no units: write the factor, as 2*1000"
  private static let alone = "an expression stands alone: 2 + 2"
  private static let imports = "nothing has to be imported"
  private static let output = "write print a, or print \"a is {a}\""
  private static let pictures =
    "there are no pictures; 'y' alone shows its graph, ':set format csv' is for plotting elsewhere"
  private static let search = "write minimize loss over w"
  private static let fitting = "write fit y ~ a*x + b over a, b"
  private static let roots = "Newton's steps find a root: repeat 9 { x = x - f(x)/f'(x) }"
  private static let integral =
    "write sum(range(0, 1, 0.001)^2)*0.001 for the integral of x^2 from 0 to 1"
  private static let limit = "a number close by shows a limit: sin(1e-6)/1e-6"
  private static let formula = "write derive y, x for a simplified derivative"
  private static let matrices =
    "for matrices there are A @ B, A.T, inv, solve, det, logdet, cholesky, trace and norm"
  private static let numbers = "every number is a double already; trunc(x) cuts it"
  private static let complex = "numbers are real here; a pair is written [re, im]"
}
