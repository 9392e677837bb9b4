import Autodiff
@testable import Interpreter
import TestSupport
import Testing

/// `check` over the whole table of functions, from 1e-300 to 1e300 on either side of 0.
///
/// What is right is known from elsewhere: `Tests/Truth` has values and derivatives of every row with
/// forty digits, so a mismatch here is a mistake of the differences.
@Suite struct CheckTableTests {
  /// Rows that work number by number.
  static let rows = Primitive.all.filter { row in
    guard case .partials = row.rule else { return false }
    return row.notation != .choice && !row.name.hasPrefix("_")
  }

  private static let magnitudes: [Double] = [
    1e-300, 3e-200, 2.7e-100, 1e-50, 1e-20, 7e-16, 1e-9, 3e-5, 1e-3, 0.01, 0.13, 0.9, 1, 2.5, 7.3,
    31, 150, 700, 1e4, 1e8, 1e12, 1e15, 2.7e16, 1e20, 1e30, 1e50, 7e99, 1e150, 1e200, 1e300,
  ]

  /// Points at which one argument has each magnitude and the others are ordinary.
  private static func points(of row: Primitive) -> [(moved: Int, at: [Double])] {
    row.domain.indices.flatMap { moved in
      magnitudes.flatMap { [$0, -$0] }.flatMap { value in
        (row.arity == 1 ? [0.4] : [0.4, 0.9]).map { part in
          var point = row.domain.map { $0.lowerBound + part * ($0.upperBound - $0.lowerBound) }
          point[moved] = value
          return (moved, point)
        }
      }
    }
  }

  /// The values of a row where one argument is moved.
  private static func function(_ row: PrimitiveID, _ moved: Int, at point: [Double])
    -> (Double) -> Double
  {
    var graph = Graph()
    let others = point.map { graph.constant($0) }
    let count = graph.count
    return { shift in
      defer { graph.truncate(to: count) }
      var operands = others
      operands[moved] = graph.constant(point[moved] + shift)
      return (try? graph.apply(row, operands)).map { graph.scalar(of: $0) } ?? .nan
    }
  }

  /// What a comparison is asked at a point; nil where the function refuses it.
  private static func question(_ id: PrimitiveID, _ moved: Int, at point: [Double])
    -> Comparison.Question?
  {
    var graph = Graph()
    let inputs = point.map { graph.input($0) }
    guard let node = try? graph.apply(id, inputs) else { return nil }
    var sweep = NumericSweep()
    guard sweep.run(from: node, in: graph) else { return nil }
    let slope = sweep.partial(inputs[moved])
    return Comparison.Question(
      reverse: slope, forward: slope, value: graph.scalar(of: node), size: abs(point[moved]),
      noise: 2 * graph.scalar(of: node).ulp, marks: graph.marks(of: node),
      isStepped: id.row.isStepped)
  }

  @Test(arguments: rows) func noRightDerivativeIsCalledWrong(_ row: Primitive) throws {
    let id = try #require(Primitive.named(row.name))
    var settled = 0
    for (moved, point) in Self.points(of: row) {
      guard let question = Self.question(id, moved, at: point) else { continue }
      let comparison = Comparison(question, function: Self.function(id, moved, at: point))
      #expect(
        comparison.verdict != .mismatch,
        "\(row.name) at \(point), by argument \(moved): \(question.reverse), \(comparison)")
      if comparison.verdict == .ok { settled += 1 }
    }
    #expect(settled > 2)
  }

  /// Where differences see a thousandth of a derivative, one that is wrong by so much is found, and
  /// so are a wrong sign, a lost factor and a derivative that is not there.
  @Test(arguments: rows) func everyWrongDerivativeIsFound(_ row: Primitive) throws {
    let id = try #require(Primitive.named(row.name))
    var found = 0
    for (place, (moved, point)) in Self.points(of: row).enumerated() where place % 5 == 0 {
      guard let question = Self.question(id, moved, at: point), question.reverse != 0 else {
        continue
      }
      let function = Self.function(id, moved, at: point)
      let right = Comparison(question, function: function)
      guard right.verdict == .ok, question.marks.isEmpty,
        right.difference.error < 1e-5 * abs(question.reverse)
      else { continue }
      for factor in [1.001, -1, 2, 0] {
        let wrong = Comparison.Question(
          reverse: factor * question.reverse, forward: factor * question.reverse,
          value: question.value, size: question.size, noise: question.noise,
          isStepped: question.isStepped)
        let comparison = Comparison(wrong, function: function)
        #expect(
          comparison.verdict == .mismatch,
          "\(row.name) at \(point), argument \(moved): \(factor)·\(question.reverse), \(comparison)"
        )
      }
      found += 1
    }
    // Steps have a slope of 0 wherever they have one.
    if case .partials(let partials) = row.rule, partials.contains(where: { $0 != .none }),
      !["step", "where"].contains(row.name)
    {
      #expect(found > 2)
    }
  }

  /// Rows that work on whole arrays, each in an expression that gives a number.
  private static let arrays = [
    "sum": "sum(x * c)", "mean": "mean(x * c)", "prod": "prod(x)", "var": "var(x)",
    "std": "std(x, ddof=1)", "norm": "norm(x)", "logsumexp": "logsumexp(x)",
    "cumsum": "sum(cumsum(x) * c)", "_amax": "max(x)", "_amin": "min(x)",
    "softmax": "softmax(x)[0]", "log_softmax": "log_softmax(x)[2]", "mse": "mse(x, c)",
    "mae": "mae(x, c)", "huber": "huber(x, c, delta=0.7)",
    "bce": "bce(abs(x)/(1 + abs(x)), [1, 0, 1, 0])",
    "bce_with_logits": "bce_with_logits(x, [1, 0, 1, 0])",
    "cross_entropy": "cross_entropy([x, c], [0, 3])", "nll": "nll([x, c], [0, 3])",
    "matmul": "c @ x", "transpose": "sum(reshape(x, 2, 2).T @ c[:2])",
    "_reshape": "reshape(x, 2, 2)[0, 1]", "flatten": "flatten(x)[2]", "concat": "concat(x, c)[1]",
    "stack": "sum([x, c] @ c)", "_permute": "sum(transpose(reshape(x, 2, 2), [1, 0]) @ c[:2])",
    "_stack": "sum(stack(x, c, axis=1)[:, 0])", "diag": "sum(diag(x) @ c)",
    "trace": "trace(reshape(x, 2, 2))", "outer": "sum(outer(x, c) @ c)",
    "full": "sum(full([3], x[0]))", "linspace": "linspace(x[0], x[1], 5)[2]",
    "index": "x[1] * x[2]", "take": "sum(x[[0, 2, 0]])", "_set": "sum(set(x, 1, 5) * c)",
    "solve": "sum(solve(reshape(x, 2, 2), [1, 2]))", "inv": "inv(reshape(x, 2, 2))[0, 1]",
    "det": "det(reshape(x, 2, 2))", "logdet": "logdet(diag(x * x))",
    "cholesky": "sum(cholesky(diag(x * x)))", "shuffle": "sum(shuffle(x) * c)",
    "where": "sum(where(c > 1, x, 0))", "hypot": "sum(hypot(x, c))", "dot": "dot(x, c)",
    "norm of order 1": "norm(x, ord=1)", "norm of order inf": "norm(x, ord=inf)",
  ]

  @Test(
    arguments: Primitive.all.filter { row in
      guard case .pullback = row.rule else { return false }
      return !row.callableNames.isEmpty && !row.name.contains("range")
    })
  func everyRowOnArraysHasAnExpression(_ row: Primitive) {
    #expect(Self.arrays[row.name] != nil)
  }

  @Test(arguments: arrays.keys.sorted()) func noRightGradientIsCalledWrong(_ name: String) throws {
    let expression = try #require(Self.arrays[name])
    var settled = 0
    for scale in [1e-300, 1e-150, 1e-60, 1e-20, 1e-8, 1e-3, 1, 40, 1e8, 1e20, 1e60, 1e150, 1e300] {
      for sign in [1.0, -1] {
        var player = Player(options: "--script")
        let entries = [1, 2.5, -1.5, 0.7].map { "\(sign * scale * $0)" }.joined(separator: ", ")
        _ = player.answer("c = value([0.3, 1.7, -0.6, 2.1]); x = [\(entries)]")
        let answer = player.answer("check \(expression)")
        #expect(!answer.contains("mismatch"), "\(expression) at \(sign * scale)\n\(answer)")
        if answer.contains(" ok") { settled += 1 }
      }
    }
    #expect(settled > 2, "\(expression)")
  }
}
