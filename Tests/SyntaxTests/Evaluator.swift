import Syntax

/// Evaluates the stream of an expression over plain numbers, as a check on its structure.
struct Evaluator {
  let parser: Parser
  var values: [String: Double] = [:]

  func value(of expression: Expression) -> Double? {
    var stack: [Double] = []
    for node in parser.tree.nodes[expression.first..<expression.end] {
      guard let value = value(of: node, &stack) else { return nil }
      if let value = value { stack.append(value) }
    }
    return stack.count == 1 ? stack[0] : nil
  }

  /// The value that a node leaves: none for a marker, and nothing at all for an unknown node.
  private func value(of node: SyntaxNode, _ stack: inout [Double]) -> Double?? {
    switch node.kind {
    case .number:
      return parser.tree.numbers[Int(node.payload)]
    case .name:
      return values[parser.names.text(of: NameID(index: Int(node.payload)))]
    case .andThen, .orElse, .ifThen, .ifElse:
      return .some(nil)
    case .prefix:
      guard let operand = stack.popLast() else { return nil }
      return Operator.all[Int(node.payload)].function == "not" ? (operand == 0 ? 1 : 0) : -operand
    case .infix:
      return infix(Operator.all[Int(node.payload)].function, &stack)
    case .andEnd:
      return infix("and", &stack)
    case .orEnd:
      return infix("or", &stack)
    case .ifEnd:
      guard stack.count >= 3 else { return nil }
      let (no, yes, condition) = (stack.removeLast(), stack.removeLast(), stack.removeLast())
      return condition != 0 ? yes : no
    default:
      return nil
    }
  }

  private func infix(_ function: String, _ stack: inout [Double]) -> Double?? {
    guard let right = stack.popLast(), let left = stack.popLast() else { return nil }
    switch function {
    case "add": return left + right
    case "subtract": return left - right
    case "multiply": return left * right
    case "divide": return left / right
    case "mod": return left - right * (left / right).rounded(.down)
    case "power": return power(left, Int(right))
    case "less": return left < right ? 1 : 0
    case "less_equal": return left <= right ? 1 : 0
    case "greater": return left > right ? 1 : 0
    case "greater_equal": return left >= right ? 1 : 0
    case "equal": return left == right ? 1 : 0
    case "not_equal": return left != right ? 1 : 0
    case "and": return left != 0 && right != 0 ? 1 : 0
    case "or": return left != 0 || right != 0 ? 1 : 0
    default: return nil
    }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    let size = (0..<abs(exponent)).reduce(1.0) { product, _ in product * base }
    return exponent < 0 ? 1 / size : size
  }
}

/// Numbers that are the same at every run.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
