/// Puts characters together from the bytes of a terminal, and drops none.
///
/// libedit's own reader leaves out bytes that are no UTF-8, so that `1\xE9+2` would be read as a
/// different, valid line. Here they become U+FFFD, which is seen and can be objected to.
struct CharacterReader {
  enum Byte {
    case byte(UInt8)
    case end
    case failure
  }

  enum Character: Equatable {
    case character(Unicode.Scalar)
    case end
    case failure
  }

  /// A byte that was read to find out that the character before it had ended.
  private var heldBack: UInt8?

  var isHoldingBack: Bool { heldBack != nil }

  /// The next character; asks for a byte only if the character is not complete without it.
  mutating func next(from readByte: () -> Byte) -> Character {
    var bytes: [UInt8] = []
    var expected = 1
    while bytes.count < expected {
      let byte: UInt8
      if let held = heldBack {
        byte = held
        heldBack = nil
      } else {
        switch readByte() {
        case .byte(let read): byte = read
        case .end: return bytes.isEmpty ? .end : .character("\u{FFFD}")
        case .failure: return .failure
        }
      }
      if bytes.isEmpty {
        expected = Self.length(startingWith: byte)
      } else if byte & 0xC0 != 0x80 {
        heldBack = byte
        return .character("\u{FFFD}")
      }
      bytes.append(byte)
    }
    return .character(
      String(validating: bytes, as: UTF8.self)?.unicodeScalars.first ?? "\u{FFFD}")
  }

  private static func length(startingWith byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}
