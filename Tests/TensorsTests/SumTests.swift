import Tensors
import Testing

@Suite struct SumTests {
  static let sums: [([Int]?, [Int], [Double])] = [
    (nil, [], [276]),
    ([0], [3, 4], [12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34]),
    ([1], [2, 4], [12, 15, 18, 21, 48, 51, 54, 57]),
    ([2], [2, 3], [6, 22, 38, 54, 70, 86]),
    ([-1], [2, 3], [6, 22, 38, 54, 70, 86]),
    ([0, 2], [3], [60, 92, 124]),
    ([-1, 0], [3], [60, 92, 124]),
    ([1, 2], [2], [66, 210]),
    ([0, 1], [4], [60, 66, 72, 78]),
  ]

  @Test(arguments: sums)
  func sumsOverAxes(axes: [Int]?, dimensions: [Int], elements: [Double]) throws {
    let terms = counting([2, 3, 4])
    #expect(try terms.sum(axes: axes) == tensor(dimensions, elements))
    let kept = try terms.sum(axes: axes, keepingDimensions: true)
    #expect(kept.elements == elements)
    #expect(kept.shape == (try terms.shape.reducedShape(axes: axes, keepingDimensions: true)))
  }

  @Test func sumsOfNothingAreZero() throws {
    #expect(try tensor([0], []).sum() == Tensor(scalar: 0))
    #expect(try tensor([2, 0], []).sum(axes: [1]) == tensor([2], [0, 0]))
    #expect(try tensor([2, 0], []).sum(axes: [0]) == tensor([0], []))
    #expect(try counting([2]).sum(axes: []) == counting([2]))
  }

  static let widenings: [([Int], [Int])] = [
    ([3], [2, 3]), ([], [4]), ([], [2, 3]), ([3, 1], [3, 2]), ([1, 1], [2, 3]),
    ([2, 1, 2], [2, 5, 2]), ([1, 3, 1], [4, 2, 3, 2]), ([1], [0]),
    ([2, 3], [2, 3]), ([5, 1, 1, 2], [5, 3, 4, 2]),
  ]

  /// ⟨broadcast x, y⟩ = ⟨x, sum y⟩ for all x and y: the one is the transpose of the other.
  @Test(arguments: widenings)
  func sumToAShapeIsTheTransposeOfBroadcasting(narrow: [Int], wide: [Int]) throws {
    var numbers = Sequence64(seed: 7)
    let x = random(narrow, using: &numbers)
    let y = random(wide, using: &numbers)
    let back = y.sum(to: x.shape)
    #expect(back.shape == x.shape)
    #expect(inner(try x.broadcast(to: y.shape), y) == inner(x, back))
  }

  @Test(arguments: [[1_000_000], [1_000_000, 1], [1, 1_000_000], [500_000, 2]])
  func aMillionTermsStayExact(dimensions: [Int]) throws {
    let tenths = Tensor(repeating: 0.1, shape: Shape(dimensions))
    // The double nearest to a million times the double 0.1; a plain sum is 100000.00000133.
    #expect(try tenths.sum().scalar == 100000)
    let columns = try tenths.sum(axes: [0])
    #expect(columns.elements.allSatisfy { $0 == 0.1 * Double(dimensions[0]) })
  }

  @Test(arguments: [3, 8, 9, 15, 16, 100])
  func cancellationLosesNothing(count: Int) throws {
    var elements = [Double](repeating: 0.5, count: count)
    elements[0] = 1e100
    elements[count / 2] = -1e100
    #expect(try tensor([count], elements).sum().scalar == 0.5 * Double(count - 2))
  }

  @Test(arguments: [2, 5, 40])
  func infinitiesAndSignsSurvive(count: Int) throws {
    func sum(_ value: Double, last: Double) throws -> Double {
      let elements = [Double](repeating: value, count: count - 1) + [last]
      return try tensor([count], elements).sum().scalar
    }
    #expect(try sum(1, last: .infinity) == .infinity)
    #expect(try sum(.infinity, last: .infinity) == .infinity)
    #expect(try sum(.infinity, last: -.infinity).isNaN)
    #expect(try sum(1, last: .nan).isNaN)
    #expect(try sum(.greatestFiniteMagnitude, last: .greatestFiniteMagnitude) == .infinity)
    #expect(try sum(-0.0, last: -0.0).sign == .minus)
    #expect(try sum(-0.0, last: 0).sign == .plus)
  }
}
