import Tensors
import Testing

@testable import Display

/// Arrays in cells that are narrower than they are.
struct ArrayTextTests {
  private static let numbers = [0.0833333, 0.25, 0.4166667, -0.5833333, 0.75, -0.9166667]

  @Test(arguments: [
    (60, "[0.0833333, 0.25, 0.416667, -0.583333, 0.75, -0.916667]"),
    (50, "[0.08333, 0.25, 0.4167, -0.5833, 0.75, -0.9167]"),
    (43, "[0.0833, 0.25, 0.417, -0.583, 0.75, -0.917]"),
    (42, "[0.0833, 0.25, 0.417, -0.583, …, -0.917]"),
    (30, "[0.0833, 0.25, …, -0.917]"),
    (19, "[0.0833, …, -0.917]"), (18, "array of 6"), (9, "[…]"),
  ]) func digitsGoBeforeEntriesAndBothEndsStay(_ width: Int, _ text: String) {
    let array = Tensor(shape: Shape([6]), elements: Self.numbers)
    #expect(ArrayText.fitting(array, .significant(6), to: width, mark: "…") == text)
  }

  @Test(arguments: [
    (30, "[[1, 2, 3], [4, 5, 6]]"), (22, "[[1, 2, 3], [4, 5, 6]]"), (21, "2×3 array"),
  ]) func aMatrixKeepsItsRows(_ width: Int, _ text: String) {
    let array = Tensor(shape: Shape([2, 3]), elements: [1, 2, 3, 4, 5, 6])
    #expect(ArrayText.fitting(array, .significant(6), to: width, mark: "…") == text)
  }

  @Test func aLongRowOfAMatrixKeepsBothEnds() {
    let array = Tensor(shape: Shape([2, 3]), elements: [10, 200, 3000, 4000, 5000, -6000])
    #expect(
      ArrayText.fitting(array, .significant(6), to: 33, mark: "…")
        == "[[10, …, 3000], [4000, …, -6000]]")
  }

  @Test(arguments: [([3, 3], "3×3 array"), ([12], "array of 12"), ([2, 1, 4], "2×1×4 array")])
  func aLargeOneIsItsShape(_ sizes: [Int], _ text: String) {
    #expect(ArrayText.words(Shape(sizes)) == text)
  }

  @Test func columnsOfAMatrixAreAligned() {
    let array = Tensor(shape: Shape([2, 2]), elements: [1, -20.5, -0.0, 3])
    #expect(
      ArrayText.lines(array, after: "ans", .significant(6), width: nil) == [
        "ans = [[1, -20.5],", "       [0,     3]]",
      ])
  }
}
