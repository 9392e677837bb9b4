/// Sets of places, each made once: a small number stands for it.
///
/// When all sets together have become too large, a union is everything, which is never wrong here:
/// what may depend on a place is allowed not to.
struct IndexSets {
  private var sets: [[Int32]]
  private var unions: [UInt64: Int32] = [:]
  private var size: Int

  static let empty: Int32 = 0
  private static let everything: Int32 = 1
  private static let sizeLimit = 8_000_000

  /// The empty set, everything, and a set for each of the places.
  init(count: Int) {
    sets = [[], (0..<count).map(Int32.init)] + (0..<count).map { [Int32($0)] }
    size = 2 * count
  }

  subscript(_ set: Int32) -> [Int32] { sets[Int(set)] }

  func only(_ place: Int) -> Int32 { Int32(place + 2) }

  mutating func union(_ a: Int32, _ b: Int32) -> Int32 {
    if a == b || b == Self.empty { return a }
    if a == Self.empty { return b }
    let key = UInt64(min(a, b)) << 32 | UInt64(max(a, b))
    if let known = unions[key] { return known }
    let union = merged(a, b)
    unions[key] = union
    return union
  }

  private mutating func merged(_ a: Int32, _ b: Int32) -> Int32 {
    if a == Self.everything || b == Self.everything || size > Self.sizeLimit {
      return Self.everything
    }
    let (first, second) = (sets[Int(a)], sets[Int(b)])
    var merged: [Int32] = []
    merged.reserveCapacity(first.count + second.count)
    var (i, j) = (0, 0)
    while i < first.count, j < second.count {
      if first[i] == second[j] { j += 1 }
      if j == second.count || first[i] < second[j] {
        merged.append(first[i])
        i += 1
      } else {
        merged.append(second[j])
        j += 1
      }
    }
    merged += first[i...]
    merged += second[j...]
    if merged.count == first.count { return a }
    if merged.count == second.count { return b }
    size += merged.count
    sets.append(merged)
    return Int32(sets.count - 1)
  }
}
