import Tensors

/// Arrays in NumPy's format, versions 1 to 3: a magic word, a header as a Python literal, the
/// entries.
///
/// `numpy.lib.format` documents it.
package enum NumPyFile {
  package enum Failure: Error, Equatable {
    case notNumPy
    case version(Int)
    case header
    /// A kind of entry that is no number here.
    case entries(String)
    case tooShort(expected: Int, found: Int)
    case tooLarge
  }

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Reads numbers of any size, whole or not, of either byte order and either order of axes.
  package static func read(_ bytes: [UInt8]) throws(Failure) -> Tensor {
    guard bytes.starts(with: magic), bytes.count >= 10 else { throw .notNumPy }
    let version = Int(bytes[6])
    guard (1...3).contains(version) else { throw .version(version) }
    let sizeLength = version == 1 ? 2 : 4
    guard bytes.count >= 8 + sizeLength else { throw .header }
    let size = (0..<sizeLength).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    let start = 8 + sizeLength + size
    guard start <= bytes.count else { throw .header }
    let header = String(decoding: bytes[(8 + sizeLength)..<start], as: UTF8.self)
    guard let kind = quotedValue(of: "descr", in: header),
      let order = value(of: "fortran_order", in: header),
      let shape = value(of: "shape", in: header),
      order.hasPrefix("True") || order.hasPrefix("False")
    else { throw .header }
    var dimensions: [Int] = []
    for part in shape.dropFirst().prefix(while: { $0 != ")" }).split(separator: ",") {
      let digits = part.filter { $0 != " " }
      if digits.isEmpty { continue }
      guard let size = Int(digits), size >= 0 else { throw .header }
      dimensions.append(size)
    }
    guard (try? Shape(checking: dimensions)) != nil else { throw .tooLarge }
    let isReversed = order.hasPrefix("True")
    let plain = Shape(isReversed ? dimensions.reversed() : dimensions)
    let elements = try entries(of: kind, count: plain.count, in: bytes[start...])
    let tensor = Tensor(shape: plain, elements: elements)
    return isReversed ? tensor.transposed : tensor
  }

  /// The bytes of an array of doubles in the format's version 1.
  package static func bytes(of tensor: Tensor) -> [UInt8] {
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': \(tensor.shape), }"
    let length = (10 + header.utf8.count + 1 + 63) / 64 * 64
    header += String(repeating: " ", count: length - 10 - header.utf8.count - 1) + "\n"
    var bytes = magic + [1, 0, UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
    bytes += Array(header.utf8)
    bytes.reserveCapacity(bytes.count + 8 * tensor.count)
    for element in tensor.elements {
      withUnsafeBytes(of: element.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  private static func value(of key: String, in header: String) -> Substring? {
    guard let place = header.firstRange(of: "'\(key)'") else { return nil }
    let rest = header[place.upperBound...].drop { $0 == " " }
    guard rest.first == ":" else { return nil }
    return rest.dropFirst().drop { $0 == " " }
  }

  private static func quotedValue(of key: String, in header: String) -> String? {
    guard let rest = value(of: key, in: header), rest.first == "'" else { return nil }
    return String(rest.dropFirst().prefix { $0 != "'" })
  }

  private static func entries(of kind: String, count: Int, in bytes: ArraySlice<UInt8>)
    throws(Failure) -> [Double]
  {
    let isBig = kind.hasPrefix(">")
    let type = String(kind.drop { "<>|=".contains($0) })
    let sizes = [
      "f8": 8, "f4": 4, "i8": 8, "i4": 4, "i2": 2, "i1": 1, "u8": 8, "u4": 4, "u2": 2, "u1": 1,
      "b1": 1,
    ]
    guard let size = sizes[type] else { throw .entries(kind) }
    guard bytes.count >= size * count else {
      throw .tooShort(expected: size * count, found: bytes.count)
    }
    func bits(_ place: Int) -> UInt64 {
      let first = bytes.startIndex + place * size
      return (0..<size).reduce(0) { sum, byte in
        sum | UInt64(bytes[first + (isBig ? size - 1 - byte : byte)]) << UInt64(8 * byte)
      }
    }
    func number(_ place: Int) -> Double {
      let bits = bits(place)
      switch type {
      case "f8": return Double(bitPattern: bits)
      case "f4": return Double(Float(bitPattern: UInt32(bits)))
      case "i8": return Double(Int64(bitPattern: bits))
      case "i4": return Double(Int32(bitPattern: UInt32(bits)))
      case "i2": return Double(Int16(bitPattern: UInt16(bits)))
      case "i1": return Double(Int8(bitPattern: UInt8(bits)))
      default: return Double(bits)
      }
    }
    return (0..<count).map(number)
  }
}
