@testable import Algebra
import Testing

/// Fractions: exact as long as they fit.
@Suite struct NumberTests {
  @Test(arguments: [
    (4.3, Number.exact(43, 10)), (0.5, .half), (-2, .exact(-2, 1)), (1e-7, .exact(1, 10_000_000)),
    (0.1, .exact(1, 10)), (1.0 / 3, .inexact(1.0 / 3)), (1e300, .inexact(1e300)),
    (123_456.789, .exact(123_456_789, 1000)),
  ])
  func readsDecimals(_ value: Double, _ number: Number) {
    #expect(Number(value) == number)
    #expect(Number(value).double == value)
  }

  @Test func addsAndMultipliesExactly() {
    #expect(Number(0.1) + Number(0.2) == Number(0.3))
    #expect(Number.exact(1, 3) + .exact(1, 6) == .half)
    #expect(Number.exact(2, 3) * .exact(9, 4) == .exact(3, 2))
    #expect(Number.quotient(.one, .exact(-3, 7)) == .exact(-7, 3))
    #expect(Number.quotient(.one, .zero) == nil)
  }

  @Test func overflowsIntoDoubles() {
    let large = Number(Int.max - 1)
    #expect(large * large == .inexact(large.double * large.double))
    #expect(large + large == .inexact(large.double * 2))
    #expect(Number(10).power(30) == nil)
  }

  @Test func takesRootsThatAreExact() {
    #expect(Number(4).exactPower(.half) == Number(2))
    #expect(Number.exact(8, 27).exactPower(.exact(2, 3)) == .exact(4, 9))
    #expect(Number(2).exactPower(.half) == nil)
    #expect(Number(-4).exactPower(.half) == nil)
    #expect(Number(0).exactPower(.minusOne) == nil)
    #expect(Number(2).exactPower(.exact(-3, 1)) == .exact(1, 8))
  }
}
