import Testing

@testable import Optimization

/// The parts of a search, on cases that are solved by hand.
@Suite struct DescentTests {
  @Test func eigenvaluesOfASmallMatrix() throws {
    let found = Eigenvalues(of: [[2, 1, 0], [1, 2, 0], [0, 0, -5]])
    let values = found.values.sorted()
    for (value, right) in zip(values, [-5.0, 1, 3]) { #expect(abs(value - right) < 1e-14) }
    let place = try #require(found.values.firstIndex { $0 > 2.5 })
    let vector = found.vectors[place]
    #expect(abs(abs(vector[0]) - 0.5.squareRoot()) < 1e-14 && abs(vector[0] - vector[1]) < 1e-14)
  }

  @Test func shortestVectorOfAHull() {
    var hull = Hull()
    hull.add([1, 1])
    #expect(hull.shortest() == [1, 1])
    hull.add([1, -1])
    #expect(abs(hull.shortest()[0] - 1) < 1e-15 && abs(hull.shortest()[1]) < 1e-15)
    // 0 lies within: ½(1, 0) + ½(-1, 0), say.
    hull.add([-3, 0.5])
    #expect(hull.shortest().allSatisfy { abs($0) < 1e-14 })
  }

  /// Newton's step for a quadratic ends at its minimum, whatever the units.
  @Test(arguments: [1, 1e10, 1e-10]) func stepsOfNewton(_ unit: Double) throws {
    let here = Sample(position: [0, 0], value: 0, gradient: [-2, -4 / unit])
    let matrix = [2, 1 / unit, 1 / unit, 3 / unit / unit]
    let bends = try #require(Bends(at: here) { _, _ in matrix })
    // 2x + y = 2, x + 3y = 4.
    let step = try #require(bends.step(against: here.gradient))
    #expect(abs(step[0] - 0.4) < 1e-14 && abs(step[1] / unit - 1.2) < 1e-14)
    let long = Curvature(bends, at: here).step(upTo: .infinity).step
    #expect(abs(long[0] - 0.4) < 1e-13 && abs(long[1] / unit - 1.2) < 1e-13)
    let saddle = Bends(at: here) { _, _ in [1, 2, 2, 1] }
    #expect(saddle?.step(against: [1, 1]) == nil)
  }

  /// How searches end on a·x², a·cos x, a·x and a·|x - 1|, with losses that large and that small.
  @Test(arguments: [1, 1e200, 1e-200]) func endsAreTold(_ a: Double) {
    #expect(end(from: 3, { (a * $0 * $0, 2 * a * $0) }, { _ in 2 * a }) == .minimum)
    #expect(end(from: 0, { (a - a * $0 * $0, -2 * a * $0) }, { _ in -2 * a }) == .maximum)
    #expect(end(from: 0, { (a * $0, a) }, { _ in 0 }) == .endless)
    #expect(
      end(from: 3, { (a * abs($0 - 1), $0 > 1 ? a : $0 < 1 ? -a : 0) }, { _ in 0 }) == .minimum)
    #expect(end(from: 2, { _ in (a, 0) }, { _ in 0 }) == .flat)
  }

  private func end(
    from start: Double, _ function: (Double) -> (Double, Double), _ bend: (Double) -> Double
  ) -> Descent.Verdict? {
    func sample(_ x: [Double]) -> Sample {
      let (value, slope) = function(x[0])
      return Sample(position: x, value: value, gradient: [slope])
    }
    var descent = Descent(from: sample([start]), groups: [0..<1], history: 20)
    for _ in 0..<1000 {
      let progress = descent.advance(trying: 1, sample) { x, _ in [bend(x[0])] }
      if case .ended(let verdict) = progress { return verdict }
    }
    return nil
  }
}
