import Display
import Interpreter

/// Work on arrays, as scripts that a session runs: a network in training, the gradient of a mixture,
/// and what an operation on a few entries costs.
struct ArrayWork {
  private var session = Session()
  private var renderer = Renderer(options: DisplayOptions())

  /// A session in which a script was run; an assertion that fails ends the benchmark.
  private init(_ script: String) { run(script) }

  private mutating func run(_ script: String) {
    session.feed(Array((script + "\n").utf8), name: "-")
    while let outcome = session.next() { renderer.render(outcome, of: &session) }
    check(renderer.failureCount == 0, "a script failed:\n\(script)")
  }

  /// Measures a statement, so many of which make one run.
  private static func measure(
    _ name: String, _ unit: String, after setup: String, _ statement: String, count: Int
  ) {
    var work = ArrayWork(setup)
    Measurement.report(name, unit, count: count) { work.run("repeat \(count) { \(statement) }") }
  }

  /// A network 784-128-64-10 with relu that learns by heart: softmax cross-entropy of 64 examples
  /// and one step of Adam.
  static func network() {
    let setup = """
      X = value(randn(1024, 784)); T = value(range(1024) % 10)
      param w1 = randn(784, 128) * sqrt(2/784); param b1 = zeros(128)
      param w2 = randn(128, 64) * sqrt(2/128); param b2 = zeros(64)
      param w3 = randn(64, 10) * sqrt(2/64); param b3 = zeros(10)
      net(x) = relu(relu(x @ w1 + b1) @ w2 + b2) @ w3 + b3
      loss(x, t) = cross_entropy(net(x), t)
      opt = adam(lr=0.001); k = 0
      """
    let step = """
      zero_grad(); backward(loss(X[k*64:k*64+64], T[k*64:k*64+64])); step(opt); k = (k + 1) % 16
      """
    let check = "repeat 500 { \(step) }; assert loss(X, T) < 0.01"
    for precision in ["double", "single"] {
      let setup = ":set precision \(precision)\n" + setup
      _ = ArrayWork("\(setup)\n\(check)")
      measure("network, \(precision) precision", "step", after: setup, step, count: 200)
    }
  }

  /// The gradient of the logarithm of a density: 1000 points of 10 numbers, 25 Gaussians whose
  /// matrices are lower triangular, with exponentials on the diagonal.
  static func mixture() {
    let setup = """
      X = value(randn(1000, 10)); D = value(eye(10)); i = value(range(10))
      L = value(reshape(i, 10, 1) > i)
      param al = randn(25); param mu = rand(25, 10)
      param q = randn(25, 10, 1) * 0.5; param r = randn(25, 10, 10) * 0.5
      apart(M) = reshape(X @ reshape(M, 250, 10).T, 1000, 25, 10) - sum(M*reshape(mu, 25, 1, 10), axis=2)
      inner(M) = al + sum(q, axis=[1, 2]) - 0.5*sum(apart(M)^2, axis=2)
      f() = sum(logsumexp(inner(exp(q)*D + r*L), axis=1)) - 1000*logsumexp(al)
      """
    // The derivative along one direction against a difference.
    let check = """
      v = value(randn(25, 10)); slope = value(sum(grad(f(), mu)*v)); m = value(mu); h = 1e-5
      mu = m + h*v; up = value(f()); mu = m - h*v; down = value(f())
      assert abs((up - down)/(2*h) - slope) < 1e-6*abs(slope)
      """
    _ = ArrayWork("\(setup)\n\(check)")
    measure("mixture", "gradient", after: setup, "g = grad(f(), [al, mu, q, r])", count: 100)
  }

  /// What the interpreter and an operation take together where there is little to compute.
  static func small() {
    let setup = "s = value(3); x = value(range(8)); A = value(ones(4, 2)); p = value(ones(2, 1))"
    for statement in ["v = s*s", "v = x*x", "v = x*s", "v = relu(x)", "v = sum(x)", "v = A @ p"] {
      measure("small: \(statement)", "statement", after: setup, statement, count: 50_000)
    }
  }
}
