/// A script with a loop whose body is drawn at random.
struct LoopScript {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  private mutating func draw(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 11) % bound
  }

  private mutating func pick(_ texts: [String]) -> String { texts[draw(texts.count)] }

  /// An expression of single numbers, with a name `i` that counts turns.
  private mutating func number(_ depth: Int = 3) -> String {
    guard depth > 0, draw(5) > 0 else {
      return pick([
        "w", "b", "m", "k", "i", "v[0]", "v[i % 2]", "xs[i % 3]", "xs[-1]", "0.5", "2", "loss",
        "stop(w)", "value(b)", "xs[(i + 1) % 3]",
      ])
    }
    let (a, c) = (number(depth - 1), number(depth - 1))
    switch draw(14) {
    case 0: return "(\(a) + \(c))"
    case 1: return "(\(a) - \(c))"
    case 2: return "\(a) * \(c)"
    case 3: return "(\(a)) / (2 + (\(c))^2)"
    case 4: return "sin(\(a))"
    case 5: return "tanh(\(a))^2"
    case 6: return "max(\(a), \(c))"
    case 7: return "(if \(a) > \(c) then \(a) else \(c)/2)"
    case 8: return "where(\(a) < 0.3, \(a), \(c))"
    case 9: return "f(\(a))"
    case 10: return "g(\(a), q=\(c))"
    case 11: return "sum(\(array(depth - 1)) * v)"
    case 12: return "abs(\(a))"
    default: return "(\(a) % 3)"
    }
  }

  /// An expression of arrays of two numbers.
  private mutating func array(_ depth: Int = 2) -> String {
    guard depth > 0, draw(4) > 0 else {
      return pick(["v", "x[i % 4]", "[w, b]", "[1, i]", "x[0]"])
    }
    switch draw(7) {
    case 0: return "(\(array(depth - 1)) + \(number(depth - 1)))"
    case 1: return "\(array(depth - 1)) * \(array(depth - 1))"
    case 2: return "sigmoid(\(array(depth - 1)))"
    case 3: return "x.T @ (x @ \(array(depth - 1)) - y) / 50"
    case 4: return "softmax(\(array(depth - 1)))"
    case 5: return "[\(number(depth - 1)), \(number(depth - 1))]"
    default: return "(\(array(depth - 1)) - v)"
    }
  }

  private mutating func statement(_ depth: Int) -> String {
    switch draw(depth > 0 ? 16 : 12) {
    case 0, 1: return "w -= 0.01 * tanh(grad(\(number()), w))"
    case 2: return "b -= 0.01 * grad(\(number()), b) / (1 + abs(b)^3)"
    case 3: return "v -= 0.01 * tanh(grad(sum(\(array()) * v), v))"
    case 4: return "t = \(number()); m = 0.5*m + 0.1*tanh(grad(t, m) + t)"
    case 5: return "u = \(array()); v -= 0.001 * tanh(grad(sum(u*u), v))"
    case 6: return "w = 0.9*w + 0.1*tanh(\(number()))"
    case 7: return "b += 0.01 * \(pick(["i", "xs[i % 3]", "1"])); p = b"
    case 8: return "k = value(0.5*k + 0.1*tanh(\(number())))"
    case 9: return "old = w; w += 0.001; m = tanh(m + w - old)"
    case 10: return "s = \(number()); \(pick(["", "", "", "s = s*2; "]))b -= 0.01*tanh(s)"
    case 11:
      return pick(["z = i*w", "assert w < 100", "c = b; c += 1", "h = 3", "r = rand(); b += r"])
    case 12: return "for j in 0..<\(1 + draw(4)) { \(body(depth - 1)) }"
    case 13: return "if \(number(1)) > \(number(1)) { \(body(depth - 1)) }"
    case 14:
      return "if i > \(5 + draw(20)) { \(body(depth - 1)) } else { \(body(depth - 1)) }"
    default:
      return
        "if i == \(3 + draw(25)) { \(pick(["print w, m", "b = 1", "error(3)", "k = 2; m", "break"])) }"
    }
  }

  private mutating func body(_ depth: Int) -> String {
    (0...draw(3)).map { _ in statement(depth) }.joined(separator: "; ")
  }

  mutating func text() -> String {
    let body = body(2)
    let turns = pick(["1", "2", "3", "4", "12", "30", "45"])
    return pick([
      "for i in 1...\(turns) { \(body) }", "for i in 0..<\(turns) { \(body) }",
      "i = 0; while i < \(turns) { i = value(i + 1); \(body) }",
      "param i = 0; repeat \(turns) { \(body); i += 1 }",
      "run(n) = { for i in 1...n { \(body) }; w }; run(\(turns)); run(20)",
      "for e in 1...5 { for i in [0, 1, 2, 3, 4, 5, 6, 7] { \(body) } }",
    ])
  }
}
