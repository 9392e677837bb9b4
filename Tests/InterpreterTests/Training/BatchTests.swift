import Interpreter
import Testing

/// `minimize` with batches: which rows come when, and what is told of them.
@Suite struct BatchTests {
  private static func texts(of script: String, seed: UInt64 = 1) -> [String] {
    var options = Session.Options()
    options.seed = seed
    var session = Session(options: options)
    session.feed(Array("\(script)\n".utf8), name: "test")
    var texts: [String] = []
    while let outcome = session.next() {
      switch outcome {
      case .text(let text): texts.append(text)
      case .failure(let fault): texts.append(fault.diagnostic.message)
      default: break
      }
    }
    return texts
  }

  /// The derivative of w·(number of rows) says how many rows a step saw.
  @Test func theLastBatchOfAnEpochMayBeSmaller() {
    let steps = (1...7).map { steps in
      """
      w = 0
      minimize w*sum(X) over w using sgd(lr=1) batch 4 of X for \(steps)
      print w
      """
    }
    #expect(
      Self.texts(of: "X = ones(10)\nparam w = 0\n" + steps.joined(separator: "\n"))
        == ["-4", "-8", "-10", "-14", "-18", "-20", "-24"])
  }

  /// Powers of two add up to a number that tells which were there.
  @Test(arguments: 1...10) func anEpochSeesEveryRowOnce(_ size: Int) {
    let script = """
      X = 2^range(10)
      param w = 0
      minimize w*sum(X) over w using sgd(lr=1) batch \(size) of X for 3 epochs every 1 epoch
      print w
      """
    #expect(
      Self.texts(of: script)
        == [
          "epoch 1  loss -1.04653e+06", "epoch 2  loss -2.09306e+06",
          "epoch 3  loss -3.13959e+06", "-3069",
        ])
  }

  /// Rows of several arrays stay together, and data that were computed are data, too.
  @Test func rowsStayTogether() {
    let script = """
      Z = reshape(range(12), 6, 2)
      X = Z[:, 0] + 1; Y = 3*X + 1
      param w = 3; param b = 1
      minimize sum((w*X + b - Y)^2) over w, b using sgd(lr=0.01) batch 2 of X, Y for 9
      print w, b
      l = sum((w*X + b - Y)^2)
      minimize l over w, b using sgd(lr=0.01) batch 4 of X, Y for 9
      print w, b
      """
    #expect(Self.texts(of: script) == ["3 1", "3 1"])
  }

  /// A batch of everything is descent without batches, whatever the order.
  @Test func aBatchOfAllRowsIsTheWholeLoss() {
    let script = """
      X = reshape(sin(range(30)), 10, 3); Y = cos(range(10))
      param w = zeros(3)
      loss := mean((X @ w - Y)^2)
      minimize loss over w using adam(lr=0.1) for 25
      first = value(w)
      w = zeros(3)
      minimize loss over w using adam(lr=0.1) batch 10 of X, Y for 25 epochs
      assert_close(w, first, 1e-12)
      print "same"
      """
    #expect(Self.texts(of: script) == ["same"])
  }

  @Test func theSeedDecides() {
    let script = """
      X = reshape(sin(range(60)), 20, 3); Y = cos(range(20))
      param w = zeros(3)
      minimize mean((X @ w - Y)^2) over w using sgd(lr=0.1) batch 3 of X, Y for 50
      print "{w:.17g}"
      """
    #expect(Self.texts(of: script) == Self.texts(of: script))
    #expect(Self.texts(of: script) != Self.texts(of: script, seed: 2))
  }

  /// A goal is looked at after each epoch, over all the data.
  @Test func theGoalIsOverAllTheData() {
    let script = """
      X = [1, 2, 3, 4]
      param w = 4
      minimize w + 0*sum(X) over w using sgd(lr=1) batch 2 of X for 100 until 1
      print w
      """
    #expect(Self.texts(of: script) == ["0"])
  }

  /// The rate may follow the steps made so far.
  @Test func theRateMayChange() {
    let script = """
      X = ones(4)
      param w = 0
      minimize w*sum(X) over w using sgd(lr=10^(-step)) batch 2 of X for 2 epochs
      print w
      """
    #expect(Self.texts(of: script) == ["-2.222"])
  }
}
