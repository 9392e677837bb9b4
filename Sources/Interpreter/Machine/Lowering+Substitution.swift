import Autodiff
import Syntax

/// `e at x = 1`: the values stand behind the expression but are wanted before it.
///
/// The code jumps over the expression to the values and back, so nothing has to be moved.
extension Lowering {
  /// Where the expression of an `at` begins and ends in the tree, and where its node stands.
  struct SubstitutionPlace {
    var start: Int
    var end: Int
    var node: Int
  }

  /// Finds the parts of each `at` in one pass from front to back.
  func findSubstitutions(in expression: Expression) -> [SubstitutionPlace] {
    var places: [SubstitutionPlace] = []
    var starts: [Int] = []
    for place in expression.first..<expression.end {
      let node = tree.nodes[place]
      let count = node.operandCount
      if node.kind == .at {
        let operands = starts.suffix(count)
        let first = operands.startIndex
        places.append(
          SubstitutionPlace(start: operands[first], end: operands[first + 1], node: place))
      }
      guard !node.isMarker else { continue }
      let start = count == 0 ? place : starts[starts.count - count]
      starts.removeLast(count)
      starts.append(start)
    }
    return places
  }

  mutating func expressionWithSubstitutions(
    _ expression: Expression, _ places: [SubstitutionPlace]
  ) {
    var starting: [Int: Int] = [:]
    var ending: [Int: Int] = [:]
    for place in places {
      starting[place.start, default: 0] += 1
      ending[place.end, default: 0] += 1
    }
    var toValues: [Int] = []
    var open: [(body: Int, toEnd: Int)] = []
    for place in expression.first..<expression.end {
      let current = tree.nodes[place]
      for _ in 0..<(ending[place] ?? 0) {
        emit(.leaveAt, at: current.span)
        let body = toValues.removeLast()
        open.append((body: body + 1, toEnd: here))
        emit(.jump, at: current.span)
        land(body)
      }
      for _ in 0..<(starting[place] ?? 0) {
        toValues.append(here)
        emit(.jump, at: current.span)
      }
      guard current.kind == .at else {
        node(current, at: place)
        continue
      }
      let names = tree.substitutions[Int(current.payload)]
      code.substitutions.append(names)
      emit(.enterAt, code.substitutions.count - 1, count: names.count, at: current.span)
      let (body, toEnd) = open.removeLast()
      emit(.jump, distance(to: body), at: current.span)
      land(toEnd)
    }
  }
}

extension SyntaxNode {
  /// Whether the node only passes control between operands.
  var isMarker: Bool {
    switch kind {
    case .andThen, .orElse, .ifThen, .ifElse: true
    default: false
    }
  }

  /// How many values the node takes from those before it; it leaves one unless it is a marker.
  var operandCount: Int {
    switch kind {
    case .number, .text, .name, .result, .andThen, .orElse, .ifThen, .ifElse: 0
    case .interpolation, .prefix, .keyword, .attribute: 1
    case .infix, .chainLink, .chainEnd, .andEnd, .orEnd, .range: 2
    case .ifEnd: 3
    case .join, .call, .prime, .list: Int(count)
    case .index, .at: Int(count) + 1
    case .slice: aux.nonzeroBitCount
    }
  }
}

extension SyntaxTree {
  /// Where the operand begins whose last node stands before `end`.
  func start(ofOperandEndingAt end: Int) -> Int {
    var place = end
    var needed = 1
    while needed > 0 {
      place -= 1
      let node = nodes[place]
      if !node.isMarker { needed += node.operandCount - 1 }
    }
    return place
  }
}
