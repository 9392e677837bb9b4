import Tensors
import Testing

@Suite struct RandomSourceTests {
  /// Computed by another program from the authors' description of the two generators.
  @Test func bitsAreThoseOfTheGenerator() {
    var source = RandomSource(seed: 42)
    let bits = (0..<5).map { _ in source.next() }
    #expect(
      bits == [
        0xD0764D4F4476689F, 0x519E4174576F3791, 0xFBE07CFB0C24ED8C, 0xB37D9F600CD835B8,
        0xCB231C3874846A73,
      ])
  }

  @Test func uniformNumbersFillTheInterval() {
    var source = RandomSource(seed: 1)
    let numbers = Tensor.uniform(Shape([100_000]), from: &source).elements
    #expect(numbers.allSatisfy { 0 <= $0 && $0 < 1 })
    // Five standard errors of the mean and of the variance.
    let mean = numbers.reduce(0, +) / 1e5
    #expect(abs(mean - 0.5) < 5 * 0.2887 / 316)
    let spread = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1e5
    #expect(abs(spread - 1 / 12.0) < 5 * 0.0745 / 316)
  }

  @Test func normalNumbersHaveTheirMoments() {
    var source = RandomSource(seed: 1)
    let numbers = Tensor.normal(Shape([100_001]), from: &source).elements
    #expect(numbers.count == 100_001)
    let powers = (1...4).map { power in
      numbers.reduce(0) { sum, x in sum + (0..<power).reduce(1) { part, _ in part * x } } / 1e5
    }
    for (power, (moment, error)) in zip(powers, [(0, 1.0), (1, 1.42), (0, 3.88), (3, 9.8)]) {
      #expect(abs(power - Double(moment)) < 5 * error / 316)
    }
  }

  @Test func everyOrderIsAsLikely() {
    var source = RandomSource(seed: 3)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 { counts[source.permutation(3), default: 0] += 1 }
    #expect(counts.count == 6)
    // 1000 ± 5 standard deviations.
    #expect(counts.values.allSatisfy { abs($0 - 1000) < 145 })
  }

  /// The logarithm in them is one of ours.
  @Test func normalNumbersAreRight() {
    var source = RandomSource(seed: 42)
    let pair = source.normalPair()
    // From the same bits in 40 digits; the last bit may differ.
    #expect(abs(pair.0 / 0.9813983900724985 - 1) < 4e-16)
    #expect(abs(pair.1 / -0.565720104673956 - 1) < 4e-16)
  }
}
