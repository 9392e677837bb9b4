import Tensors
import Testing

/// A slice, written as briefly as Python's.
private func slice(_ start: Int?, _ stop: Int?, _ step: Int = 1) -> IndexItem {
  .slice(start: start, stop: stop, step: step)
}

@Suite struct IndexingTests {
  /// Parts of 0 … 23 in shape (2, 3, 4).
  static let cases: [([IndexItem], [Int], [Double])] = [
    ([.at(0)], [3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    ([.at(-1), .at(2)], [4], [20, 21, 22, 23]),
    ([.at(1), .at(-3), .at(0)], [], [12]),
    ([.all, .at(1)], [2, 4], [4, 5, 6, 7, 16, 17, 18, 19]),
    ([slice(nil, nil, -1), .at(0), slice(nil, nil, 2)], [2, 2], [12, 14, 0, 2]),
    ([slice(1, nil), slice(nil, 2), .at(3)], [1, 2], [15, 19]),
    ([.at(0), slice(nil, nil, -2)], [2, 4], [8, 9, 10, 11, 0, 1, 2, 3]),
    ([.all, slice(5, nil)], [2, 0, 4], []),
    ([.at(0), slice(-100, 100), slice(3, 0, -2)], [3, 2], [3, 1, 7, 5, 11, 9]),
    ([.at(0), .at(0), slice(10, -10, -1)], [4], [3, 2, 1, 0]),
    ([.all, slice(1, 1)], [2, 0, 4], []),
    ([.at(1), .at(2), slice(-1, -3, -1)], [2], [23, 22]),
    ([.at(0), .at(0), slice(.min, .max, .max)], [1], [0]),
    ([.at(0), .at(0), slice(.max, .min, .min)], [1], [3]),
    ([.at(0), .at(0), slice(2, 0)], [0], []),
    ([], [2, 3, 4], (0..<24).map(Double.init)),
  ]

  @Test(arguments: cases)
  func takesPartsAsPython(items: [IndexItem], dimensions: [Int], elements: [Double]) throws {
    let whole = counting([2, 3, 4])
    #expect(try whole.indexed(by: items) == tensor(dimensions, elements))
    #expect(try whole.shape.indexed(by: items) == Shape(dimensions))
  }

  /// ⟨x[items], y⟩ = ⟨x, scatter y⟩, and every element of the part goes where it came from.
  @Test(arguments: cases)
  func scatteringIsTheTransposeOfIndexing(
    items: [IndexItem], dimensions: [Int], elements: [Double]
  ) throws {
    var numbers = Sequence64(seed: 3)
    let part = random(dimensions, using: &numbers)
    let x = random([2, 3, 4], using: &numbers)
    let back = Tensor.scatter(part, into: x.shape, at: items)
    #expect(inner(try x.indexed(by: items), part) == inner(x, back))
    #expect(try back.indexed(by: items) == part)
    #expect(back.elements.filter { $0 != 0 }.count == part.elements.filter { $0 != 0 }.count)
  }

  @Test func replacesAPart() throws {
    let x = counting([2, 2])
    #expect(
      try x.replacing([.at(0), .at(1)], with: Tensor(scalar: 9)) == tensor([2, 2], [0, 9, 2, 3]))
    #expect(
      try x.replacing([.all, .at(0)], with: Tensor(scalar: 9)) == tensor([2, 2], [9, 1, 9, 3]))
    #expect(try x.replacing([.at(1)], with: tensor([2], [8, 9])) == tensor([2, 2], [0, 1, 8, 9]))
    #expect(throws: ShapeError.doesNotBroadcast(Shape([3]), to: Shape([2]))) {
      try x.replacing([.at(1)], with: counting([3]))
    }
  }

  @Test(arguments: [3, -4, 1000, .max, .min])
  func refusesAnIndexOutOfRange(index: Int) {
    #expect(throws: ShapeError.indexOutOfRange(index, axis: 1, Shape([2, 3]))) {
      try counting([2, 3]).indexed(by: [.at(0), .at(index)])
    }
  }

  @Test func refusesWhatCannotBeIndexed() {
    #expect(throws: ShapeError.tooManyIndices(1, .scalar)) {
      try Tensor(scalar: 1).indexed(by: [.at(0)])
    }
    #expect(throws: ShapeError.tooManyIndices(2, Shape([2]))) {
      try counting([2]).indexed(by: [.at(0), .at(0)])
    }
    #expect(throws: ShapeError.indexOutOfRange(0, axis: 0, Shape([0]))) {
      try tensor([0], []).indexed(by: [.at(0)])
    }
    #expect(throws: ShapeError.zeroStep) { try counting([2]).indexed(by: [slice(nil, nil, 0)]) }
  }
}
