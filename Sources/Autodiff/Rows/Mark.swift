/// What a derivative has that a number alone does not say.
package indirect enum Mark: Hashable, Sendable {
  /// Left and right derivatives differ; any number of the interval would do.
  case kink(ClosedRange<Double>)
  /// A kink whose interval is not known, as where a branch switches.
  case kinkOfUnknownSlope
  /// The value itself jumps here.
  case jump
  /// The graph is vertical here.
  case verticalTangent
  /// There is no derivative.
  case undefined
  /// The first node of its graph that is nan.
  case firstNotANumber
  /// The first node of its graph that is infinite.
  case firstInfinite
  /// The mark of some entries of an array: how many, and where the first of them stands.
  case entries(Mark, count: Int, first: [Int])
  /// The mark of nodes that are not shown: how many, and what the first of them does.
  case inside(Mark, at: String, count: Int)
}

extension Mark {
  /// Whether it is a place where the derivative is a choice or is vertical; other marks have notes.
  package var isCorner: Bool {
    switch self {
    case .kink, .kinkOfUnknownSlope, .jump, .verticalTangent: true
    case .undefined, .firstNotANumber, .firstInfinite: false
    case .entries(let mark, _, _), .inside(let mark, _, _): mark.isCorner
    }
  }
}
