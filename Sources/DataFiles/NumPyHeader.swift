import Tensors

/// What stands before the entries of an array of NumPy's: a magic word, a version, and a dictionary
/// in Python's words.
struct NumPyHeader {
  /// A part of every entry: all of it in a plain array, a field in a structured one.
  struct Field {
    let name: String
    let entry: NumPyEntry
    /// The shape of a field that is an array itself.
    let dimensions: [Int]
    /// Where it begins in an entry.
    let offset: Int
  }

  /// One without a name, or those of a structured array.
  private(set) var fields: [Field] = []
  private(set) var isStructured = false
  /// The bytes of an entry.
  private(set) var entrySize = 0
  private(set) var isFortranOrdered = false
  private(set) var dimensions: [Int] = []
  /// Where the entries begin.
  let end: Int

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  init(_ bytes: ArraySlice<UInt8>) throws(NumPyFile.Failure) {
    let first = bytes.startIndex
    guard bytes.starts(with: NumPyHeader.magic), bytes.count >= 10 else { throw .notNumPy }
    let version = Int(bytes[first + 6])
    guard (1...3).contains(version) else { throw .version(version) }
    let sizeLength = version == 1 ? 2 : 4
    guard bytes.count >= 8 + sizeLength else { throw .header }
    let size = (0..<sizeLength).reduce(0) { $0 | Int(bytes[first + 8 + $1]) << (8 * $1) }
    let start = first + 8 + sizeLength
    guard size <= bytes.endIndex - start else { throw .header }
    end = start + size
    // The third version is the one in UTF-8, those before it are in Latin-1.
    var text = ""
    if version == 3 {
      text = String(decoding: bytes[start..<end], as: UTF8.self)
    } else {
      for byte in bytes[start..<end] { text.unicodeScalars.append(Unicode.Scalar(byte)) }
    }
    guard case .dictionary(let header)? = PythonLiteral(text), let kind = header["descr"],
      case .truth(let isFortranOrdered)? = header["fortran_order"],
      case .list(let shape)? = header["shape"], let dimensions = NumPyHeader.sizes(shape)
    else { throw .header }
    (self.isFortranOrdered, self.dimensions) = (isFortranOrdered, dimensions)
    guard (try? Shape(checking: dimensions)) != nil else { throw .tooLarge }
    switch kind {
    case .text(let code):
      guard let entry = NumPyEntry(code) else { throw .header }
      fields = [Field(name: "", entry: entry, dimensions: [], offset: 0)]
      entrySize = entry.size
    case .list(let list):
      isStructured = true
      for item in list { try add(item) }
    case .number, .truth, .dictionary: throw .header
    }
  }

  private static func sizes(_ list: [PythonLiteral]) -> [Int]? {
    var sizes: [Int] = []
    for item in list {
      guard case .number(let size) = item, size >= 0 else { return nil }
      sizes.append(size)
    }
    return sizes
  }

  /// Takes a field: `('x', '<f8')`, or `('v', '<f8', (3,))`; one without a name fills a gap.
  private mutating func add(_ item: PythonLiteral) throws(NumPyFile.Failure) {
    guard case .list(let parts) = item, (2...3).contains(parts.count) else { throw .header }
    var dimensions: [Int] = []
    if parts.count == 3 {
      guard case .list(let list) = parts[2], let sizes = NumPyHeader.sizes(list),
        let shape = try? Shape(checking: sizes)
      else { throw .header }
      dimensions = shape.dimensions
    }
    let name: String
    switch parts[0] {
    case .text(let text): name = text
    // A title goes before the name.
    case .list(let pair):
      guard pair.count == 2, case .text(let text) = pair[1] else { throw .header }
      name = text
    case .number, .truth, .dictionary: throw .header
    }
    guard case .text(let code) = parts[1] else { throw .nested(name) }
    guard let entry = NumPyEntry(code) else { throw .header }
    if !name.isEmpty {
      fields.append(Field(name: name, entry: entry, dimensions: dimensions, offset: entrySize))
    }
    let (size, overflows) = Shape(dimensions).count.multipliedReportingOverflow(by: entry.size)
    guard !overflows, size < 1 << 40 else { throw .tooLarge }
    entrySize += size
  }
}
