import Display
import Interpreter

/// Training loops as a script writes them, in a session that is warm.
enum Loops {
  static func run() {
    measure(
      "regression, a step on all samples", steps: 500,
      before: "x = [[1, 2], [2, 1], [3, 4], [4, 3]]; y = [8, 7, 18, 17]; param w = [0, 0]",
      reset: "w = [0, 0]",
      loop: "repeat 500 { w -= 0.01 * grad(sum((x @ w - y)^2), w) }", answer: regression())
    measure(
      "regression, a step a sample", steps: 300,
      before: "xs = [1, 2, 3]; ys = [2, 4, 6]; param w = 1", reset: "w = 1",
      loop: "for epoch in 1...100 { for x, y in zip(xs, ys) { w -= 0.01 * grad((w*x - y)^2, w) } }",
      answer: [samples()])
    measure(
      "regression, minimize", steps: 500,
      before: "x = [[1, 2], [2, 1], [3, 4], [4, 3]]; y = [8, 7, 18, 17]; param w = [0, 0]",
      reset: "w = [0, 0]",
      loop: "minimize sum((x @ w - y)^2) over w using sgd(lr=0.01) for 500", answer: regression())
  }

  private static func measure(
    _ name: String, steps: Int, before: String, reset: String, loop: String, answer: [Double]
  ) {
    var session = Session()
    func run(_ text: String) {
      session.feed(Array("\(text)\n".utf8), name: "-")
      while let outcome = session.next() {
        if case .failure = outcome { check(false, text) }
      }
    }
    run(before)
    run(reset)
    run(loop)
    for (place, number) in answer.enumerated() {
      let entry = answer.count > 1 ? "w[\(place)]" : "w"
      run("assert abs(\(entry) - \(number)) < 1e-12")
    }
    Measurement.report(name, "step", count: steps) {
      run(reset)
      run(loop)
    }
  }

  /// The same descent by hand: w -= 0.01 · 2 xᵀ(x w - y).
  private static func regression() -> [Double] {
    let (x, y) = ([[1.0, 2], [2, 1], [3, 4], [4, 3]], [8.0, 7, 18, 17])
    var w = [0.0, 0]
    for _ in 0..<500 {
      let rest = zip(x, y).map { $0[0] * w[0] + $0[1] * w[1] - $1 }
      for place in 0...1 {
        w[place] -= 0.02 * zip(x, rest).reduce(0) { $0 + $1.0[place] * $1.1 }
      }
    }
    return w
  }

  private static func samples() -> Double {
    var w = 1.0
    for _ in 0..<100 {
      for (x, y) in zip([1.0, 2, 3], [2.0, 4, 6]) { w -= 0.02 * x * (w * x - y) }
    }
    return w
  }
}
