/// A loop of the running statement, and what has become of trying to make a program of it.
struct HotLoop: Sendable {
  let code: Code
  /// The instruction at which a turn begins.
  let head: Int
  /// The turns that have been run one by one.
  var turns = 0
  /// After how many of them the program is tried again.
  var resumption = 0
  /// How often nothing came of it.
  var failures = 0
  var loop: CompiledLoop?
  /// Runs of the program in a row that were not worth it.
  var misses = 0

  /// A loop that cannot be compiled in the first turns, as one that tells something every hundred
  /// turns, may be later.
  static let mostFailures = 3

  mutating func fail() {
    failures += 1
    (loop, misses) = (nil, 0)
    resumption = turns + (failures == 1 ? 1 : 7)
  }
}
