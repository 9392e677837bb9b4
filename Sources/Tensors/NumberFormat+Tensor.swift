extension NumberFormat {
  /// Appends an array as nested brackets, `[[1, 2], [3, 4]]`, a single number without any.
  package static func append(_ tensor: Tensor, digits: Digits, to buffer: inout [UInt8]) {
    append(tensor, isShortened: false, to: &buffer) { append($0, digits: digits, to: &$1) }
  }

  /// Appends an array of at most so many entries whole, of a larger one only the ends.
  ///
  /// Then of each axis longer than 4 there remain two entries and the last: `[1, 2, …, 9]`.
  package static func append(
    _ tensor: Tensor, digits: Digits, atMost limit: Int, to buffer: inout [UInt8]
  ) {
    append(tensor, isShortened: tensor.count > limit, to: &buffer) {
      append($0, digits: digits, to: &$1)
    }
  }

  /// Appends an array as nested JSON lists.
  package static func appendJSON(_ tensor: Tensor, to buffer: inout [UInt8]) {
    append(tensor, isShortened: false, to: &buffer) { appendJSON($0, to: &$1) }
  }

  /// An array as a string, for places where speed does not matter.
  package static func text(
    _ tensor: Tensor, digits: Digits = .shortest, atMost limit: Int = .max
  ) -> String {
    var buffer: [UInt8] = []
    append(tensor, digits: digits, atMost: limit, to: &buffer)
    return String(decoding: buffer, as: UTF8.self)
  }

  /// An array as nested brackets, each number in a way of the caller's.
  package static func text(_ tensor: Tensor, number: (Double) -> String) -> String {
    var buffer: [UInt8] = []
    append(tensor, isShortened: false, to: &buffer) { $1 += Array(number($0).utf8) }
    return String(decoding: buffer, as: UTF8.self)
  }

  /// Appends an array, each number in a way of the caller's.
  private static func append(
    _ tensor: Tensor, isShortened: Bool, to buffer: inout [UInt8],
    number: (Double, inout [UInt8]) -> Void
  ) {
    let (dimensions, strides) = (tensor.shape.dimensions, tensor.shape.rowMajorStrides)
    func append(from offset: Int, axis: Int) {
      guard axis < dimensions.count else { return number(tensor.elements[offset], &buffer) }
      buffer.append(UInt8(ascii: "["))
      let size = dimensions[axis]
      var entry = 0
      while entry < size {
        if entry > 0 { buffer += [UInt8(ascii: ","), UInt8(ascii: " ")] }
        if isShortened, size > 4, entry == 2 {
          buffer += Array("…, ".utf8)
          entry = size - 1
        }
        append(from: offset + entry * strides[axis], axis: axis + 1)
        entry += 1
      }
      buffer.append(UInt8(ascii: "]"))
    }
    append(from: 0, axis: 0)
  }
}
