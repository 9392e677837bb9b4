import Autodiff
import Tensors

/// Applying rows of the function table.
extension Terms {
  /// A row applied to arguments: one number of arguments for each row but `max` and the like.
  package mutating func apply(_ row: PrimitiveID, _ arguments: [TermID]) -> TermID {
    if let structure = arithmetic(row, arguments) { return structure }
    if let value = folded(row, arguments) { return value }
    if Self.truths.contains(row) { return truth(row, arguments) }
    if let simpler = simplerCall(row, arguments) { return simpler }
    return intern(.call(row, arguments))
  }

  /// Rows that are sums, products and powers here.
  private mutating func arithmetic(_ row: PrimitiveID, _ arguments: [TermID]) -> TermID? {
    switch row {
    case .add: return add(arguments[0], arguments[1])
    case .subtract: return subtract(arguments[0], arguments[1])
    case .negate: return negated(arguments[0])
    case .multiply: return multiply(arguments[0], arguments[1])
    case .divide: return divide(arguments[0], arguments[1])
    case .power: return power(arguments[0], arguments[1])
    case .sqrt: return power(arguments[0], number(.half))
    case .exp: return exponential(arguments[0])
    case .exp2:
      let two = number(Number(2))
      return power(two, arguments[0])
    case .logOfBase:
      let (above, below) = (apply(.log, [arguments[0]]), apply(.log, [arguments[1]]))
      return divide(above, below)
    case .select: return choice(arguments[0], arguments[1], arguments[2])
    case .identity: return arguments[0]
    default: return nil
    }
  }

  /// The value at numbers, where it is one that a person would write.
  private mutating func folded(_ row: PrimitiveID, _ arguments: [TermID]) -> TermID? {
    let numbers = arguments.compactMap { number(of: $0) }
    guard numbers.count == arguments.count, !arguments.isEmpty else { return nil }
    var isPiecewise = Self.truths.contains(row) || row == .abs || row.row.name == "mod"
    if case .constant = row.row.rule { isPiecewise = true }
    if case .partials(let partials) = row.row.rule, case .gate = partials[0] { isPiecewise = true }
    let isSmall = numbers.allSatisfy { $0.whole.map { [-1, 0, 1].contains($0) } ?? false }
    let isLogarithm = row == .log2 || row == .log10
    guard isPiecewise || isSmall || isLogarithm else { return nil }
    let count = scratch.count
    defer { scratch.truncate(to: count) }
    let nodes = numbers.map { scratch.constant($0.double) }
    guard let node = try? scratch.apply(row, nodes) else { return nil }
    let value = Number(scratch.scalar(of: node))
    guard isPiecewise || value.whole != nil || value.magnitude == .half else { return nil }
    return number(value)
  }

  private mutating func simplerCall(_ row: PrimitiveID, _ arguments: [TermID]) -> TermID? {
    let argument = arguments[0]
    if row == .log, case .constant(.e) = self[argument] { return number(.one) }
    if row == .log, case .product(let factors) = self[argument], factors.count == 1,
      case .constant(.e) = self[factors[0].base]
    {
      return factors[0].exponent
    }
    if row == .abs, isNonNegative(argument) { return argument }
    if row == .sign, isPositive(argument) { return number(.one) }
    if row == .relu, isNonNegative(argument) { return argument }
    if row == .hypot, arguments.contains(where: { number(of: $0) != nil }) {
      let squares = add(power(arguments[0], 2), power(arguments[1], 2))
      return power(squares, number(.half))
    }
    if row.row.takesMore, arguments[0] == arguments[1] { return argument }
    guard arguments.count == 1, isNegative(argument) else { return nil }
    let name = row.row.name
    if Self.oddRows.contains(name) { return negated(apply(row, [negated(argument)])) }
    if Self.evenRows.contains(name) { return apply(row, [negated(argument)]) }
    guard row == .sigmoid else { return nil }
    return subtract(number(.one), apply(row, [negated(argument)]))
  }

  private static let oddRows: Set<String> = [
    "sin", "tan", "sinh", "tanh", "asin", "atan", "asinh", "atanh", "cbrt", "sign", "erf",
  ]
  private static let evenRows: Set<String> = ["cos", "cosh", "abs"]

  /// Whether a term begins with a minus sign however it is written.
  func isNegative(_ id: TermID) -> Bool {
    switch self[id] {
    case .number(let number): number.isNegative
    case .sum(let constant, let summands):
      (constant.isNegative || constant.isZero) && summands.allSatisfy(\.coefficient.isNegative)
    case .constant, .symbol, .product, .call, .choice: false
    }
  }
}
