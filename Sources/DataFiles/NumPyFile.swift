import Tensors

/// Arrays in NumPy's formats: one in a file (`.npy`, versions 1 to 3), or several under names (`.npz`).
///
/// `numpy.lib.format` documents the first; the other is an archive of such files.
package enum NumPyFile {
  package enum Failure: Error, Equatable {
    case notNumPy
    case version(Int)
    case header
    /// A kind of entry that is no number here, of the array, field or member of that name.
    case entries(String, of: String)
    /// A field that has fields itself.
    case nested(String)
    /// A structured array in an order of axes that is not kept apart by fields.
    case order
    case tooShort(expected: Int, found: Int)
    case tooLarge
    case archive
  }

  /// What a file holds.
  package struct Contents: Equatable {
    /// The arrays in the order of the file; a single one without a name.
    package var arrays: [Tensor] = []
    /// Nil for a file that holds a plain array.
    package var names: [String]?
    /// The whole numbers beyond 2⁵³ that no double is equal to.
    package var roundedCount = 0
    /// The names of what is no array of numbers and was left out.
    package var leftOut: [String] = []
  }

  /// Reads numbers of any size, whole or not, of either byte order and either order of axes.
  ///
  /// What has no numbers is left out of a file with several arrays where `skips` says so.
  package static func read(_ bytes: [UInt8], skips: Bool = false) throws(Failure) -> Contents {
    var contents = Contents()
    guard ZipArchive.isArchive(bytes) else {
      try read(bytes[...], named: nil, skips, into: &contents)
      return contents
    }
    contents.names = []
    for member in try ZipArchive.members(of: bytes) {
      let name = member.name.hasSuffix(".npy") ? String(member.name.dropLast(4)) : member.name
      let data = try ZipArchive.data(of: member, in: bytes)
      do throws(Failure) {
        try read(data[...], named: name, skips, into: &contents)
      } catch {
        guard skips else { throw error }
        contents.leftOut.append(name)
      }
    }
    return contents
  }

  /// Reads one array; the fields of a structured one are arrays themselves.
  private static func read(
    _ bytes: ArraySlice<UInt8>, named name: String?, _ skips: Bool, into contents: inout Contents
  ) throws(Failure) {
    let header = try NumPyHeader(bytes)
    let count = Shape(header.dimensions).count
    let (size, overflows) = count.multipliedReportingOverflow(by: header.entrySize)
    guard !overflows else { throw .tooLarge }
    guard bytes.endIndex - header.end >= size else {
      throw .tooShort(expected: size, found: bytes.endIndex - header.end)
    }
    if header.isStructured {
      contents.names = contents.names ?? []
      if header.isFortranOrdered, header.dimensions.count > 1 { throw .order }
    }
    for field in header.fields {
      let fieldName = [name, header.isStructured ? field.name : nil].compactMap(\.self)
        .joined(separator: ".")
      guard field.entry.isNumber else {
        guard skips, header.isStructured else {
          throw .entries(field.entry.code, of: fieldName)
        }
        contents.leftOut.append(fieldName)
        continue
      }
      let tensor = entries(of: field, header, count, bytes[header.end...], &contents.roundedCount)
      contents.arrays.append(tensor)
      contents.names?.append(fieldName)
    }
  }

  private static func entries(
    of field: NumPyHeader.Field, _ header: NumPyHeader, _ count: Int, _ bytes: ArraySlice<UInt8>,
    _ rounded: inout Int
  ) -> Tensor {
    let isReversed = header.isFortranOrdered && header.dimensions.count > 1
    let own = Shape(field.dimensions).count
    let elements = bytes.withUnsafeBytes { bytes in
      guard own == 1 else {
        // Arrays in entries: one entry after the other.
        var elements: [Double] = []
        for entry in 0..<count {
          let start = entry * header.entrySize + field.offset
          let places = stride(from: start, to: start + own * field.entry.size, by: field.entry.size)
          elements += field.entry.numbers(at: places, count: own, in: bytes, rounded: &rounded)
        }
        return elements
      }
      let end = field.offset + count * header.entrySize
      let places = stride(from: field.offset, to: end, by: max(1, header.entrySize))
      return field.entry.numbers(at: places, count: count, in: bytes, rounded: &rounded)
    }
    let dimensions = header.dimensions + field.dimensions
    let tensor = Tensor(
      shape: Shape(isReversed ? dimensions.reversed() : dimensions), elements: elements)
    return isReversed ? tensor.transposed : tensor
  }

  /// The bytes of an array of doubles in the format's version 1.
  package static func bytes(of tensor: Tensor) -> [UInt8] {
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': \(tensor.shape), }"
    let length = (10 + header.utf8.count + 1 + 63) / 64 * 64
    header += String(repeating: " ", count: length - 10 - header.utf8.count - 1) + "\n"
    var bytes =
      NumPyHeader.magic + [1, 0, UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
    bytes += Array(header.utf8)
    bytes.reserveCapacity(bytes.count + 8 * tensor.count)
    for element in tensor.elements {
      withUnsafeBytes(of: element.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }
}
