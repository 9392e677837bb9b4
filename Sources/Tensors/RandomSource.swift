/// Random numbers that are the same on every machine: xoshiro256++ of Blackman and Vigna, 2019.
package struct RandomSource: Hashable, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64) {
    get { (words[0], words[1], words[2], words[3]) }
    set { words = SIMD4(newValue.0, newValue.1, newValue.2, newValue.3) }
  }
  private var words: SIMD4<UInt64>

  /// The numbers of a seed, which splitmix64 spreads over the state as its authors advise.
  package init(seed: UInt64) {
    var mixer = seed
    func next() -> UInt64 {
      mixer &+= 0x9E37_79B9_7F4A_7C15
      var z = mixer
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }
    words = SIMD4(next(), next(), next(), next())
  }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    var (a, b, c, d) = state
    let sum = a &+ d
    let result = (sum << 23 | sum >> 41) &+ a
    let shifted = b << 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = d << 45 | d >> 19
    state = (a, b, c, d)
    return result
  }

  /// A number from 0 to below 1: one of 2⁵³ at equal distances.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A whole number from 0 to below a bound, each as likely (Lemire 2019).
  package mutating func integer(below bound: Int) -> Int {
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// Two independent numbers of the normal distribution, by Marsaglia's polar method.
  ///
  /// The logarithm is computed here: that of the system differs in its last digit between systems.
  package mutating func normalPair() -> (Double, Double) {
    while true {
      let (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
      let square = x * x + y * y
      guard square > 0, square < 1 else { continue }
      let factor = (-2 * RandomSource.logarithm(square) / square).squareRoot()
      return (x * factor, y * factor)
    }
  }

  /// ln x of a normal x by 2·artanh((m - 1)/(m + 1)), in operations that IEEE 754 fixes to the bit.
  private static func logarithm(_ x: Double) -> Double {
    var (exponent, significand) = (Double(x.exponent), x.significand)
    if significand > 1.4142135623730951 {
      (exponent, significand) = (exponent + 1, significand / 2)
    }
    let ratio = (significand - 1) / (significand + 1)
    let square = ratio * ratio
    var sum = 0.0
    for odd in stride(from: 23, through: 1, by: -2) { sum = sum * square + 1 / Double(odd) }
    return exponent * 0.6931471805599453 + 2 * ratio * sum
  }
}

extension Tensor {
  /// Numbers from 0 to below 1.
  package static func uniform(_ shape: Shape, from source: inout RandomSource) -> Tensor {
    Tensor(shape: shape, elements: (0..<shape.count).map { _ in source.uniform() })
  }

  /// Numbers of the normal distribution with mean 0 and deviation 1.
  package static func normal(_ shape: Shape, from source: inout RandomSource) -> Tensor {
    var elements: [Double] = []
    let count = shape.count
    elements.reserveCapacity(count + 1)
    while elements.count < count {
      let pair = source.normalPair()
      elements.append(pair.0)
      elements.append(pair.1)
    }
    elements.removeLast(elements.count - count)
    return Tensor(shape: shape, elements: elements)
  }

  /// The entries along the first axis that the places name, in their order.
  package func taking(_ places: some Collection<Int>) -> Tensor {
    let rest = shape.dimensions.dropFirst()
    let length = rest.reduce(1, *)
    // A slice of a single entry costs many times what the entry does.
    if length == 1 {
      let elements = places.map { self.elements[$0] }
      return Tensor(shape: Shape([places.count] + rest), elements: elements)
    }
    var elements: [Double] = []
    elements.reserveCapacity(places.count * length)
    for place in places { elements += self.elements[place * length..<(place + 1) * length] }
    return Tensor(shape: Shape([places.count] + rest), elements: elements)
  }
}

extension RandomSource {
  /// The numbers below a count in a random order, all orders being as likely (Fisher and Yates).
  package mutating func permutation(_ count: Int) -> [Int] {
    var places = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      places.swapAt(last, integer(below: last + 1))
    }
    return places
  }
}
