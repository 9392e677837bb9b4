extension NumberFormat {
  /// Appends an array as nested brackets, `[[1, 2], [3, 4]]`, a single number without any.
  package static func append(_ tensor: Tensor, digits: Digits, to buffer: inout [UInt8]) {
    append(tensor, keeping: nil, to: &buffer) { append($0, digits: digits, to: &$1) }
  }

  /// Appends an array of at most so many entries whole, of a larger one only the ends.
  ///
  /// Then of each axis longer than 4 there remain two entries and the last: `[1, 2, …, 9]`.
  package static func append(
    _ tensor: Tensor, digits: Digits, atMost limit: Int, to buffer: inout [UInt8]
  ) {
    append(tensor, keeping: tensor.count > limit ? (2, 4) : nil, to: &buffer) {
      append($0, digits: digits, to: &$1)
    }
  }

  /// Appends an array as nested JSON lists.
  package static func appendJSON(_ tensor: Tensor, to buffer: inout [UInt8]) {
    append(tensor, keeping: nil, to: &buffer) { appendJSON($0, to: &$1) }
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
    append(tensor, keeping: nil, to: &buffer) { $1 += Array(number($0).utf8) }
    return String(decoding: buffer, as: UTF8.self)
  }

  /// An array of which each axis has no more than that many entries from its beginning, and the last:
  /// `[1, …, 9]`; each number with digits of its own.
  package static func text(
    _ tensor: Tensor, keeping kept: Int = .max - 1, digits: (Double) -> Digits
  ) -> String {
    var buffer: [UInt8] = []
    append(tensor, keeping: (kept, kept + 1), to: &buffer) {
      append($0, digits: digits($0), to: &$1)
    }
    return String(decoding: buffer, as: UTF8.self)
  }

  /// Appends an array, each number in a way of the caller's.
  ///
  /// `kept` has how many entries an axis begins with, where it is longer than that.
  private static func append(
    _ tensor: Tensor, keeping kept: (count: Int, longerThan: Int)?, to buffer: inout [UInt8],
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
        if let kept, size > kept.longerThan, entry == kept.count {
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
