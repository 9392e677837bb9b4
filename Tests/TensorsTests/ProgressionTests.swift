import Testing

@testable import Tensors

/// How many numbers a range has: against arithmetic with whole numbers of thousandths, millionths and
/// the like, which is exact, for numbers written with few decimals.
@Suite struct ProgressionTests {
  private func count(_ first: Double, _ end: Double, _ step: Double) -> Int? {
    Progression(from: first, to: end, by: step).map { Int($0.count) }
  }

  @Test func countsAsDecimalsDo() throws {
    var state: UInt64 = 1
    func random(_ range: ClosedRange<Int>) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return range.lowerBound + Int(state >> 33) % range.count
    }
    var corrected = 0
    for _ in 0..<20_000 {
      let power = random(-9...3)
      let (first, step) = (random(-500...500), random(1...60) * (random(0...1) == 0 ? 1 : -1))
      // Every other end is met exactly.
      let distance = step * random(0...70) + (random(0...1) == 0 ? 0 : random(-30...30))
      func number(_ whole: Int) throws -> Double { try #require(Double("\(whole)e\(power)")) }
      let numbers = (try number(first), try number(first + distance), try number(step))
      let (quotient, rest) = distance.quotientAndRemainder(dividingBy: step)
      let isPartial = rest != 0 && (rest > 0) == (step > 0)
      let exact = max(0, quotient + (isPartial ? 1 : 0))
      #expect(count(numbers.0, numbers.1, numbers.2) == exact, "\(numbers)")
      let plain = max(0, ((numbers.1 - numbers.0) / numbers.2).rounded(.up))
      if Int(plain) != exact { corrected += 1 }
      for place in 0..<exact {
        let entry = numbers.0 + Double(place) * numbers.2
        #expect(step > 0 ? entry < numbers.1 : entry > numbers.1)
      }
    }
    // Without looking at the decimals these would be wrong.
    #expect(corrected > 100)
  }

  /// A unit in n steps has n entries before its end, by what a division means.
  @Test(arguments: [1.0, 0.7, 3, -2]) func countsPartsOfAWhole(_ whole: Double) {
    for parts in 1...1000 {
      #expect(count(0, whole, whole / Double(parts)) == parts, "\(parts)")
    }
  }

  @Test func countsByHand() {
    #expect(count(0.1, 0.4, 0.1) == 3)
    #expect(count(0, 60e-6, 1e-6) == 60)
    #expect(count(0, 1, 1.0 / 3) == 3)
    #expect(count(1, 0, -1.0 / 3) == 3)
    #expect(count(0, 1e-300, 1e-301) == 10)
    #expect(count(1e16, 1e16 + 10, 4) == 3)
    #expect(count(0, 0.1, 1e-13) == 1_000_000_000_000)
    #expect(count(5, 5, 1) == 0)
    #expect(count(5, 4, 1) == 0)
    #expect(count(0, 5, 0) == nil)
    #expect(count(.nan, 5, 1) == nil)
    // In single precision: 0.1, 0.2, 0.3 before 0.4, and 0, 0.1, 0.2 before 0.3.
    func single(_ number: Double) -> Double { Double(Float(number)) }
    #expect(count(single(0.1), single(0.4), single(0.1)) == 3)
    #expect(count(0, single(0.3), single(0.1)) == 3)
    #expect(count(0, single(0.7), single(0.1)) == 7)
  }
}
