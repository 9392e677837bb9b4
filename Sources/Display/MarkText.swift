import Autodiff
import Tensors

extension Mark {
  /// The mark as a table says it.
  var text: String {
    switch self {
    case .kink(let range):
      "kink [\(Self.number(range.lowerBound)), \(Self.number(range.upperBound))]"
    case .kinkOfUnknownSlope: "kink"
    case .jump: "jump"
    case .verticalTangent: "vertical tangent"
    case .undefined: "undefined"
    case .firstNotANumber: "first nan"
    case .firstInfinite: "first inf"
    case .entries(let mark, let count, let first):
      count == 1
        ? "\(mark.text) at \(Self.text(first))"
        : "\(mark.text) at \(count) entries, first \(Self.text(first))"
    case .inside(let mark, let place, let count):
      "\(mark.text) \(mark.preposition) \(place)" + (count == 1 ? "" : " and \(count - 1) more")
    }
  }

  /// What stands between the mark and what it is a mark of.
  private var preposition: String { if case .entries = self { "of" } else { "at" } }

  private static func text(_ indices: [Int]) -> String {
    "[\(indices.map(String.init).joined(separator: ", "))]"
  }

  /// The word that machine formats use.
  var kind: String {
    switch self {
    case .kink, .kinkOfUnknownSlope: "kink"
    case .jump: "jump"
    case .verticalTangent: "vertical_tangent"
    case .undefined: "undefined"
    case .firstNotANumber: "first_nan"
    case .firstInfinite: "first_inf"
    case .entries(let mark, _, _), .inside(let mark, _, _): mark.kind
    }
  }

  private static func number(_ value: Double) -> String {
    NumberFormat.text(value, digits: .significant(6))
  }
}
