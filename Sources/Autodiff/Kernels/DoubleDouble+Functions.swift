#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension DoubleDouble {
  static let pi = DoubleDouble(3.141592653589793, 1.2246467991473532e-16)
  private static let logarithmOfTwo = DoubleDouble(0.6931471805599453, 2.3190468138462996e-17)

  /// exp(self) - 1, which keeps its digits near 0.
  ///
  /// The Taylor series of 1/256 of a remainder below ½·log(2), and then eight times
  /// exp(2r) - 1 = p(2 + p).
  var exponentialMinusOne: DoubleDouble {
    let turns = (high / Self.logarithmOfTwo.high).rounded()
    let power = turns == 0 ? self : self - DoubleDouble(turns) * Self.logarithmOfTwo
    let small = DoubleDouble(power.high / 256, power.low / 256)
    var sum = DoubleDouble(1)
    for divisor in stride(from: 10.0, to: 1, by: -1) {
      sum = DoubleDouble(1) + small * sum / DoubleDouble(divisor)
    }
    var result = small * sum
    for _ in 0..<8 { result = result * (DoubleDouble(2) + result) }
    guard turns != 0 else { return result }
    return (DoubleDouble(1) + result).scaled(by: turns) - DoubleDouble(1)
  }

  /// exp(self); 0 or infinity beyond the range of doubles.
  var exponential: DoubleDouble {
    if high.isNaN || high > 710 { return DoubleDouble(exp(high)) }
    guard high > -746 else { return DoubleDouble(0) }
    let turns = (high / Self.logarithmOfTwo.high).rounded()
    let rest = self - DoubleDouble(turns) * Self.logarithmOfTwo
    return (rest.exponentialMinusOne + DoubleDouble(1)).scaled(by: turns)
  }

  /// log(self), by one step of Newton's method.
  var logarithm: DoubleDouble {
    let first = log(high)
    guard first.isFinite else { return DoubleDouble(first) }
    // Powers of 2 apart, so that the exponential neither overflows nor underflows.
    let turns = Double(high.exponent)
    let rest = scaled(by: -turns)
    let guess = log(rest.high)
    let correction = rest * DoubleDouble(-guess).exponential - DoubleDouble(1)
    return DoubleDouble(turns) * Self.logarithmOfTwo + (DoubleDouble(guess) + correction)
  }

  /// log(1 + self), which keeps its digits near 0.
  var logarithmOfOnePlus: DoubleDouble {
    guard abs(high) < 0.5 else { return (DoubleDouble(1) + self).logarithm }
    let first = log1p(high)
    let inverse = DoubleDouble(-first).exponentialMinusOne
    return DoubleDouble(first) + (self + inverse + self * inverse)
  }

  /// sin(π·self) and cos(π·self), for up to a quarter on either side of 0.
  var circularOfHalfTurns: (sine: DoubleDouble, cosine: DoubleDouble) {
    let angle = self * .pi
    let square = angle * angle
    var (sine, cosine) = (DoubleDouble(1), DoubleDouble(1))
    for index in stride(from: 28.0, to: 0, by: -2) {
      sine = DoubleDouble(1) - square * sine / DoubleDouble(index * (index + 1))
      cosine = DoubleDouble(1) - square * cosine / DoubleDouble(index * (index - 1))
    }
    return (angle * sine, cosine)
  }

  private func scaled(by turns: Double) -> DoubleDouble {
    DoubleDouble(scalbn(high, Int32(turns)), scalbn(low, Int32(turns)))
  }
}
