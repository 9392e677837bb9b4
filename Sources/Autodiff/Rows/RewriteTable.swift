extension Rewrite {
  /// The forms to look for, of which an earlier one is preferred where several fit a node.
  static func table() -> [Rewrite] {
    exponentials + logarithms + lengths + ofGamma + differences + losses + quotients
  }

  private static let one: Formula = 1
  private static let two: Formula = 2
  private static let growth = Formula.exp(.x)
  private static let decay = Formula.exp(-.x)

  private static func call(_ name: String, _ x: Formula) -> Formula { .call(name, x) }

  private static func square(_ x: Formula) -> [Formula] { [.pow(x, two), x * x] }

  private static func root(_ x: Formula) -> [Formula] { [.sqrt(x), .pow(x, 0.5)] }

  private static var exponentials: [Rewrite] {
    let (falling, rising) = (growth - decay, growth + decay)
    return [
      Rewrite(one / (one + decay), .sigmoid(.x)),
      Rewrite(one / (decay + one), .sigmoid(.x)),
      Rewrite(one / (one + growth), .sigmoid(-.x)),
      Rewrite(one / (growth + one), .sigmoid(-.x)),
      Rewrite(growth / (one + growth), .sigmoid(.x)),
      Rewrite(growth / (growth + one), .sigmoid(.x)),
      Rewrite(falling / rising, call("tanh", .x)),
      Rewrite(.sinh(.x) / .cosh(.x), call("tanh", .x)),
      Rewrite(falling / two, .sinh(.x)),
      Rewrite(growth / call("sum", growth), call("softmax", .x)),
      Rewrite(call("index", growth) / call("sum", growth), call("index", call("softmax", .x))),
      Rewrite(.exp(call("index", .x)) / call("sum", growth), call("index", call("softmax", .x))),
      Rewrite(growth / .exp(.y), .exp(.x - .y), digits: .rough),
    ]
  }

  private static var logarithms: [Rewrite] {
    let softmax = call("softmax", .x)
    let shares = growth / call("sum", growth)
    let arePositive = Formula.both(.x > 0, .y > 0)
    let hasRise = call("sum", .x >= 0) > 0
    return [
      Rewrite(.log(one + growth), call("softplus", .x)),
      Rewrite(.log(growth + one), call("softplus", .x)),
      Rewrite(.log(growth + .exp(.y)), .call("logaddexp", .x, .y)),
      Rewrite(.log(call("sum", growth)), call("logsumexp", .x), digits: .at(hasRise)),
      Rewrite(.log(.sigmoid(.x)), call("log_sigmoid", .x)),
      Rewrite(.log(one / (one + decay)), call("log_sigmoid", .x)),
      Rewrite(.log(one / (decay + one)), call("log_sigmoid", .x)),
      Rewrite(.log(one - .sigmoid(.x)), call("log_sigmoid", -.x)),
      Rewrite(.log(softmax), call("log_softmax", .x)),
      Rewrite(.log(shares), call("log_softmax", .x)),
      Rewrite(.log(call("index", softmax)), call("index", call("log_softmax", .x))),
      Rewrite(.log(call("take", softmax)), call("take", call("log_softmax", .x))),
      Rewrite(.log(call("index", shares)), call("index", call("log_softmax", .x))),
      Rewrite(.log(growth), .x),
      Rewrite(
        .log(.cosh(.x)), .abs(.x) + call("softplus", -2 * .abs(.x)) - .log(2), digits: .rough),
      Rewrite(.log(call("prod", .x)), call("sum", .log(.x)), where: .x > 0, digits: .rough),
      Rewrite(.log(call("det", .x)), call("logdet", .x), digits: .rough),
      Rewrite(.log(.pow(.x, .y)), .y * .log(.x), where: .x > 0, digits: .rough),
      Rewrite(.log(.x * .y), .log(.x) + .log(.y), where: arePositive, digits: .rough),
      Rewrite(.x * .log(.x), call("xlogx", .x)),
      Rewrite(.log(.x) * .x, call("xlogx", .x)),
    ]
  }

  private static var lengths: [Rewrite] {
    let pairs = zip(square(.x), square(.y)).map { $0 + $1 }
    let triples = zip(pairs, square(.z)).map { $0 + $1 }
    let sums = square(.x).map { call("sum", $0) } + [.call("matmul", .x, .x)]
    return square(.x).flatMap(root).map { Rewrite($0, .abs(.x)) }
      + pairs.flatMap(root).map { Rewrite($0, .hypot(.x, .y)) }
      + triples.flatMap(root).map { Rewrite($0, call("norm", .call("stack", .x, .y, .z))) }
      + sums.flatMap(root).map { Rewrite($0, call("norm", .x)) }
      + root(call("var", .x)).map { Rewrite($0, call("std", .x)) }
  }

  private static var ofGamma: [Rewrite] {
    let (a, b) = (call("gamma", .x), call("gamma", .y))
    let beta = a * b / call("gamma", .x + .y)
    let arePositive = Formula.both(.x > 0, .y > 0)
    let (logA, logB) = (call("lgamma", .x), call("lgamma", .y))
    return [
      Rewrite(.log(a), logA, where: .x > 0),
      Rewrite(.log(.call("beta", .x, .y)), .call("lbeta", .x, .y), where: arePositive),
      Rewrite(.log(beta), .call("lbeta", .x, .y), where: arePositive),
      Rewrite(beta, .call("beta", .x, .y), where: arePositive),
      Rewrite(.log(a / b), logA - logB, where: arePositive, digits: .rough),
      Rewrite(a / b, .exp(logA - logB), where: arePositive, digits: .rough),
    ]
  }

  /// Differences of nearly equal terms, and logarithms of what is nearly 1.
  private static var differences: [Rewrite] {
    let squares = square(call("mean", .x)).flatMap { mean in
      square(.x).map { Rewrite(call("mean", $0) - mean, call("var", .x)) }
    }
    return squares + [
      Rewrite(growth - one, call("expm1", .x)),
      Rewrite(one - growth, -call("expm1", .x)),
      Rewrite(.log(one + .x), call("log1p", .x)),
      Rewrite(.log(.x + one), call("log1p", .x)),
      Rewrite(.log(one - .x), call("log1p", -.x)),
      Rewrite(one - call("erf", .x), call("erfc", .x)),
      Rewrite(one - call("erfc", .x), call("erf", .x)),
      Rewrite(one - .sigmoid(.x), .sigmoid(-.x)),
      Rewrite(one - call("tanh", .x), 2 * .sigmoid(-2 * .x)),
      Rewrite(one - .cos(.x), 2 * .pow(.sin(.x / two), two)),
      Rewrite(.cosh(.x) - one, 2 * .pow(.sinh(.x / two), two)),
      Rewrite(.log(.x / (one - .x)), call("logit", .x)),
      Rewrite(.log(.x) - .log(one - .x), call("logit", .x)),
      Rewrite(.sqrt(one + .x) - one, .x / (.sqrt(1 + .x) + 1)),
      Rewrite(.sqrt(.x + one) - one, .x / (.sqrt(1 + .x) + 1)),
      Rewrite(.sqrt(.x + one) - .sqrt(.x), 1 / (.sqrt(.x + 1) + .sqrt(.x))),
    ]
  }

  private static var losses: [Rewrite] {
    // The labels that leave one logarithm of a loss.
    let areHard = Formula.equal(.y * (one - .y), 0)
    let logs = Formula.log(call("softmax", .x))
    return [
      Rewrite(
        .call("bce", .sigmoid(.x), .y), .call("bce_with_logits", .x, .y), digits: .at(areHard)),
      Rewrite(.call("nll", logs, .y), .call("cross_entropy", .x, .y), digits: .rough),
    ]
  }

  private static var quotients: [Rewrite] {
    [
      Rewrite(.sin(.x) / .x, call("sinc", .x)),
      Rewrite(
        call("atan", .x / .y), .call("atan2", .x, .y),
        where: .both(.y >= 0, .call("not_equal", .abs(.x) + .y, 0))),
    ]
  }
}
