import Tensors
import Testing

@Suite struct ShapeTests {
  @Test(arguments: [
    ([], "()"), ([3], "(3,)"), ([2, 3], "(2, 3)"), ([0, 1, 5], "(0, 1, 5)"),
  ])
  func isWrittenAsATuple(dimensions: [Int], text: String) {
    #expect(Shape(dimensions).description == text)
  }

  static let counts: [([Int], Int)] = [
    ([], 1), ([0], 0), ([2, 3], 6), ([1 << 40, 1 << 40], Int.max), ([1 << 62, 1 << 62, 0], 0),
  ]

  @Test(arguments: counts)
  func countsWithoutOverflow(dimensions: [Int], count: Int) {
    #expect(Shape(dimensions).count == count)
  }

  @Test func stridesAreRowMajor() {
    #expect(Shape([2, 3, 4]).rowMajorStrides == [12, 4, 1])
    #expect(Shape.scalar.rowMajorStrides == [])
  }

  @Test func onlyRankZeroIsScalar() {
    #expect(Shape.scalar.isScalar)
    #expect(!Shape([1]).isScalar)
  }

  static let broadcasts: [([Int], [Int], [Int]?)] = [
    ([2, 3], [3], [2, 3]), ([3], [2, 3], [2, 3]), ([3, 1], [2], [3, 2]), ([], [4], [4]),
    ([1, 1], [3], [1, 3]), ([0, 1], [1, 3], [0, 3]), ([1], [0], [0]), ([], [], []),
    ([2, 1, 2], [3, 1], [2, 3, 2]), ([5, 1, 3, 1], [4, 1, 2], [5, 4, 3, 2]),
    ([2, 3], [4], nil), ([2, 3], [2], nil), ([0], [2], nil), ([2, 1], [3, 3, 1], nil),
  ]

  @Test(arguments: broadcasts)
  func broadcastsAsNumPy(a: [Int], b: [Int], result: [Int]?) {
    #expect(Shape.broadcast(Shape(a), Shape(b)) == result.map { Shape($0) })
    #expect(Shape.broadcast(Shape(b), Shape(a)) == result.map { Shape($0) })
  }

  @Test func reducedShapes() throws {
    let shape = Shape([2, 3, 4])
    #expect(try shape.reducedShape(axes: nil, keepingDimensions: false) == .scalar)
    #expect(try shape.reducedShape(axes: nil, keepingDimensions: true) == Shape([1, 1, 1]))
    #expect(try shape.reducedShape(axes: [-1, 0], keepingDimensions: false) == Shape([3]))
    #expect(try shape.reducedShape(axes: [1], keepingDimensions: true) == Shape([2, 1, 4]))
    #expect(try shape.reducedShape(axes: [], keepingDimensions: false) == shape)
  }

  @Test(arguments: [
    [100_000, 100_000], [1_000_000_000], [Int.max, Int.max], [0, 1 << 60, 1 << 60],
  ])
  func refusesBeforeAllocation(dimensions: [Int]) {
    #expect(throws: ShapeError.tooLarge(Shape(dimensions))) { try Shape(checking: dimensions) }
  }

  @Test func operationsRefuseTooLargeResults() {
    let column = Tensor(repeating: 1, shape: Shape([100_000, 1]))
    let row = Tensor(repeating: 1, shape: Shape([100_000]))
    let large = ShapeError.tooLarge(Shape([100_000, 100_000]))
    #expect(throws: large) { try Tensor.zip(column, row) { $0 + $1 } }
    #expect(throws: large) { try Tensor.zip3(row, column, row) { $0 + $1 + $2 } }
    #expect(throws: large) { try row.broadcast(to: Shape([100_000, 100_000])) }
    #expect(throws: large) { try column.matmul(column.transposed) }
    #expect(throws: large) { try Shape.stack([Shape](repeating: row.shape, count: 100_000)) }
  }
}
