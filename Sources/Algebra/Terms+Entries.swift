import Autodiff
import Tensors

/// Formulas of whole arrays, read as that of each entry.
///
/// What works entry by entry is read as if it worked on numbers. Anything else, such as a sum or a
/// matrix product, is a variable with the name of what is done, so that it is the same wherever it
/// is done to the same thing; factors are taken out of what is linear first.
package struct EntryFormulas: Sendable {
  package var terms = Terms()
  /// The formula of each node that was read.
  package private(set) var formulas: [NodeID: TermID] = [:]
  /// The variables that have more than one entry.
  private var arrays: Set<TermID> = []

  /// Larger graphs have no formula that explains anything.
  private static let sizeLimit = 600
  /// Longer names of parts explain nothing.
  private static let nameLimit = 120

  package init() {}

  /// Reads what a node is built from.
  ///
  /// - Parameters:
  ///   - output: a node of any shape.
  ///   - graph: the graph it belongs to.
  ///   - name: the name of a node that is to be a variable; nil for one that is read on.
  /// - Throws: `Unreadable` where there is something without words, and where the graph is too large.
  package mutating func read(
    _ output: NodeID, in graph: Graph, name: (NodeID) -> String?
  ) throws(Unreadable) {
    let order = graph.postOrder(from: output)
    guard order.count <= Self.sizeLimit else { throw .tooLarge(nodes: order.count) }
    terms.defersDomains = true
    defer { terms.defersDomains = false }
    for id in order where formulas[id] == nil {
      if let name = name(id) {
        formulas[id] = variable(name, isArray: !graph.isScalar(id))
      } else if graph.isLeaf(id) {
        formulas[id] = try leaf(id, graph)
      } else {
        formulas[id] = try application(id, graph)
      }
      if terms.isTooLarge { throw .tooLarge(nodes: order.count) }
    }
    formulas[output] = formulas[output].map { terms.resolvingDomains($0) }
  }

  private mutating func variable(_ name: String, isArray: Bool) -> TermID {
    let symbol = terms.symbol(name)
    if isArray { arrays.insert(symbol) }
    return symbol
  }

  /// The fraction that a mean has left as its digits, such as 2/3; nil for a number that is short.
  private static func fraction(_ value: Double) -> Number? {
    guard NumberFormat.text(value).utf8.count > 14 else { return nil }
    for denominator in 3...1000 {
      let numerator = (value * Double(denominator)).rounded()
      guard abs(numerator) >= 1, abs(numerator) < 1e9 else { continue }
      if abs(numerator / Double(denominator) - value) <= value.ulp {
        return Number.quotient(Number(Int(numerator)), Number(denominator))
      }
    }
    return nil
  }

  /// A number, or an array of one number again and again; others are called by their entries.
  private mutating func leaf(_ id: NodeID, _ graph: Graph) throws(Unreadable) -> TermID {
    let elements = graph.tensor(of: id).elements
    if let first = elements.first, elements.allSatisfy({ $0 == first }) {
      return Self.fraction(first).map { terms.number($0) } ?? terms.literal(first)
    }
    guard elements.count <= 6 else { throw .array(id) }
    return variable(
      NumberFormat.text(graph.tensor(of: id), digits: .significant(6)), isArray: true)
  }

  private mutating func application(_ id: NodeID, _ graph: Graph) throws(Unreadable) -> TermID {
    let row = graph.operation(of: id)
    let operands = graph.operands(of: id)
    let arguments = operands.map { formulas[$0] ?? terms.number(.one) }
    let name = row.row.name
    let shapes = operands.map { graph.shape(of: $0) }
    if name == "_broadcast" || name == "identity" { return arguments[0] }
    if row == .branch { return arguments[1] }
    // Rules set the largest share apart for its digits; the formula is the same without.
    if name == "is_largest" || name == "_is_largest" { return terms.number(.zero) }
    // A quotient keeps away from a length of 0, where another rule holds.
    if row == .select, let length = Self.guardedLength(operands, graph) {
      return formulas[length] ?? terms.number(.one)
    }
    // Where a rule does not hold, nothing is said: the formula is that of its domain.
    if row == .select, Self.isUndefined(operands[2], graph) { return arguments[1] }
    if row.isComparison || row.isLogical { return terms.apply(row, arguments) }
    if name == "_cofactors", operands.count == 1 {
      let matrix = text(arguments[0])
      return terms.multiply(
        variable("det(\(matrix))", isArray: false), variable("inv(\(matrix)).T", isArray: true))
    }
    // A vector has the same entries as a row or a column.
    if name == "_reshape", Self.withoutOnes(shapes[0]) == Self.withoutOnes(graph.shape(of: id)) {
      return arguments[0]
    }
    if case .partials = row.row.rule {
      // A column beside a row has entries that no formula of one entry tells apart.
      let count = graph.shape(of: id).count
      guard shapes.contains(where: { $0.count == count }) else { throw .array(id) }
      if [.multiply, .divide].contains(row), arguments.contains(where: terms.isNaN) {
        return terms.number(.inexact(.nan))
      }
      if let meaning = row.row.meaning {
        return terms.value(of: meaning, at: arguments, result: terms.number(.one))
      }
      return terms.apply(row, arguments)
    }
    if ["sum", "mean", "_sum_to"].contains(name) {
      let count = shapes[0].count / max(graph.shape(of: id).count, 1)
      let sum = sum(arguments[0], of: count, id, graph)
      return name == "mean" ? terms.times(Number.quotient(.one, Number(count)) ?? .one, sum) : sum
    }
    if name == "transpose", shapes[0].rank == 2 {
      return try transposed(arguments[0], isTurned: true, id, graph)
    }
    if row == .matmul {
      let turned = graph.attribute(of: id).turned
      let sizes = [
        Self.matrix(shapes[0], turned: turned.0), Self.matrix(shapes[1], turned: turned.1),
      ]
      // A row times a column, as a vector times a vector.
      if graph.shape(of: id).count == 1, shapes[0].count == shapes[1].count {
        return sum(terms.multiply(arguments[0], arguments[1]), of: shapes[0].count, id, graph)
      }
      return try product(id, arguments, sizes, turned, graph)
    }
    return try named(id, arguments, graph)
  }

  /// Whether a node is nan wherever it counts.
  private static func isUndefined(_ id: NodeID, _ graph: Graph) -> Bool {
    func isNaN(_ id: NodeID) -> Bool {
      graph.operation(of: id) == .constant && graph.isScalar(id) && graph.scalar(of: id).isNaN
    }
    return isNaN(id)
      || graph.operation(of: id) == .multiply && graph.operands(of: id).contains(where: isNaN)
  }

  /// The node `a` of `where(a != 0, a, inf)`; nil for any other choice.
  private static func guardedLength(_ operands: [NodeID], _ graph: Graph) -> NodeID? {
    let condition = operands[0]
    guard graph.operation(of: condition) == .notEqual,
      graph.operands(of: condition)[0] == operands[1],
      graph.tensor(of: operands[2]).elements.allSatisfy({ $0 == .infinity })
    else { return nil }
    return operands[1]
  }

  private static func withoutOnes(_ shape: Shape) -> [Int] { shape.dimensions.filter { $0 != 1 } }

  /// Rows and columns of a factor; nil for a vector.
  private static func matrix(_ shape: Shape, turned: Bool) -> (rows: Int, columns: Int)? {
    guard shape.rank == 2 else { return nil }
    let (rows, columns) = (shape.dimensions[0], shape.dimensions[1])
    return turned ? (columns, rows) : (rows, columns)
  }

  /// A matrix product by one name for each thing: `A.T @ x` for `x @ A`, `outer` for a column times
  /// a row.
  private mutating func product(
    _ id: NodeID, _ arguments: [TermID], _ sizes: [(rows: Int, columns: Int)?],
    _ turned: (Bool, Bool), _ graph: Graph
  ) throws(Unreadable) -> TermID {
    let operands = graph.operands(of: id)
    if operands.contains(where: { graph.shape(of: $0).count == 1 }) {
      return terms.multiply(arguments[0], arguments[1])
    }
    for (place, other) in [(0, 1), (1, 0)] where Self.isIdentity(operands[place], graph) {
      return try transposed(arguments[other], isTurned: other == 0 ? turned.0 : turned.1, id, graph)
    }
    let parts = arguments.map { withoutFactors($0) }
    let factor = terms.multiply(parts[0].factor, parts[1].factor)
    let (left, right) = (
      matrixText(parts[0].rest, of: operands[0], graph),
      matrixText(parts[1].rest, of: operands[1], graph)
    )
    func matrix(_ text: String, _ isTurned: Bool) -> String {
      isTurned ? Self.transpose(text) : Self.closed(text)
    }
    let name: String
    if sizes[0]?.columns == 1, sizes[1]?.rows == 1 {
      name = "outer(\(left), \(right))"
    } else if sizes[1] == nil || sizes[1]?.columns == 1 {
      name = "\(matrix(left, turned.0)) @ \(Self.closed(right))"
    } else if sizes[0] == nil || sizes[0]?.rows == 1 {
      name = "\(matrix(right, !turned.1)) @ \(Self.closed(left))"
    } else {
      name = "\(matrix(left, turned.0)) @ \(matrix(right, turned.1))"
    }
    guard name.count <= Self.nameLimit else { throw .array(id) }
    return terms.multiply(factor, variable(name, isArray: !graph.isScalar(id)))
  }

  /// A factor of a matrix product; of equal numbers, which are taken out, an array of ones.
  private func matrixText(_ rest: TermID, of id: NodeID, _ graph: Graph) -> String {
    guard terms.number(of: rest)?.isOne == true else { return text(rest) }
    let sizes = Self.withoutOnes(graph.shape(of: id)).map(String.init)
    return "ones(\(sizes.joined(separator: ", ")))"
  }

  private static func closed(_ text: String) -> String {
    TypedText(reading: text).bracketed(below: .whole)
  }

  private static func transpose(_ text: String) -> String {
    let name = closed(text)
    return name.hasSuffix(".T") ? String(name.dropLast(2)) : "\(name).T"
  }

  private mutating func transposed(
    _ term: TermID, isTurned: Bool, _ id: NodeID, _ graph: Graph
  ) throws(Unreadable) -> TermID {
    guard isTurned else { return term }
    let (factor, rest) = withoutFactors(term)
    guard uses(arrays, in: rest) else { return term }
    let name = Self.transpose(text(rest))
    guard name.count <= Self.nameLimit else { throw .array(id) }
    return terms.multiply(factor, variable(name, isArray: true))
  }

  private static func isIdentity(_ id: NodeID, _ graph: Graph) -> Bool {
    let shape = graph.shape(of: id)
    guard !graph.isVariable(id), shape.rank == 2, shape.dimensions[0] == shape.dimensions[1] else {
      return false
    }
    let size = shape.dimensions[0]
    return graph.tensor(of: id).elements.enumerated().allSatisfy { place, entry in
      entry == (place % (size + 1) == 0 ? 1 : 0)
    }
  }

  /// The sum of so many entries: of equal ones a multiple.
  private mutating func sum(_ term: TermID, of count: Int, _ id: NodeID, _ graph: Graph) -> TermID {
    let (factor, rest) = withoutFactors(term)
    guard uses(arrays, in: rest) else {
      return terms.times(Number(count), terms.multiply(factor, rest))
    }
    let sum = variable("sum(\(text(rest)))", isArray: !graph.isScalar(id))
    return terms.multiply(factor, sum)
  }

  /// Rows that are linear in each operand.
  private static let linear: Set<String> = [
    "matmul", "transpose", "_permute", "_reshape", "flatten", "index", "take", "trace", "diag",
    "cumsum", "outer",
  ]

  /// A variable for what has no formula by entries, with the factors that can be taken out of it.
  private mutating func named(_ id: NodeID, _ arguments: [TermID], _ graph: Graph)
    throws(Unreadable) -> TermID
  {
    let row = graph.operation(of: id).row
    var factor = terms.number(.one)
    var texts: [String] = []
    for argument in arguments {
      var rest = argument
      if Self.linear.contains(row.name) {
        let parts = withoutFactors(argument)
        factor = terms.multiply(factor, parts.factor)
        rest = parts.rest
      }
      texts.append(text(rest))
    }
    let operands = texts.map { TypedText(reading: $0) }
    guard let writing = graph.writing(of: id), writing.isExact,
      case let name = Self.withoutAxis(writing.text(operands).text, of: id, graph),
      name.count <= Self.nameLimit
    else {
      throw .array(id)
    }
    let variable = variable(name, isArray: !graph.isScalar(id))
    return terms.multiply(factor, variable)
  }

  /// A call without the axis of a vector, which has but one.
  private static func withoutAxis(_ call: String, of id: NodeID, _ graph: Graph) -> String {
    guard let first = graph.operands(of: id).first, graph.shape(of: first).rank == 1 else {
      return call
    }
    for end in [", axis=0)", ", axis=-1)"] where call.hasSuffix(end) {
      return call.dropLast(end.count) + ")"
    }
    return call
  }

  /// A term as numbers and single variables times the rest, of which the first summand has no number.
  private mutating func withoutFactors(_ term: TermID) -> (factor: TermID, rest: TermID) {
    let factored = terms.factoring(term, .shared)
    var (coefficient, rest) = terms.split(factored)
    var factor = terms.number(.one)
    if case .product(let factors) = terms[rest] {
      let scalars = factors.filter { !uses(arrays, in: $0.base) && !uses(arrays, in: $0.exponent) }
      let others = factors.filter { !scalars.contains($0) }
      factor = terms.product(scalars.map { ($0.base, $0.exponent) })
      rest = terms.product(others.map { ($0.base, $0.exponent) })
      (coefficient, rest) = (coefficient * terms.split(rest).coefficient, terms.split(rest).term)
    }
    if case .sum(let constant, let summands) = terms[rest],
      let inverse = Number.quotient(.one, summands[0].coefficient)
    {
      coefficient = coefficient * summands[0].coefficient
      rest = terms.sum(
        summands.map { ($0.coefficient * inverse, $0.term) }, constant: constant * inverse)
    }
    return (terms.times(coefficient, factor), rest)
  }

  private func uses(_ symbols: Set<TermID>, in root: TermID) -> Bool {
    terms.reachable(from: [root]).contains(where: symbols.contains)
  }

  package func text(_ root: TermID) -> String { terms.text(of: root) }
}
