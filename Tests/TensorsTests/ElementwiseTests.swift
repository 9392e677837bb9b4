import Tensors
import Testing

@Suite struct ElementwiseTests {
  static let m = tensor([2, 3], [1, 2, 3, 4, 5, 6])
  static let v = tensor([3], [1, -2, 3])

  @Test func mapKeepsTheShape() {
    #expect(Tensor.map(Self.m) { -$0 } == tensor([2, 3], [-1, -2, -3, -4, -5, -6]))
    #expect(Tensor.map(Tensor(scalar: 2)) { $0 * $0 } == Tensor(scalar: 4))
    #expect(Tensor.map(tensor([0, 2], [])) { -$0 } == tensor([0, 2], []))
  }

  static let differences: [(Tensor, Tensor, Tensor)] = [
    (tensor([3, 1], [1, 2, 3]), tensor([2], [10, 20]), tensor([3, 2], [9, 19, 8, 18, 7, 17])),
    (v, m, tensor([2, 3], [0, 4, 0, 3, 7, 3])),
    (tensor([2, 1], [1, 4]), m, tensor([2, 3], [0, 1, 2, 0, 1, 2])),
    (Tensor(scalar: 1), m, tensor([2, 3], [0, 1, 2, 3, 4, 5])),
    (tensor([1, 1], [1]), v, tensor([1, 3], [0, -3, 2])),
    (tensor([1], [1]), m, tensor([2, 3], [0, 1, 2, 3, 4, 5])),
    (m, m, tensor([2, 3], [0, 0, 0, 0, 0, 0])),
    (tensor([0, 1], []), tensor([1, 3], [1, 1, 1]), tensor([0, 3], [])),
    (
      tensor([2, 1, 2], [0, 0, 0, 0]), tensor([3, 1], [1, 2, 3]),
      tensor([2, 3, 2], [1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3])
    ),
  ]

  @Test(arguments: differences)
  func zipBroadcasts(a: Tensor, b: Tensor, difference: Tensor) throws {
    #expect(try Tensor.zip(a, b) { $1 - $0 } == difference)
    #expect(try Tensor.zip(b, a) { $0 - $1 } == difference)
  }

  @Test func zip3Broadcasts() throws {
    let condition = try Tensor.zip(Self.m, Tensor(scalar: 2)) { $0 > $1 ? 1 : 0 }
    let chosen = try Tensor.zip3(condition, Self.m, Self.v) { $0 != 0 ? $1 : $2 }
    #expect(chosen == tensor([2, 3], [1, -2, 3, 4, 5, 6]))
    let numbers = [1.0, 2, 3].map(Tensor.init(scalar:))
    let sum = try Tensor.zip3(numbers[0], numbers[1], numbers[2]) { $0 + 10 * $1 + 100 * $2 }
    #expect(sum == Tensor(scalar: 321))
  }

  /// Against a plain definition: the element at a place is found by its index along every axis.
  @Test(arguments: [
    ([4, 3, 2], [3, 1]), ([4, 1, 2], [4, 3, 1]), ([1, 3, 1, 2], [5, 1, 4, 1]), ([2, 1], [3]),
  ])
  func zipFollowsItsDefinition(first: [Int], second: [Int]) throws {
    let (a, b) = (counting(first), counting(second))
    let result = try Tensor.zip(a, b) { 1000 * $0 + $1 }
    let strides = result.shape.rowMajorStrides
    for place in 0..<result.count {
      func element(of operand: Tensor) -> Double {
        let lead = result.shape.rank - operand.shape.rank
        let offsets = operand.shape.dimensions.indices.map { axis in
          let index = place / strides[lead + axis] % result.shape.dimensions[lead + axis]
          return operand.shape.dimensions[axis] == 1
            ? 0 : index * operand.shape.rowMajorStrides[axis]
        }
        return operand.elements[offsets.reduce(0, +)]
      }
      #expect(result.elements[place] == 1000 * element(of: a) + element(of: b))
    }
  }

  @Test func broadcastToAShape() throws {
    #expect(try Self.v.broadcast(to: Shape([2, 3])) == tensor([2, 3], [1, -2, 3, 1, -2, 3]))
    #expect(
      try tensor([2, 1], [1, 2]).broadcast(to: Shape([2, 2])) == tensor([2, 2], [1, 1, 2, 2]))
    #expect(try Tensor(scalar: 7).broadcast(to: Shape([2])) == tensor([2], [7, 7]))
    #expect(try tensor([1], [7]).broadcast(to: Shape([0])) == tensor([0], []))
  }

  @Test func accumulates() {
    var sum = Self.v
    sum += tensor([3], [1, 1, 1])
    #expect(sum == tensor([3], [2, -1, 4]))
  }

  @Test func transposes() {
    #expect(Self.m.transposed == tensor([3, 2], [1, 4, 2, 5, 3, 6]))
    #expect(Self.v.transposed == Self.v)
    let cube = counting([2, 3, 4])
    #expect(cube.transposed.shape == Shape([4, 3, 2]))
    #expect(cube.transposed.elements[..<6] == [0, 12, 4, 16, 8, 20])
    #expect(cube.transposed.transposed == cube)
  }

  @Test func reshapesAndStacks() throws {
    #expect(try Self.m.reshaped(to: Shape([3, 2])).elements == Self.m.elements)
    #expect(try Tensor(scalar: 2).reshaped(to: Shape([1, 1])) == tensor([1, 1], [2]))
    #expect(try Tensor.stack([Self.v, Self.v]) == tensor([2, 3], [1, -2, 3, 1, -2, 3]))
    #expect(try Tensor.stack([Tensor(scalar: 1), Tensor(scalar: 2)]) == tensor([2], [1, 2]))
    #expect(try Tensor.stack([]) == tensor([0], []))
    #expect(try Tensor.stack([tensor([0], []), tensor([0], [])]) == tensor([2, 0], []))
  }
}
