import Autodiff
import Syntax
import Tensors

/// Where the session's random numbers come from.
///
/// A call gets a key, and its numbers follow from the key alone: the graph can be evaluated again.
struct RandomState: Sendable {
  fileprivate var source: RandomSource?
  /// The setting when the source began: once it is changed, the source begins again.
  fileprivate var setting: UInt64?
}

extension Session {
  /// The key of the next random call.
  mutating func nextRandomKey() -> UInt64 {
    graph.trace?.isVoid = true
    if random.source == nil || options.seed != random.setting {
      if options.seed == nil {
        outcomes.append(.note("random numbers begin with seed 0; seed(n) begins elsewhere"))
      }
      begin(withSeed: options.seed ?? 0)
    }
    guard var source = random.source else { return 0 }
    defer { random.source = source }
    return source.next()
  }

  private mutating func begin(withSeed seed: UInt64) {
    graph.trace?.isVoid = true
    (random.source, random.setting) = (RandomSource(seed: seed), options.seed)
  }

  /// `seed(42)`.
  mutating func seed(_ value: Value, at span: Span) throws(Diagnostic) {
    guard case .node(let id) = value else { throw .needsNumber(value.kind, at: span) }
    guard graph.isScalar(id), let seed = UInt64(exactly: graph.scalar(of: id)) else {
      throw .needsCount(telling(id), "seed", at: span)
    }
    begin(withSeed: seed)
  }
}
