import Tensors
import Testing

@testable import DataFiles

@Suite struct NumPyTests {
  @Test func whatIsWrittenIsReadBack() throws {
    for shape in [[], [0], [3], [2, 3], [1, 2, 2]] {
      let shape = Shape(shape)
      let tensor = Tensor(shape: shape, elements: (0..<shape.count).map { Double($0) / 3 })
      let bytes = NumPyFile.bytes(of: tensor)
      #expect(bytes.count == 128 + 8 * tensor.count)
      #expect(try NumPyFile.read(bytes) == tensor)
    }
  }

  @Test func everyShorterFileIsRefused() {
    let bytes = NumPyFile.bytes(of: Tensor(shape: Shape([2]), elements: [1, 2]))
    for count in bytes.indices {
      #expect(throws: NumPyFile.Failure.self) { try NumPyFile.read(Array(bytes[..<count])) }
    }
  }
}
