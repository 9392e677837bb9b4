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
      #expect(try NumPyFile.read(bytes) == NumPyFile.Contents(arrays: [tensor]))
    }
  }

  @Test func everyShorterFileIsRefused() {
    let bytes = NumPyFile.bytes(of: Tensor(shape: Shape([2]), elements: [1, 2]))
    for count in bytes.indices {
      #expect(throws: NumPyFile.Failure.self) { try NumPyFile.read(Array(bytes[..<count])) }
    }
  }

  /// Every number of 16 bits: the formula of IEEE 754, by powers of two that are exact.
  @Test func everyHalfPrecisionNumberIsRead() throws {
    let bits = Array(UInt16.min...UInt16.max)
    let zeros = Tensor(shape: Shape([65536]), elements: [Double](repeating: 0, count: 65536))
    var bytes = NumPyFile.bytes(of: zeros)
    bytes.removeLast(8 * 65536)
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("<f8".utf8)) })
    bytes.replaceSubrange(place..<place + 3, with: Array("<f2".utf8))
    bytes += bits.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let read = try NumPyFile.read(bytes).arrays[0].elements
    for (number, bits) in zip(read, bits) {
      let (exponent, fraction) = (Int(bits >> 10) & 31, Double(bits & 1023))
      var size = (exponent == 0 ? fraction : 1024 + fraction) * 0x1p-24
      for _ in 1..<max(1, exponent) { size *= 2 }
      if exponent == 31 { size = fraction == 0 ? .infinity : .nan }
      let expected = bits >= 0x8000 ? -size : size
      #expect(number == expected || number.isNaN && expected.isNaN)
    }
  }

  @Test func literalsOfPythonAreRead() {
    #expect(
      PythonLiteral("{'descr': [('x', '<f8'), (('t', \"y\"), '|i1', (3L,))], 'a': (), 'b': True, }")
        == .dictionary([
          "descr": .list([
            .list([.text("x"), .text("<f8")]),
            .list([.list([.text("t"), .text("y")]), .text("|i1"), .list([.number(3)])]),
          ]), "a": .list([]), "b": .truth(true),
        ]))
    for text in ["", "{", "{'a'}", "(1 2)", "'a", "1 2", String(repeating: "[", count: 99_999)] {
      #expect(PythonLiteral(text) == nil)
    }
  }

  @Test func checksumIsThatOfTheStandard() {
    // The check value of CRC-32 in the catalogues of such codes.
    #expect(ZipArchive.checksum(of: Array("123456789".utf8)) == 0xCBF4_3926)
  }
}
