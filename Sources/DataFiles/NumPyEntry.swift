/// The kind of the entries of an array of NumPy's, such as `<f8`: how many bytes, and what number.
struct NumPyEntry: Equatable {
  let code: String
  let isBig: Bool
  let kind: Character
  let size: Int

  /// Nil where that is no code.
  init?(_ code: String) {
    self.code = code
    isBig = code.hasPrefix(">")
    let type = code.drop { "<>|=".contains($0) }
    guard let kind = type.first else { return nil }
    // Behind the size there may be a unit, as in <M8[ns].
    let digits = type.dropFirst().prefix { $0.isASCII && $0.isNumber }
    let count = digits.isEmpty && kind == "O" ? 8 : Int(digits)
    guard let count, count < 1 << 30 else { return nil }
    self.kind = kind
    size = kind == "U" ? 4 * count : count
  }

  /// Whether the entries are numbers that can be read.
  var isNumber: Bool {
    switch kind {
    case "f": [2, 4, 8].contains(size)
    case "i", "u": [1, 2, 4, 8].contains(size)
    case "b", "?": size == 1
    default: false
    }
  }

  /// The numbers of entries that begin at equal distances.
  ///
  /// Whole numbers beyond 2⁵³ that no double is equal to are added to `rounded`.
  func numbers(
    at places: StrideTo<Int>, count: Int, in bytes: UnsafeRawBufferPointer, rounded: inout Int
  ) -> [Double] {
    func load<Bits: FixedWidthInteger>(_: Bits.Type, _ number: (Bits) -> Double) -> [Double] {
      [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
        for (entry, place) in places.enumerated() {
          let bits = bytes.loadUnaligned(fromByteOffset: place, as: Bits.self)
          buffer.initializeElement(
            at: entry, to: number(isBig ? bits.bigEndian : bits.littleEndian))
        }
        initialized = count
      }
    }
    var inexact = 0
    defer { rounded += inexact }
    switch (kind, size) {
    case ("f", 8): return load(UInt64.self) { Double(bitPattern: $0) }
    case ("f", 4): return load(UInt32.self) { Double(Float(bitPattern: $0)) }
    case ("f", 2): return load(UInt16.self, NumPyEntry.halfPrecision)
    case ("i", 8):
      return load(Int64.self) { whole in
        let number = Double(whole)
        if whole.magnitude > 1 << 53, Int64(exactly: number) != whole { inexact += 1 }
        return number
      }
    case ("u", 8):
      return load(UInt64.self) { whole in
        let number = Double(whole)
        if whole > 1 << 53, UInt64(exactly: number) != whole { inexact += 1 }
        return number
      }
    case ("i", 4): return load(Int32.self) { Double($0) }
    case ("i", 2): return load(Int16.self) { Double($0) }
    case ("i", 1): return load(Int8.self) { Double($0) }
    case ("u", 4): return load(UInt32.self) { Double($0) }
    case ("u", 2): return load(UInt16.self) { Double($0) }
    default: return load(UInt8.self) { Double($0) }
    }
  }

  /// A number of 16 bits as IEEE 754 has it: a sign, 5 bits of exponent, 10 of fraction.
  private static func halfPrecision(_ bits: UInt16) -> Double {
    let (exponent, fraction) = (Int(bits >> 10 & 31), Double(bits & 1023))
    let size: Double =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
      }
    return bits >> 15 == 1 ? -size : size
  }
}
