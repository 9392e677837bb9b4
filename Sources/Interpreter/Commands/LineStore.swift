/// The latest lines of a session, one behind the other in one list of bytes.
///
/// A text for each would cost a script of short lines more than running them.
struct LineStore: Sendable {
  private var bytes: [UInt8] = []
  /// Where each line ends in the bytes.
  private var ends: [Int] = []
  /// How many lines came before the first that is kept.
  private var forgotten = 0

  static let mostLines = 10_000
  /// The most bytes of a line that are kept.
  static let longestLine = 1000

  /// The number of the latest line, counted from 1.
  var last: Int { forgotten + ends.count }

  mutating func append(_ line: UnsafeBufferPointer<UInt8>) {
    if ends.count == 2 * LineStore.mostLines { forget(LineStore.mostLines) }
    bytes.append(contentsOf: LineStore.shortened(line))
    ends.append(bytes.count)
  }

  /// Puts a longer form of the latest line in its place.
  mutating func replaceLast(by line: UnsafeBufferPointer<UInt8>) {
    guard !ends.isEmpty else { return }
    ends.removeLast()
    bytes.removeLast(bytes.count - (ends.last ?? 0))
    append(line)
  }

  /// The line of a number; nil when it has been forgotten.
  func line(_ number: Int) -> String? {
    let place = number - forgotten - 1
    guard ends.indices.contains(place) else { return nil }
    let start = place == 0 ? 0 : ends[place - 1]
    let isCut = ends[place] - start > LineStore.longestLine
    let text = String(decoding: bytes[start..<ends[place]], as: UTF8.self)
    return isCut ? text.prefix { $0 != "\u{FFFD}" } + "…" : text
  }

  private mutating func forget(_ count: Int) {
    let start = ends[count - 1]
    bytes.removeFirst(start)
    ends.removeFirst(count)
    for place in ends.indices { ends[place] -= start }
    forgotten += count
  }

  /// Without blanks at the end; one byte too many of a line that is too long, as a sign of that.
  private static func shortened(_ line: UnsafeBufferPointer<UInt8>) -> Slice<
    UnsafeBufferPointer<UInt8>
  > {
    var line = line.prefix(longestLine + 1)
    while let last = line.last, last == 13 || last == 32 || last == 9 { line.removeLast() }
    return line
  }
}
