@testable import Interpreter
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Differences against derivatives that are known.
@Suite struct DifferenceTests {
  private let steps = DifferenceSteps(size: 1, value: 1, slope: 1)

  private struct Case: Sendable {
    let name: String
    let value: @Sendable (Double) -> Double
    let slope: Double
    var digits = 1e-10
  }

  private static let cases = [
    Case(name: "sin", value: { sin(0.7 + $0) }, slope: cos(0.7)),
    Case(name: "exp of much", value: { exp(700 * (0.7 + $0)) }, slope: 700 * exp(490)),
    Case(name: "fast waves", value: { sin(1000 * $0) }, slope: 1000),
    Case(name: "cube at 0", value: { $0 * $0 * $0 }, slope: 0),
    Case(name: "next to a corner", value: { abs($0 + 1e-5) }, slope: 1),
    Case(name: "a line", value: { 3 * $0 + 1e6 }, slope: 3, digits: 1e-9),
    Case(name: "a constant", value: { _ in 4 }, slope: 0),
    Case(name: "next to the edge", value: { log($0 + 1e-4) }, slope: 1e4, digits: 1e-8),
  ]

  @Test func findsTheSlopeAndBoundsItsError() {
    for item in Self.cases {
      let difference = Difference(.both, steps: steps, noise: 0, of: item.value)
      let error = abs(difference.value - item.slope)
      #expect(error <= item.digits * max(1e-4, abs(item.slope)), "\(item.name): \(difference)")
      #expect(error <= 10 * difference.error, "\(item.name): \(difference)")
      #expect(difference.step > 0)
    }
  }

  @Test func looksToOneSide() {
    let left = Difference(.left, steps: steps, noise: 0) { abs($0) + sin($0) }
    let right = Difference(.right, steps: steps, noise: 0) { abs($0) + sin($0) }
    #expect(abs(left.value) < 1e-9)
    #expect(abs(right.value - 2) < 1e-9)
    let edge = Difference(.right, steps: steps, noise: 0) { $0 < 0 ? .nan : $0 * sqrt($0) + 2 * $0 }
    #expect(abs(edge.value - 2) < 1e-3)
  }

  @Test func saysWhereThereIsNone() {
    let none = Difference(.both, steps: steps, noise: 0) { $0 < 0 ? .nan : $0 }
    #expect(none.error == .infinity)
    #expect(none.value.isNaN)
  }
}
