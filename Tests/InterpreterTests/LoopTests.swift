import TestSupport
import Testing

/// Loops whose turns a program runs do what the same loops do turn by turn, to the last bit.
@Suite struct LoopTests {
  /// What a script prints, and how many turns a program has run.
  static func answer(_ text: String, _ options: String = "", compiled: Bool) -> (String, Int) {
    var player = Player(options: "--script --digits max \(options)", compilesLoops: compiled)
    let answer = player.answer(text)
    return (answer, player.compiledTurns)
  }

  /// Compares both ways.
  ///
  /// - Returns: how many turns a program has run.
  @discardableResult
  static func compare(_ text: String, _ options: String = "") -> Int {
    let (expected, none) = answer(text, options, compiled: false)
    let (actual, turns) = answer(text, options, compiled: true)
    #expect(none == 0)
    #expect(actual == expected, "\(text)\n\(Golden.difference(expected, actual))")
    return turns
  }

  static let data = """
    x = [[1, 2], [2, 1], [3, 4], [4, 3]]
    y = [8, 7, 18, 17]
    xs = [1, 2, 3]; ys = [2, 4, 6]
    param w = 1; param b = 0.5; param v = [0.25, -0.5]; param m = 0; k = 0.75
    loss := (w*k + b - 3)^2
    f(p, q=2) = p*w + q*b
    g(p, q=1) = if p > 0.5 then sin(p) else p^2*q

    """

  static let ending = "\nprint w, b, v, m, k\nloss\nf(w)\nsum(v*v) + w*b"

  /// Loops that a program can run, and how many turns of them at least.
  @Test(arguments: [
    ("repeat 50 { v -= 0.01 * grad(sum((x @ v - y)^2), v) }", 45),
    ("for e in 1...50 { for x, y in zip(xs, ys) { w -= 0.01 * grad((w*x - y)^2, w) } }", 45),
    ("repeat 50 { w -= 0.1 * grad(loss, w) }", 45),
    ("for i in 1...50 { w -= grad(loss, w) / (10 + i); b -= 0.1 * grad(loss, b) }", 45),
    ("repeat 50 { [gw, gb] = [1, 2]; w -= 0.1 }", 0),
    ("repeat 50 { l = (w - b)^2 + f(w, q=3); w -= 0.05*grad(l, w); b -= 0.05*grad(l, b) }", 45),
    ("repeat 60 { m = 0.9*m + grad(loss, w); w -= 0.02*m }", 50),
    ("i = 0; while w < 2.5 { w -= 0.03 * grad(loss, w) }", 5),
    ("for i in 0..<60 { w -= 0.01 * grad((w*xs[i % 3] - ys[i % 3])^2, w) }", 50),
    ("for i in 0..<60 { v -= 0.01 * grad(sum(v*x[i % 4]) + y[i % 4 - 4]*v[0], v) }", 50),
    ("for i in 1...40 { if i > 20 { w -= 0.01*grad(loss, w) } else { w += 0.01 } }", 25),
    ("for i in 1...100 { w -= 0.01*grad(loss, w); if i % 30 == 0 { print i, w, loss } }", 80),
    ("for i in 1...40 { t = i*w; w -= 0.001*grad(g(t) + g(b), w) }", 20),
    ("repeat 40 { w -= 0.1*grad(max(w, b)^2 + abs(w - 1.2) + relu(b), w) }", 30),
    ("repeat 40 { w -= 0.1*grad(where(w > 0.9, w^2, w^3), w) }", 30),
    ("repeat 40 { p = w; q = stop(p*b); w -= 0.01*grad(p^2*q, p); u = value(w) }", 30),
    ("repeat 40 { o = w; w -= 0.1*grad(loss, w); b = b + 0.01*(w - o) }", 30),
    ("repeat 40 { w -= 0.01*grad(grad(w^4, w)^2, w) }", 30),
    ("repeat 40 { v -= 0.01*grad(sum(softmax(x @ v)) + norm(v) + mean(v^2), v) }", 30),
    (
      "repeat 40 { v -= 0.01*grad(det([[v[0], 1], [2, v[1]]]) + sum(solve([[2, 1], [1, 3]], v)), v) }",
      30
    ),
    (
      "repeat 40 { s = 0; for j in 0..<4 { s = s + (x[j] @ v - y[j])^2 }; v -= 0.001*grad(s, v) }",
      30
    ),
    ("for t in 1...2 { for i in 1...500 { w -= 0.001*(w*i - 3) / i; m = value(w*t) } }", 900),
    (
      "train(n) = { for i in 1...n { l = loss; w -= 0.1*grad(l, w) }; l }; train(30); train(40)",
      55
    ),
    ("repeat 50 { w -= 0.1 * f'(w) * h'(w) }", 0),
    ("h(z) = z^3 + b*z; repeat 50 { w -= 0.01 * h'(w) }", 40),
    ("repeat 50 { w -= 0.01 * hvp(w^4 + b*w, w, 2) }", 0),
    ("repeat 50 { assert w < 5; w += 0.01; no_grad { b = w*2 } }", 0),
    ("for c in ys { w += c }", 0),
    ("for i in 1...50 { w = w % 3 + i % 7 }", 40),
    ("for i in 1...50 { w = 3; b = w + i; w = b - 1 }", 0),
  ])
  func programsChangeNothing(text: String, turns: Int) {
    for options in ["", "--precision single", "--kink left", "--kink error"] {
      let done = Self.compare(Self.data + text + Self.ending, options)
      if options.isEmpty { #expect(done >= turns, "\(text) ran \(done) turns") }
    }
  }
}

extension LoopTests {
  /// A loss that a program evaluates is the same at the same places.
  @Test(arguments: [
    "minimize sum((x @ v - y)^2) over v using sgd(lr=0.01) for 200",
    "minimize loss over w, b", "minimize loss over w using adam(lr=0.1) for 80 every 20",
    "minimize sum((x @ v - y)^2) + loss over v, w, b",
    "minimize g(w) + abs(b - 0.2) over w, b using sgd(lr=0.05/(1 + step)) for 60",
    "minimize max(w, b)^2 + (if w > 0.7 then w else 2*w) + b^2 over w, b using sgd(lr=0.1) for 50",
    "minimize sum(softmax(x @ v)^2) over v for 40",
    "minimize (w - 2)^4 over w using sgd(lr=0.05*abs(w)) for 40",
    "minimize -w^2 over w using sgd(lr=2) for 500",
    "minimize log(w) over w using sgd(lr=0.3) for 500",
    "l = (w - b)^2; minimize l over w using sgd(lr=0.1) for 30",
    "s(n) = { t = 0; for i in 0..<n { t = t + (w*xs[i] - ys[i])^2 }; t }; minimize s(3) over w for 90",
    "fit ys ~ w*xs + b over w, b",
    "for i in 1...4 { w = 1; minimize (w - i)^2 over w using sgd(lr=0.1) for 20; print w }",
  ])
  func minimizationsComeOutAlike(text: String) {
    for options in ["", "--precision single", "--kink middle"] {
      Self.compare(Self.data + text + Self.ending, options)
    }
  }

  static let randomCount = 150

  /// Scripts drawn at random, some of which stop with an error in some turn.
  @Test func randomLoopsComeOutAlike() {
    var turns = 0
    for seed in 1...Self.randomCount {
      var script = LoopScript(seed: seed)
      let options = seed % 5 == 0 ? "--precision single" : seed % 7 == 0 ? "--kink right" : ""
      turns += Self.compare(Self.data + script.text() + Self.ending, options)
    }
    // Most of the loops can be compiled, or this would compare nothing.
    #expect(turns > 10 * Self.randomCount / 4)
  }
}
