import Interpreter
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
  /// Loops that stop in some turn do so in the same turn with the same words.
  @Test(arguments: [
    "for i in 1...50 { w -= 0.01*grad(loss, w); v = v + [1, 2, 3][i % 3 + i // 40] }",
    "for i in 1...50 { w += 0.1; b = b % (30 - i) }", "for i in 0..<50 { w += [1, 2, 3][i - 4] }",
    "for i in 1...50 { w -= 1/(i - 30); assert w < 5, \"too large\" }",
    "for i in 1...50 { v -= 0.01*(solve([[1, i], [1, 30]], v)) }",
    "for i in 1...50 { w += 0.1; if i > 30 { v = [1, 2, 3] } ; v -= 0.1*[1, 2] }",
    "u = w*2; for i in 1...30 { if i > 9 { w -= 0.1*grad(u, w) }; b += 0.1 }",
    "for i in 1...50 { w += 0.1; if i == 40 { nosuch } }",
    "for i in 1...50 { w += 0.1; if i == 30 { k = 2 }; b = value(k*w) }",
    "for i in 1...50 { w += 0.1; if i == 30 { loss := w }; b -= 0.1*grad(loss, w) }",
    "for i in 1...50 { w += 0.1; if i == 30 { f(p, q=1) = q*p }; b = value(f(w)) }",
    "for i in 1...50 { w += 0.1; if i > 30 { b = value(t) }; t = i*w; if i > 35 { c = t } }",
    "for i in 1...50 { old = w; if i == 25 { old = b }; w = value(w + 0.1); b = value(old*2) }",
    "a = w; for i in 1...50 { if i > 2 { w += 1 }; b = value(a + w) }",
    "for c in xs { for i in 1...20 { w += c; b = c } }; w += c",
    "for i in w*[1, 2, 3, 4, 5, 6, 7, 8, 9, 10] { w += i; b = w*i }",
    "repeat 0 { w += 1 }; repeat 1 { w += 1 }; repeat 2 { w += 1 }; repeat 3 { w += 1 }",
    "for i in 1...20 { w += 1; continue; b = 7 }; for i in 1...20 { w += 1; if w > 30 { break } }",
    "repeat 20 { w += ans }; w; repeat 20 { w += 0.1*ans }", "repeat 30 { v = [v[1], v[0] + 1] }",
    "repeat 9 { x }; repeat 30 { w = -w * 1e40 }", "while 1 { w += 1; if w > 100 { break } }",
    "for i in 1...30 { w = 1 + i*1e-17; b = 0*i; m = -b }", "for i in 1...9 { y at w = i }",
    "for i in 1...30 { w = loss at w = i }",
    "for i in 0..<12 { v -= 0.01*v; s = sin(v[0]) * (f(value(b)) % 3); s = s*2; b -= 0.01*tanh(s) }",
    "w = -0.0; repeat 20 { w = w*1; b = abs(w)*-1 }",
    "repeat 12 { p = xs; xs = ys; ys = p }; sum(xs * ys)",
    "for i in 1...20 { w += 0.1; entry = xs[i] }", "for i in 0..<20 { b += 1; row = x[i] }",
  ])
  func whatDiffersInSomeTurnIsKept(text: String) {
    for options in ["", "--strict"] { Self.compare(Self.data + text + Self.ending, options) }
  }

  /// What a loop that is entered again finds in another state, or what a turn moves about, with what
  /// comes out by the same loops in NumPy.
  @Test(arguments: [
    // A source of its own each time.
    (
      "n = [[1,2,3,4,5,6,7,8,9,10], [2,3,4,5,6,7,8,9,10,11], [20,30,40,50,60,70,80,90,100,110]]\n"
        + "t = 0; for r in 0..<3 { for x in n[r] { t = value(t + x) }; print t }",
      "55\n120\n770\n"
    ),
    // A name that is computed with the leaf that a turn replaces, until it has.
    (
      "s = 2; z = 3*s; for r in 0..<2 { u = s; for i in 0..<20 { if i == 0 { continue }; "
        + "h = u; u = value(h - 0.01*grad((h + z - 1)^2, h)) }; print \"{u:.9f}\" }",
      "-0.523328469\n-0.523328469\n"
    ),
    (
      "param s = 2; z = 3*s; for i in 0..<20 { if i == 0 { continue }; s -= 0.01*grad(s + z, s) }; "
        + "print \"{s:.9f}\"",
      "1.780000000\n"
    ),
    // An entry, and another shape, of an array that is replaced in the same turn.
    (
      "p = [1, 2]; q = 0; t = 0; for i in 1...30 { t = value(t + 0.001*p[1] + q); "
        + "q = value(p[0]); p = value(p*1.1) }; print \"{q:.6f} {t:.6f}\"",
      "15.863093 148.959918\n"
    ),
    (
      "p = [1, 2]; q = [[0, 0]]; t = 0; for i in 1...30 { t = value(t + 0.001*p[1] + q[0,0]); "
        + "q = value(reshape(p, [1, 2])); p = value(p*1.1) }; print \"{q[0,1]:.6f} {t:.6f}\"",
      "31.726186 148.959918\n"
    ),
  ])
  func whatIsReadIsThatOfTheTurn(text: String, expected: String) {
    for isCompiled in [false, true] {
      let (answer, turns) = Self.answer(text, "--quiet", compiled: isCompiled)
      #expect(answer == expected, "\(text)")
      #expect(!isCompiled || turns > 0, "\(text)")
    }
  }

  /// ^C ends a loop between two turns: every name has what the last turn gave it.
  @Test func stopsBetweenTurns() {
    var options = Session.Options()
    (options.digits, options.isInterrupted) = (.shortest, { true })
    var session = Session(options: options)
    let text = "param w = 0\nfor i in 1...1000000000 { w += 1; b = w*2; c = i }\n"
    session.feed(Array("\(text)print w, b, c, grad(b, w)\n".utf8), name: "test")
    var lines: [String] = []
    while let outcome = session.next() {
      if case .failure(let fault) = outcome { lines.append(fault.diagnostic.message) }
      if case .text(let line) = outcome { lines.append(line) }
    }
    #expect(session.compiledTurns > 10_000)
    let turn = session.compiledTurns + 2
    #expect(lines == ["stopped in turn \(turn)", "\(turn) \(2 * turn) \(turn) 2"])
  }

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

  static let randomCount = 250

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
