import CArrayLoops
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A loop gives in every place what its definition gives, whatever the instruction set and the
/// length.
@Suite struct ArrayLoopTests {
  struct Unary: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let loop: UnaryLoop
    let value: UnaryKernel
  }

  struct Binary: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let loop: BinaryLoop
    let value: BinaryKernel
  }

  static let unary = [
    Unary(testDescription: "negate", loop: array_negate) { -$0 },
    Unary(testDescription: "abs", loop: array_abs) { abs($0) },
    Unary(testDescription: "relu", loop: array_relu) { $0 > 0 || $0.isNaN ? $0 : 0 },
    Unary(testDescription: "sqrt", loop: array_sqrt) { ($0 + 0).squareRoot() },
    Unary(testDescription: "not", loop: array_not) { $0 == 0 ? 1 : 0 },
    Unary(testDescription: "single", loop: array_single) { Double(Float($0)) },
  ]

  static let binary = [
    Binary(testDescription: "add", loop: array_add) { $0 + $1 },
    Binary(testDescription: "subtract", loop: array_subtract) { $0 - $1 },
    Binary(testDescription: "multiply", loop: array_multiply) { $0 * $1 },
    Binary(testDescription: "divide", loop: array_divide) { $0 / $1 },
    Binary(testDescription: "max", loop: array_maximum) { $0.isNaN || $0 >= $1 ? $0 : $1 },
    Binary(testDescription: "min", loop: array_minimum) { $0.isNaN || $0 <= $1 ? $0 : $1 },
    Binary(testDescription: "<", loop: array_less) { $0 < $1 ? 1 : 0 },
    Binary(testDescription: "<=", loop: array_less_equal) { $0 <= $1 ? 1 : 0 },
    Binary(testDescription: ">", loop: array_greater) { $0 > $1 ? 1 : 0 },
    Binary(testDescription: ">=", loop: array_greater_equal) { $0 >= $1 ? 1 : 0 },
    Binary(testDescription: "==", loop: array_equal) { $0 == $1 ? 1 : 0 },
    Binary(testDescription: "!=", loop: array_not_equal) { $0 != $1 ? 1 : 0 },
    Binary(testDescription: "and", loop: array_and) { $0 != 0 && $1 != 0 ? 1 : 0 },
    Binary(testDescription: "or", loop: array_or) { $0 != 0 || $1 != 0 ? 1 : 0 },
  ]

  static let odd: [Double] = [
    0, -0.0, 1, -1, 0.1, -2.5, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 1e308, -1e308,
    3,
  ]

  /// Odd numbers in an order of their own for each stretch.
  static func numbers(_ count: Int, _ stretch: Int) -> [Double] {
    (0..<count).map { odd[$0 * stretch % odd.count] }
  }

  static func bits(_ numbers: [Double]) -> [UInt64] {
    numbers.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
  }

  @Test(arguments: unary, [0, 1, 3, 8, 37, 70])
  func ofOneNumber(_ row: Unary, count: Int) {
    let x = Tensor(shape: Shape([count]), elements: Self.numbers(count, 1))
    let found = Tensor.map(x, loop: row.loop).elements
    #expect(Self.bits(found) == Self.bits(x.elements.map(row.value)))
  }

  @Test(arguments: binary, [1, 3, 8, 37, 70])
  func ofTwoNumbers(_ row: Binary, count: Int) throws {
    let shapes = [([count], [count]), ([count], [1]), ([1], [count]), ([3, count], [3, 1])]
    for (first, second) in shapes {
      let x = Tensor(shape: Shape(first), elements: Self.numbers(Shape(first).count, 1))
      let y = Tensor(shape: Shape(second), elements: Self.numbers(Shape(second).count, 4))
      let found = try Tensor.zip(x, y, loop: row.loop)
      #expect(Self.bits(found.elements) == Self.bits(try Tensor.zip(x, y, row.value).elements))
    }
  }

  @Test(arguments: [1, 3, 8, 37, 70])
  func aChoice(count: Int) throws {
    let shape = Shape([count])
    let condition = Tensor(shape: shape, elements: (0..<count).map { Double($0 % 3) })
    let x = Tensor(shape: shape, elements: Self.numbers(count, 1))
    for y in [Tensor(scalar: 7), Tensor(shape: shape, elements: Self.numbers(count, 4))] {
      for (first, second) in [(x, y), (y, x), (y, y)] {
        let found = try Tensor.zip3(condition, first, second, loop: array_select)
        let truth = try Tensor.zip3(condition, first, second) { $0 != 0 ? $1 : $2 }
        #expect(Self.bits(found.elements) == Self.bits(truth.elements))
      }
    }
  }

  /// Against the C library, whose exponential is rounded right but for a hundredth of a unit.
  @Test func theExponential() {
    let places: [Double] = (0..<20_000).map { (place: Int) -> Double in
      -750 + Double(place) * 0.0735 + 1e-3 / Double(place + 1)
    }
    let edges: [Double] = [709.782712893384, 709.7827128933841, -745.13, -745.14]
    let small: [Double] = places.map { $0 / 1000 }
    let all: [Double] = places + small + edges + Self.odd
    let found = Tensor.map(Tensor(shape: Shape([all.count]), elements: all), loop: array_exp)
    for (place, value) in zip(all, found.elements) {
      let truth: Double = exp(place)
      let isNear = value == truth || abs(value - truth) <= truth.ulp
      #expect(isNear || value.isNaN && truth.isNaN, "exp(\(place))")
    }
  }

  /// Terms that cancel to the last one, in rows of every kind and in columns.
  @Test(arguments: [1, 2, 7, 8, 10, 63, 64, 65, 200])
  func sumsKeepWhatRoundingTakes(size: Int) throws {
    let row = (0..<size).map { $0 == 0 ? 0.1 : $0 % 2 == 1 ? 1e17 : -1e17 }
    let truth = size % 2 == 1 ? 0.1 : 1e17
    let rows = Tensor(
      shape: Shape([19, size]), elements: Array(repeatElement(row, count: 19).joined()))
    #expect(try rows.sum(axes: [1]).elements == Array(repeating: truth, count: 19))
    #expect(try rows.transposed.sum(axes: [0]).elements == Array(repeating: truth, count: 19))
  }

  @Test func sumsOfInfiniteTermsAndOfMinusZero() throws {
    for size in [2, 9, 70] {
      var terms = [Double](repeating: -0.0, count: size)
      #expect(try tensor([size], terms).sum().scalar.sign == .minus)
      terms[size / 2] = .infinity
      #expect(try tensor([size], terms).sum().scalar == .infinity)
      terms[0] = -.infinity
      #expect(try tensor([size], terms).sum().scalar.isNaN)
    }
  }

  @Test(arguments: [1, 5, 8, 9, 24, 31])
  func repeatsEachEntry(times: Int) throws {
    let column = counting([6, 1])
    let wide = try column.broadcast(to: Shape([6, times]))
    #expect(wide.elements == (0..<6 * times).map { Double($0 / times) })
  }

  @Test func looksAtEveryEntry() {
    for place in [0, 1_023, 1_024, 2_999] {
      var entries = [Double](repeating: 1, count: 3_000)
      #expect(!tensor([3_000], entries).hasZero)
      entries[place] = -0.0
      #expect(tensor([3_000], entries).hasZero)
    }
  }

  @Test func settlesZerosAndSeesWhatIsNotFinite() {
    for place in [0, 7, 69] {
      var zeros = tensor([70], [Double](repeating: -0.0, count: 70))
      let isFinite = zeros.settle()
      #expect(isFinite)
      #expect(zeros.elements.allSatisfy { $0.sign == .plus })
      for odd in [Double.infinity, -.infinity, .nan] {
        var entries = [Double](repeating: 1, count: 70)
        entries[place] = odd
        var others = tensor([70], entries)
        let isFinite = others.settle()
        #expect(!isFinite)
      }
    }
  }
}
