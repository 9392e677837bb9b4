/// Unpacks deflated bytes, as RFC 1951 describes them.
struct Inflater {
  /// A prefix code: for each sequence of as many bits as the longest word has, the symbol whose word
  /// it begins with, and how many bits that is.
  private struct Code {
    var bits = 0
    var entries: [UInt16] = []

    /// Nil where the words do not fit beside each other.
    init?(lengths: ArraySlice<UInt8>) {
      bits = Int(lengths.max() ?? 0)
      entries = [UInt16](repeating: 0, count: 1 << bits)
      var next = 0
      for length in 1...max(1, bits) {
        for (symbol, own) in lengths.enumerated() where Int(own) == length {
          guard next < 1 << length else { return nil }
          // The first bit of a word is the lowest one.
          var reversed = 0
          for bit in 0..<length where next >> bit & 1 == 1 { reversed |= 1 << (length - 1 - bit) }
          for place in stride(from: reversed, to: 1 << bits, by: 1 << length) {
            entries[place] = UInt16(symbol << 4 | length)
          }
          next += 1
        }
        next <<= 1
      }
    }
  }

  private let packed: ArraySlice<UInt8>
  private let size: Int
  private var position: Int
  private var window: UInt64 = 0
  private var windowBits = 0
  private var output: [UInt8] = []

  /// The unpacked bytes; nil unless there are exactly so many.
  static func inflated(_ packed: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
    var inflater = Inflater(packed: packed, size: size, position: packed.startIndex)
    guard inflater.run(), inflater.output.count == size else { return nil }
    return inflater.output
  }

  private init(packed: ArraySlice<UInt8>, size: Int, position: Int) {
    (self.packed, self.size, self.position) = (packed, size, position)
    output.reserveCapacity(min(size, 1 << 30))
  }

  private mutating func run() -> Bool {
    while true {
      guard let isLast = take(1), let kind = take(2) else { return false }
      switch kind {
      case 0: guard copyStored() else { return false }
      case 1:
        let lengths = (0..<288).map { UInt8($0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8) }
        guard let symbols = Code(lengths: lengths[...]),
          let distances = Code(lengths: [UInt8](repeating: 5, count: 30)[...]),
          expand(symbols, distances)
        else { return false }
      case 2:
        guard let (symbols, distances) = codes(), expand(symbols, distances) else { return false }
      default: return false
      }
      if isLast == 1 { return true }
    }
  }

  /// Fills the window; behind the end there are zeros, which nobody may take.
  private mutating func fill() {
    while windowBits <= 56, position < packed.endIndex {
      window |= UInt64(packed[position]) << UInt64(windowBits)
      position += 1
      windowBits += 8
    }
  }

  private mutating func take(_ count: Int) -> Int? {
    if windowBits < count { fill() }
    guard windowBits >= count else { return nil }
    defer {
      window >>= UInt64(count)
      windowBits -= count
    }
    return Int(window & (1 << UInt64(count) - 1))
  }

  private mutating func symbol(of code: Code) -> Int? {
    if windowBits < 15 { fill() }
    let entry = code.entries[Int(window & (1 << UInt64(code.bits) - 1))]
    let length = Int(entry & 15)
    guard length > 0, length <= windowBits else { return nil }
    window >>= UInt64(length)
    windowBits -= length
    return Int(entry >> 4)
  }

  private mutating func copyStored() -> Bool {
    guard take(windowBits % 8) != nil, let count = take(16), let check = take(16),
      count == ~check & 0xFFFF, output.count + count <= size
    else { return false }
    for _ in 0..<count {
      guard let byte = take(8) else { return false }
      output.append(UInt8(byte))
    }
    return true
  }

  /// Reads the codes of a block that brings its own.
  private mutating func codes() -> (Code, Code)? {
    guard let symbols = take(5), let distances = take(5), let count = take(4) else { return nil }
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var lengths = [UInt8](repeating: 0, count: 19)
    for place in order.prefix(count + 4) {
      guard let length = take(3) else { return nil }
      lengths[place] = UInt8(length)
    }
    guard let code = Code(lengths: lengths[...]) else { return nil }
    let (first, all) = (symbols + 257, symbols + distances + 258)
    lengths = []
    while lengths.count < all {
      guard let symbol = symbol(of: code) else { return nil }
      switch symbol {
      case 16:
        guard let last = lengths.last, let more = take(2) else { return nil }
        lengths += [UInt8](repeating: last, count: more + 3)
      case 17, 18:
        guard let more = take(symbol == 17 ? 3 : 7) else { return nil }
        lengths += [UInt8](repeating: 0, count: more + (symbol == 17 ? 3 : 11))
      default: lengths.append(UInt8(symbol))
      }
    }
    guard lengths.count == all, let one = Code(lengths: lengths[..<first]),
      let two = Code(lengths: lengths[first...])
    else { return nil }
    return (one, two)
  }

  /// The least length, and how many bits are added, for the symbols from 257 on; then of distances.
  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]

  /// Takes bytes, and repetitions of what came before, up to the end of the block.
  private mutating func expand(_ symbols: Code, _ distances: Code) -> Bool {
    while let symbol = symbol(of: symbols) {
      if symbol < 256 {
        guard output.count < size else { return false }
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return true }
      let kind = symbol - 257
      guard kind < Inflater.lengthBases.count,
        let more = take(kind < 8 || kind == 28 ? 0 : kind / 4 - 1),
        let distanceKind = self.symbol(of: distances),
        distanceKind < Inflater.distanceBases.count,
        let further = take(distanceKind < 4 ? 0 : distanceKind / 2 - 1)
      else { return false }
      let length = Inflater.lengthBases[kind] + more
      let distance = Inflater.distanceBases[distanceKind] + further
      guard distance <= output.count, output.count + length <= size else { return false }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
    return false
  }
}
