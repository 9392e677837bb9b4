import Tensors
import Testing

@Suite struct ShapeErrorTests {
  static let messages: [(ShapeError, String, String)] = [
    (
      .doNotBroadcast([Shape([2, 3]), Shape([4])]),
      "shapes (2, 3) and (4,) do not broadcast: the last axis is 3 and 4",
      "A (2, 3) and v (4,) do not broadcast: the last axis is 3 and 4"
    ),
    (
      .doNotBroadcast([Shape([2, 3]), Shape([4, 3])]),
      "shapes (2, 3) and (4, 3) do not broadcast: axis 0 is 2 and 4",
      "A (2, 3) and v (4, 3) do not broadcast: axis 0 is 2 and 4"
    ),
    (
      .doNotBroadcast([Shape([5, 2, 3]), Shape([4, 1])]),
      "shapes (5, 2, 3) and (4, 1) do not broadcast: axis -2 is 2 and 4",
      "A (5, 2, 3) and v (4, 1) do not broadcast: axis -2 is 2 and 4"
    ),
    (
      .doNotBroadcast([Shape([2]), Shape([3]), Shape([1])]),
      "shapes (2,), (3,) and (1,) do not broadcast: the last axis is 2, 3 and 1",
      "A (2,), v (3,) and (1,) do not broadcast: the last axis is 2, 3 and 1"
    ),
    (
      .doesNotBroadcast(Shape([3]), to: Shape([2, 1])),
      "shape (3,) does not broadcast to (2, 1): the last axis is 3 and 1",
      "A (3,) does not broadcast to (2, 1): the last axis is 3 and 1"
    ),
    (
      .doesNotBroadcast(Shape([1, 3]), to: Shape([3])),
      "shape (1, 3) does not broadcast to (3,): it has more axes",
      "A (1, 3) does not broadcast to (3,): it has more axes"
    ),
    (
      .innerSizesDiffer(Shape([2, 3]), Shape([2, 2])),
      "(2, 3) @ (2, 2): the inner sizes 3 and 2 differ",
      "A (2, 3) @ v (2, 2): the inner sizes 3 and 2 differ"
    ),
    (
      .notMatrices(Shape([2]), .scalar),
      "(2,) @ (): a matrix product takes vectors and matrices, for a number use '*'",
      "A (2,) @ v (): a matrix product takes vectors and matrices, for a number use '*'"
    ),
    (
      .notMatrices(Shape([1, 2, 2]), Shape([2])),
      "(1, 2, 2) @ (2,): a matrix product takes vectors and matrices",
      "A (1, 2, 2) @ v (2,): a matrix product takes vectors and matrices"
    ),
    (
      .indexOutOfRange(5, axis: 0, Shape([3])),
      "index 5 is out of range for axis 0 of size 3 (-3 ... 2)",
      "index 5 is out of range for axis 0 of A, of size 3 (-3 ... 2)"
    ),
    (
      .indexOutOfRange(0, axis: 1, Shape([2, 0])),
      "index 0 is out of range for axis 1 of size 0 (it is empty)",
      "index 0 is out of range for axis 1 of A, of size 0 (it is empty)"
    ),
    (
      .tooManyIndices(3, Shape([2, 3])),
      "3 indices for (2, 3), which has 2 axes", "3 indices for A (2, 3), which has 2 axes"
    ),
    (
      .tooManyIndices(1, .scalar), "this is a number and has no entries",
      "A is a number and has no entries"
    ),
    (.zeroStep, "the step of a slice is 0", "the step of a slice is 0"),
    (
      .axisOutOfRange(2, Shape([2, 3])),
      "axis 2 is out of range for (2, 3) (-2 ... 1)",
      "axis 2 is out of range for A (2, 3) (-2 ... 1)"
    ),
    (
      .axisOutOfRange(0, .scalar), "this is a number and has no axes",
      "A is a number and has no axes"
    ),
    (
      .axisGivenTwice(-1, Shape([2, 3])), "axis -1 of (2, 3) is given twice",
      "axis -1 of A (2, 3) is given twice"
    ),
    (
      .doesNotFill(Shape([2, 3]), Shape([4])),
      "(2, 3) has 6 entries, (4,) takes 4", "A (2, 3) has 6 entries, (4,) takes 4"
    ),
    (.negativeSize([2, -1]), "size -1 is negative", "size -1 is negative"),
    (
      .tooLarge(Shape([100_000, 100_000])),
      "shape (100000, 100000) takes 80 GB, an array must stay below 8 GB",
      "shape (100000, 100000) takes 80 GB, an array must stay below 8 GB"
    ),
  ]

  @Test(arguments: messages)
  func saysWhatDiffers(error: ShapeError, plain: String, named: String) {
    #expect(error.description == plain)
    #expect(error.message(["", ""]) == plain)
    #expect(error.message(["A", "v"]) == named)
  }

  static let raggedRows: [([[Int]], String)] = [
    ([[2], [1]], "row 2 has 1 entry, expected 2"),
    ([[2], [2], [3]], "row 3 has 3 entries, expected 2"),
    ([[], [1]], "row 2 has 1 entry, expected a number"),
    ([[1], []], "row 2 is a number, expected 1 entry"),
    ([[2, 2], [2, 1]], "row 2 has shape (2, 1), expected (2, 2)"),
    ([[2, 2], []], "row 2 is a number, expected shape (2, 2)"),
  ]

  @Test(arguments: raggedRows)
  func namesTheRaggedRow(rows: [[Int]], message: String) {
    let error = #expect(throws: ShapeError.self) { try Tensor.stack(rows.map(counting)) }
    #expect(error?.description == message)
  }

  @Test func operationsThrowThem() {
    let (a, b) = (counting([2, 3]), counting([4]))
    #expect(throws: ShapeError.doNotBroadcast([a.shape, b.shape])) {
      try Tensor.zip(a, b) { $0 + $1 }
    }
    #expect(throws: ShapeError.doNotBroadcast([a.shape, b.shape, a.shape])) {
      try Tensor.zip3(a, b, a) { $0 + $1 + $2 }
    }
    #expect(throws: ShapeError.innerSizesDiffer(a.shape, b.shape)) { try a.matmul(b) }
    #expect(throws: ShapeError.notMatrices(a.shape, .scalar)) { try a.matmul(Tensor(scalar: 2)) }
    #expect(throws: ShapeError.doesNotFill(a.shape, b.shape)) { try a.reshaped(to: b.shape) }
    #expect(throws: ShapeError.axisOutOfRange(-3, a.shape)) { try a.sum(axes: [-3]) }
    #expect(throws: ShapeError.axisGivenTwice(-1, a.shape)) { try a.sum(axes: [1, -1]) }
    #expect(throws: ShapeError.negativeSize([-1])) { try Shape(checking: [-1]) }
  }
}
