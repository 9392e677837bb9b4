import TestSupport
import Testing

/// `derive` by whole arrays: texts known from textbooks, and all of them typed back against `grad`.
@Suite struct DeriveByArrayTests {
  private static let names = """
    x = [1, 2]; A = [[1, 2], [3, 4]]; z = [1, 2, 3]; y = [0, 1, 0]
    X = [[1, 2], [3, 4], [5, 6]]; w = [0.1, 0.2]; t = [1, 0, 1]
    """

  /// By the rules of matrix calculus, as in Petersen and Pedersen, The Matrix Cookbook (2012).
  private static let known = [
    ("x@A@x", "x", "A @ x + A.T @ x"), ("x@x", "x", "2*x"), ("norm(w)^2", "w", "2*w"),
    ("norm(x)", "x", "x/norm(x)"), ("trace(A@A)", "A", "2*A.T"),
    ("logdet(A)", "A", "inv(A).T"), ("det(A)", "A", "det(A)*inv(A).T"),
    ("sum((X@w-t)^2)", "w", "2*X.T @ (X @ w - t)"), ("mse(X@w, t)", "w", "2*X.T @ (X @ w - t)/3"),
    ("mean(bce_with_logits(X@w, t))", "w", "X.T @ (sigmoid(X @ w) - t)/3"),
    ("logsumexp(z)", "z", "softmax(z)"), ("cross_entropy(z, 1)", "z", "softmax(z) - [0, 1, 0]"),
    ("-sum(y*log(softmax(z)))", "z", "softmax(z)*sum(y) - y"),
    ("sum(relu(X@w))", "w", "X.T @ where(X @ w > 0, 1, 0)"), ("sum(y*z)", "y", "z"),
    ("x@inv(A)@x", "A", "-(inv(A).T @ outer(x, x)) @ inv(A).T"),
  ]

  private static let others = [
    ("sum(sigmoid(z))", "z"), ("mean((tanh(X@w) - t)^2)", "w"), ("sum(abs(w))", "w"),
    ("inv(A)[0, 0]", "A"), ("mean((relu(X@w) - t)^2)", "w"), ("sum(A@A@x)", "A"), ("std(z)", "z"),
    ("var(z)", "z"), ("mean(z)", "z"), ("sum(X@w)", "w"), ("sum(exp(A))", "A"),
    ("mse(sigmoid(X@w), t) + 0.1*sum(w^2)", "w"), ("w[0]*w[1]", "w"), ("sum(max(w, 0))", "w"),
    ("-mean(t*log(sigmoid(X@w)) + (1-t)*log(1-sigmoid(X@w)))", "w"),
  ]

  @Test(arguments: known) func isTheTextbooks(_ output: String, _ target: String, _ text: String) {
    #expect(formula(output, target) == text)
  }

  @Test(arguments: known.map { ($0.0, $0.1) } + others)
  func isGradTypedBack(_ output: String, _ target: String) throws {
    let written = try #require(formula(output, target))
    var player = Player(options: "# nabla --format value")
    _ = player.answer(Self.names)
    let answer = player.answer("norm(flatten((\(written)) - grad(\(output), \(target))))")
    let distance = try #require(Double(answer.filter { !$0.isNewline }), "\(written): \(answer)")
    #expect(distance < 1e-14)
  }

  private func formula(_ output: String, _ target: String) -> String? {
    var player = Player(options: "# nabla --format value")
    _ = player.answer(Self.names)
    let line = player.answer("derive \(output), \(target)").split(separator: "\n").first
    return line?.split(separator: " = ", maxSplits: 1).last.map(String.init)
  }
}
