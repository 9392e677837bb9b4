import Testing

@testable import Optimization

@Suite struct OptimizerTests {
  @Test(arguments: Optimizer.all.map(\.name)) func rowIsComplete(_ name: String) throws {
    let row = try #require(Optimizer.named(name))
    #expect(!row.sentence.isEmpty && !row.sentence.hasSuffix("."))
    #expect(row.example.contains(name))
    #expect(Set(row.hyperparameters.map(\.name)).count == row.hyperparameters.count)
    for parameter in row.hyperparameters {
      #expect(parameter.range.holds(parameter.standard), "\(name): \(parameter.name)")
      #expect(!parameter.range.holds(-1) && !parameter.range.holds(.nan))
    }
  }

  /// Every first-order method lowers (x - 3)² + 10(y + 1)² from (0, 0) to less than a hundredth.
  @Test(arguments: Optimizer.all.map(\.name)) func goesDown(_ name: String) throws {
    let row = try #require(Optimizer.named(name))
    guard case .firstOrder = row.method else { return }
    var chosen = Hyperparameters(of: row)
    chosen["lr"] = name == "adagrad" ? 0.5 : 0.02
    var state = OptimizerState()
    var position = [0.0, 0.0]
    for _ in 0..<1000 {
      let gradient = [2 * (position[0] - 3), 20 * (position[1] + 1)]
      Optimizer.step(&position, along: gradient, chosen, &state)
    }
    let loss = (position[0] - 3) * (position[0] - 3) + 10 * (position[1] + 1) * (position[1] + 1)
    #expect(loss < 0.19)
    #expect(state.count == 1000)
  }

  @Test func clippingKeepsDirectionAndLength() {
    #expect(Optimizer.clipping(of: [[3], [4]], to: .infinity) == 1)
    #expect(Optimizer.clipping(of: [[3], [4]], to: 10) == 1)
    #expect(Optimizer.clipping(of: [[3], [4]], to: 1) == 1 / (5 + 1e-6))
  }

  /// On a quadratic the direction is Newton's once as many steps as axes have been seen.
  @Test func limitedMemoryLearnsTheCurvature() {
    var memory = LimitedMemory(history: 10)
    #expect(memory.isEmpty)
    #expect(memory.direction([1, -2]) == [-1, 2])
    // Conjugate moves of f = x² + 5y²: their changes are the Hessian diag(2, 10) times them.
    memory.learn(move: [1, 0], change: [2, 0])
    memory.learn(move: [0, 1], change: [0, 10])
    let direction = memory.direction([4, 5])
    #expect(abs(direction[0] + 2) < 1e-15 && abs(direction[1] + 0.5) < 1e-15)
    memory.learn(move: [1, 0], change: [-1, 0])
    #expect(memory.direction([4, 5]) == direction)
  }

  @Test(arguments: [1e-3, 1, 100]) func lineSearchMeetsTheWolfeConditions(_ first: Double) throws {
    func function(_ x: [Double]) -> Sample {
      let a = x[0]
      // From More and Thuente, 1994, the first test function: -a/(a² + 2).
      let value = -a / (a * a + 2)
      return Sample(
        position: x, value: value, gradient: [(a * a - 2) / ((a * a + 2) * (a * a + 2))])
    }
    let start = function([0])
    let found = try #require(LineSearch(from: start, along: [1]).run(trying: first, function))
      .sample
    #expect(found.value <= start.value - 1e-4 * found.position[0] * 0.5)
    #expect(abs(found.gradient[0]) <= 0.9 * 0.5)
  }

  @Test func lineSearchTurnsBackFromWhereNothingIs() throws {
    func function(_ x: [Double]) -> Sample {
      let inside = 1 - x[0]
      return Sample(
        position: x, value: inside > 0 ? -x[0] + 0.01 / inside : .nan,
        gradient: [-1 + 0.01 / (inside * inside)])
    }
    let found = try #require(
      LineSearch(from: function([0]), along: [1]).run(trying: 8, function)
    ).sample
    #expect(found.value < 0.01 && found.position[0] < 1)
    #expect(LineSearch(from: function([0]), along: [-1]).run(trying: 1, function) == nil)
  }
}
