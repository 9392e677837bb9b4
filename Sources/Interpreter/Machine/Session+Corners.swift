import Autodiff
import Syntax

extension Session {
  /// Where a person wants no derivative at a kink or jump, says at which node there would be one.
  mutating func refuseCorners(from output: NodeID, at span: Span) throws(Diagnostic) {
    guard options.corners == .error else { return }
    let order = graph.postOrder(from: output)
    let isSwept = sweep.run(from: output, in: graph)
    for id in order where !isSwept || sweep.isReached(id) {
      guard let mark = graph.marks(of: id).first(where: \.isChoice) else { continue }
      throw .corner(describe(id), mark.isJump ? "a jump" : "a kink", facts(about: id), at: span)
    }
  }
}

extension Mark {
  /// Whether the derivative at the mark is a choice among several.
  fileprivate var isChoice: Bool {
    switch self {
    case .kink, .kinkOfUnknownSlope, .jump: true
    case .verticalTangent, .undefined, .firstNotANumber, .firstInfinite: false
    case .entries(let mark, _, _), .inside(let mark, _, _): mark.isChoice
    }
  }

  fileprivate var isJump: Bool {
    switch self {
    case .entries(let mark, _, _), .inside(let mark, _, _): mark.isJump
    default: self == .jump
    }
  }
}

extension Diagnostic {
  static func corner(_ node: String, _ kind: String, _ facts: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "\(node) has \(kind)\(facts.isEmpty ? "" : " where \(facts)")", at: span,
      hint: ":set kink table takes the derivative that its row gives")
  }
}
