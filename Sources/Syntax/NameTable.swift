/// The identity of a name: equal names have equal identities.
package struct NameID: Hashable, Sendable {
  @usableFromInline let number: UInt32

  /// The place of the name in its table, counted from 0.
  @inlinable package var index: Int { Int(number) }

  @inlinable package init(index: Int) {
    number = UInt32(truncatingIfNeeded: index)
  }
}

/// Every name that was met, each stored once and known by a small number.
///
/// A name of ASCII letters is found by its bytes, without a `String`: its first eight bytes are one
/// word, which most names do not outgrow. Other names compare by canonical equivalence. The
/// keywords are the first names of every table, in the order of `Keyword.allCases`.
package struct NameTable: Sendable {
  private struct Slot {
    /// The bytes of a name of at most eight, or a hash of a longer one.
    var key: UInt64 = 0
    var length: UInt32 = 0
    /// The index of the name and one; 0 marks a free slot.
    var occupant: UInt32 = 0
  }

  /// Where the key of a name stands in `bytes`.
  private struct Entry {
    var start: Int
    var length: Int
  }

  private var slots = [Slot](repeating: Slot(), count: 256)
  private var shift: UInt64 = 64 - 8
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  /// The names that are not ASCII even when folded.
  private var unicodeNames: [String: NameID] = [:]
  /// The names that were first written otherwise than their key, as `x₁` for `x1`.
  private var firstSpellings: [NameID: String] = [:]

  package init() {
    for keyword in Keyword.allCases { _ = intern(keyword.spelling) }
  }

  package var count: Int { entries.count }

  /// The identity of a name; an unknown name becomes known.
  package mutating func intern(_ text: String) -> NameID {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return intern(ascii: text) }
    let key = NameSpelling.folded(text)
    if let known = find(folded: key) { return known }
    let id = NameID(index: entries.count)
    if key.utf8.allSatisfy({ $0 < 0x80 }) {
      _ = intern(ascii: key)
    } else {
      unicodeNames[key] = id
      append(key.utf8)
    }
    if !key.unicodeScalars.elementsEqual(text.unicodeScalars) { firstSpellings[id] = text }
    return id
  }

  /// The identity of a name if it was met before.
  package func find(_ text: String) -> NameID? {
    find(folded: NameSpelling.folded(text))
  }

  /// The name as it was first written.
  package func text(of name: NameID) -> String {
    if !firstSpellings.isEmpty, let spelling = firstSpellings[name] { return spelling }
    let entry = entries[name.index]
    return String(decoding: bytes[entry.start..<entry.start + entry.length], as: UTF8.self)
  }

  /// The number of a name of one to seven ASCII characters, the low bytes of a word.
  @inline(__always)
  mutating func intern(short word: UInt64, length: Int) -> UInt32 {
    let key = word & ~(UInt64.max &<< UInt64(8 &* length))
    var place = slot(for: key, length: length)
    while true {
      let slot = slots[place]
      if slot.key == key, slot.length == length { return slot.occupant &- 1 }
      if slot.occupant == 0 { break }
      place = (place &+ 1) & (slots.count &- 1)
    }
    return insert(short: key, length: length, at: place)
  }

  /// The number of an ASCII name of any length.
  mutating func intern(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32 {
    let (known, place, key) = search(UnsafeBufferPointer(rebasing: name))
    return known?.number ?? insert(name, key: key, at: place)
  }

  private mutating func intern(ascii text: String) -> NameID {
    var text = text
    return text.withUTF8 { NameID(index: Int(intern($0[...]))) }
  }

  private func find(folded text: String) -> NameID? {
    if let known = unicodeNames[text] { return known }
    var text = text
    return text.withUTF8 { search($0).known }
  }

  /// Looks for an ASCII name: its identity, or the free slot for it.
  private func search(
    _ name: UnsafeBufferPointer<UInt8>
  ) -> (known: NameID?, place: Int, key: UInt64) {
    let key = Self.key(of: name)
    var place = slot(for: key, length: name.count)
    while slots[place].occupant != 0 {
      let slot = slots[place]
      if slot.key == key, slot.length == name.count, isOccupant(slot.occupant, of: name) {
        return (NameID(index: Int(slot.occupant) - 1), place, key)
      }
      place = (place + 1) & (slots.count - 1)
    }
    return (nil, place, key)
  }

  private mutating func insert(short key: UInt64, length: Int, at place: Int) -> UInt32 {
    let name = (0..<length).map { UInt8(truncatingIfNeeded: key &>> UInt64(8 * $0)) }
    return insert(name, key: key, at: place)
  }

  private mutating func insert(
    _ name: some Collection<UInt8>, key: UInt64, at place: Int
  ) -> UInt32 {
    append(name)
    slots[place] = Slot(
      key: key, length: UInt32(clamping: name.count), occupant: UInt32(clamping: entries.count))
    if entries.count * 2 > slots.count { grow() }
    return UInt32(clamping: entries.count - 1)
  }

  private mutating func append(_ name: some Collection<UInt8>) {
    entries.append(Entry(start: bytes.count, length: name.count))
    bytes.append(contentsOf: name)
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    shift -= 1
    for moved in old where moved.occupant != 0 {
      var place = slot(for: moved.key, length: Int(moved.length))
      while slots[place].occupant != 0 { place = (place + 1) & (slots.count - 1) }
      slots[place] = moved
    }
  }
}

extension NameTable {
  /// The slot where the search for a key begins, by Fibonacci hashing.
  @inline(__always)
  private func slot(for key: UInt64, length: Int) -> Int {
    let mixed = (key ^ UInt64(truncatingIfNeeded: length)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> shift)
  }

  private func isOccupant(_ occupant: UInt32, of name: UnsafeBufferPointer<UInt8>) -> Bool {
    let entry = entries[Int(occupant) - 1]
    return bytes[entry.start..<entry.start + entry.length].elementsEqual(name)
  }

  /// The bytes of a short name as one word; the words of a longer name multiplied together.
  private static func key(of name: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard name.count > 8 else { return word(in: name, from: 0, limit: name.count) }
    var key: UInt64 = 0
    for offset in stride(from: 0, to: name.count, by: 8) {
      key ^= word(in: name, from: offset, limit: name.count - offset)
      key = (key &* 0xD6E8_FEB8_6659_FD93) ^ (key &>> 29)
    }
    return key
  }

  /// The next eight bytes of a text as a word, the first one lowest; zeros behind the limit.
  @inline(__always)
  static func word(
    in text: UnsafeBufferPointer<UInt8>, from start: Int, limit: Int
  ) -> UInt64 {
    if limit >= 8 {
      let raw = UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: start, as: UInt64.self)
      return UInt64(littleEndian: raw)
    }
    var word: UInt64 = 0
    for offset in 0..<limit { word |= UInt64(text[start + offset]) &<< UInt64(8 * offset) }
    return word
  }
}
