/// Reads the members of a ZIP archive, as `numpy.savez` makes it: stored, or deflated.
///
/// PKWARE's APPNOTE describes the format. What is read is the directory at the end; large archives,
/// whose sizes do not fit there, and locked ones are refused.
enum ZipArchive {
  struct Member {
    let name: String
    let isDeflated: Bool
    /// Where its own header begins.
    let place: Int
    let packedSize: Int
    let size: Int
    let checksum: UInt32
  }

  static func isArchive(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6])
  }

  static func members(of bytes: [UInt8]) throws(NumPyFile.Failure) -> [Member] {
    guard let end = endOfDirectory(bytes) else { throw .archive }
    let count = word(bytes, end + 10, 2)
    var place = word(bytes, end + 16, 4)
    var members: [Member] = []
    for _ in 0..<count {
      guard place + 46 <= bytes.count, word(bytes, place, 4) == 0x0201_4B50 else { throw .archive }
      let nameLength = word(bytes, place + 28, 2)
      let next = place + 46 + nameLength + word(bytes, place + 30, 2) + word(bytes, place + 32, 2)
      let (flags, method) = (word(bytes, place + 8, 2), word(bytes, place + 10, 2))
      guard next <= bytes.count, flags & 1 == 0, method == 0 || method == 8 else { throw .archive }
      let member = Member(
        name: CSVText.decoded(Array(bytes[(place + 46)..<(place + 46 + nameLength)])).text,
        isDeflated: method == 8, place: word(bytes, place + 42, 4),
        packedSize: word(bytes, place + 20, 4), size: word(bytes, place + 24, 4),
        checksum: UInt32(word(bytes, place + 16, 4)))
      guard member.size < 0xFFFF_FFFF, member.packedSize < 0xFFFF_FFFF else { throw .tooLarge }
      members.append(member)
      place = next
    }
    // Behind the last member the directory ends: none is left.
    guard place == end else { throw .archive }
    return members
  }

  /// The bytes of a member, which must be those that were packed.
  static func data(of member: Member, in bytes: [UInt8]) throws(NumPyFile.Failure) -> [UInt8] {
    let place = member.place
    guard place + 30 <= bytes.count, word(bytes, place, 4) == 0x0403_4B50 else { throw .archive }
    let start = place + 30 + word(bytes, place + 26, 2) + word(bytes, place + 28, 2)
    guard start + member.packedSize <= bytes.count else { throw .archive }
    let packed = bytes[start..<(start + member.packedSize)]
    let data: [UInt8]?
    if member.isDeflated {
      data = Inflater.inflated(packed, size: member.size)
    } else {
      data = member.size == packed.count ? Array(packed) : nil
    }
    guard let data, checksum(of: data) == member.checksum else { throw .archive }
    return data
  }

  /// The place of the record at the end of the archive, before a comment of any length.
  private static func endOfDirectory(_ bytes: [UInt8]) -> Int? {
    let last = bytes.count - 22
    guard last >= 0 else { return nil }
    return (max(0, last - 65535)...last).last { word(bytes, $0, 4) == 0x0605_4B50 }
  }

  private static func word(_ bytes: [UInt8], _ place: Int, _ size: Int) -> Int {
    (0..<size).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }

  /// CRC-32 with the polynomial of ISO 3309, by a table for each byte.
  static func checksum(of bytes: [UInt8]) -> UInt32 {
    let polynomial: UInt32 = 0xEDB8_8320
    let table = (0..<256).map { (byte: UInt32) -> UInt32 in
      var rest = byte
      for _ in 0..<8 { rest = rest & 1 == 1 ? (rest >> 1) ^ polynomial : rest >> 1 }
      return rest
    }
    var rest = UInt32.max
    for byte in bytes { rest = (rest >> 8) ^ table[Int((rest ^ UInt32(byte)) & 0xFF)] }
    return ~rest
  }
}
