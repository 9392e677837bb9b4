import TestSupport
import Testing

/// Formulas of random expressions, typed back in, give the numbers of the sweep.
@Suite struct RandomFormulaTests {
  @Test(arguments: 0..<12) func formulasGiveTheNumbersOfGrad(_ seed: Int) throws {
    var random = Randomness(state: UInt64(seed) &* 977 &+ 5)
    var compared = 0
    for _ in 0..<40 {
      let expression = random.expression(depth: 4)
      var player = Player(options: "--script --format value")
      let point = ["x", "y", "z"].map { "\($0) = \(Double(random.next(in: 30...150)) / 100)" }
      _ = player.answer(point.joined(separator: "; "))
      let derived = Derived(player.answer("derive \(expression), x"))
      guard !derived.formula.isEmpty else { continue }
      for definition in derived.definitions { _ = player.answer(definition) }
      let mine = player.answer("value(\(derived.formula))")
      let sweep = player.answer("value(grad(\(expression), x))")
      guard let wanted = Double(sweep.dropLast()), wanted.isFinite, abs(wanted) < 1e6 else {
        continue
      }
      let number = try #require(
        Double(mine.dropLast()), "\(expression) gives \(derived.formula), answered \(mine)")
      compared += 1
      #expect(
        abs(number - wanted) <= 1e-7 * max(1, abs(wanted)),
        "\(point) \(expression) gives \(derived.formula): \(number) against \(wanted)")
    }
    #expect(compared > 15)
  }
}

/// Random expressions over x, y and z, the same in every run.
private struct Randomness {
  var state: UInt64

  mutating func next(in range: ClosedRange<Int>) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return range.lowerBound + Int((state >> 33) % UInt64(range.count))
  }

  private static let functions = [
    "sin", "cos", "tan", "exp", "log", "sqrt", "tanh", "sigmoid", "softplus", "atan", "abs", "relu",
    "sinh", "cosh", "asinh", "cbrt", "log1p", "expm1", "exp2", "log2", "log10", "sign", "floor",
  ]

  private static let leaves = ["x", "x", "x", "y", "z", "2", "3", "0.5", "1", "1.7", "pi", "e"]

  mutating func expression(depth: Int) -> String {
    guard depth > 0, next(in: 0...9) > 0 else {
      return Self.leaves[next(in: 0...Self.leaves.count - 1)]
    }
    let first = expression(depth: depth - 1)
    switch next(in: 0...14) {
    case 0...2: return "(\(first) + \(expression(depth: depth - 1)))"
    case 3: return "(\(first) - \(expression(depth: depth - 1)))"
    case 4...6: return "(\(first) * \(expression(depth: depth - 1)))"
    case 7: return "(\(first) / \(expression(depth: depth - 1)))"
    case 8: return "(\(first))^\(["2", "3", "-1", "0.5", "y", "-2"][next(in: 0...5)])"
    case 9: return "(-\(first))"
    case 10:
      let name = ["max", "min", "hypot", "atan2"][next(in: 0...3)]
      return "\(name)(\(first), \(expression(depth: depth - 1)))"
    case 11:
      let other = expression(depth: depth - 1)
      return "where(\(first) > \(other), \(other), \(expression(depth: depth - 2)))"
    default: return "\(Self.functions[next(in: 0...Self.functions.count - 1)])(\(first))"
    }
  }
}
