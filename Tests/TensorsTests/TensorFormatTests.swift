import Tensors
import Testing

@Suite struct TensorFormatTests {
  static let nested: [(Tensor, String)] = [
    (Tensor(scalar: 0.1), "0.1"), (tensor([2], [1, -0.0]), "[1, -0]"),
    (tensor([2, 2], [1, 2, 3, 4.5]), "[[1, 2], [3, 4.5]]"), (tensor([0], []), "[]"),
    (tensor([2, 0], []), "[[], []]"), (tensor([0, 2], []), "[]"),
    (tensor([1, 2, 1], [1, 2]), "[[[1], [2]]]"),
  ]

  @Test(arguments: nested)
  func nestsBrackets(tensor: Tensor, text: String) {
    #expect(NumberFormat.text(tensor) == text)
  }

  @Test func roundsEveryEntry() {
    #expect(
      NumberFormat.text(tensor([2], [1.0 / 3, 1e9]), digits: .significant(3)) == "[0.333, 1e+09]")
  }

  static let shortened: [(Tensor, Int, String)] = [
    (counting([9]), 8, "[0, 1, …, 8]"), (counting([9]), 9, "[0, 1, 2, 3, 4, 5, 6, 7, 8]"),
    (counting([4]), 2, "[0, 1, 2, 3]"), (counting([2, 6]), 4, "[[0, 1, …, 5], [6, 7, …, 11]]"),
    (counting([6, 1]), 4, "[[0], [1], …, [5]]"), (counting([3]), 0, "[0, 1, 2]"),
  ]

  @Test(arguments: shortened)
  func showsTheEndsOfLargeArrays(tensor: Tensor, limit: Int, text: String) {
    #expect(NumberFormat.text(tensor, atMost: limit) == text)
  }

  @Test func writesNestedListsForMachines() {
    var buffer: [UInt8] = []
    NumberFormat.appendJSON(tensor([2, 2], [0.1, .nan, -.infinity, 1]), to: &buffer)
    #expect(String(decoding: buffer, as: UTF8.self) == #"[[0.1, "nan"], ["-inf", 1]]"#)
  }
}
