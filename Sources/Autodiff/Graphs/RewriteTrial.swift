import Tensors

/// A rewrite computed beside the form that it would replace, at the same numbers.
package struct RewriteTrial {
  private var graph = Graph()
  private let match: RewriteMatch
  private let arguments: [NodeID]
  /// The better form, as nodes of `graph`.
  private let better: NodeID
  private let attributes: [Attribute]
  private let was: Tensor
  private let has: Tensor

  /// The most entries of arguments that are computed with once more.
  package static let largest = 1_000_000

  /// - Returns: nil where the better form cannot be computed, has another shape, or is not the same
  ///   function there.
  package init?(_ match: RewriteMatch, in original: Graph) {
    self.match = match
    let values = match.arguments.map(original.tensor(of:))
    guard values.reduce(0, { $0 + $1.count }) <= Self.largest else { return nil }
    graph.precision = original.precision
    graph.cancellation = original.cancellation
    graph.cornerChoice = original.cornerChoice
    var arguments: [NodeID] = []
    for (id, value) in zip(match.arguments, values) {
      arguments.append(original.isVariable(id) ? graph.input(value) : graph.constant(value))
    }
    self.arguments = arguments
    attributes = match.rewrite.better.terms.map { term in
      guard case .apply(let name, _) = term else { return .none }
      return match.attribute(of: Primitive.row(name), in: original)
    }
    was = original.tensor(of: match.nodes[0])
    guard let better = try? graph.build(match.rewrite.better, arguments, attributes),
      graph.shape(of: better) == was.shape
    else { return nil }
    (self.better, has) = (better, graph.tensor(of: better))
    if let domain = match.rewrite.domain, !holds(domain) { return nil }
    guard isSameFunction(at: values, in: original) else { return nil }
  }

  /// Whether a condition holds at every entry.
  private mutating func holds(_ condition: Formula) -> Bool {
    let none = condition.terms.map { _ in Attribute.none }
    guard let id = try? graph.build(condition, arguments, none) else { return false }
    return graph.tensor(of: id).elements.allSatisfy { $0 != 0 }
  }

  /// Whether the two forms agree, options and all, at numbers that are hard for neither.
  private func isSameFunction(at values: [Tensor], in original: Graph) -> Bool {
    let patternAttributes = zip(match.rewrite.steps, match.nodes).reversed().map { step, node in
      if case .apply = step { original.attribute(of: node) } else { Attribute.none }
    }
    return [0.6, 1.0].contains { middle in
      var graph = Graph()
      let easy = values.enumerated().map { place, value in
        graph.input(Self.easy(value, at: place, around: middle))
      }
      guard let plain = try? graph.build(match.rewrite.pattern, easy, patternAttributes),
        let better = try? graph.build(match.rewrite.better, easy, attributes)
      else { return false }
      let (a, b) = (graph.tensor(of: plain), graph.tensor(of: better))
      return a.shape == b.shape
        && zip(a.elements, b.elements).allSatisfy { abs($0 - $1) <= 1e-9 * abs($1) }
    }
  }

  /// Numbers between 0 and 1, or around 1 with a product near 1; of a square matrix such that its
  /// determinant is positive.
  ///
  /// What comes second may be labels or an exponent, and is kept where it is of middle size.
  private static func easy(_ value: Tensor, at place: Int, around middle: Double) -> Tensor {
    if place > 0, value.elements.allSatisfy({ abs($0) <= 100 }) { return value }
    let sizes = value.shape.dimensions
    let size = sizes.count == 2 && sizes[0] == sizes[1] ? sizes[0] : 1
    let elements = value.elements.indices.map { index in
      let share = (Double(index) * 0.6180339887 + Double(place) * 0.37)
        .truncatingRemainder(dividingBy: 1)
      let number = middle + (middle == 1 ? 0.2 : 0.5) * (share - 0.5)
      guard size > 1 else { return number }
      return index % (size + 1) == 0 ? number + 1 : number / Double(size)
    }
    return Tensor(shape: value.shape, elements: elements)
  }

  /// Whether the better form is finite where the other is not.
  package var savesValue: Bool { badCount(has) < badCount(was) }

  /// The entry at which the other form, though finite, has lost four digits or more; nil where none
  /// has.
  package mutating func lostEntry() -> Int? {
    guard badCount(has) <= badCount(was) else { return nil }
    if case .at(let condition) = match.rewrite.digits, !holds(condition) { return nil }
    return was.elements.indices.first {
      match.rewrite.loses(was.elements[$0], has.elements[$0], in: graph.precision)
    }
  }

  /// Whether a derivative of the better form is finite where that of the other is not.
  package func savesSlope(in original: Graph) -> Bool {
    var graph = graph
    let patternAttributes = zip(match.rewrite.steps, match.nodes).reversed().map { step, node in
      if case .apply = step { original.attribute(of: node) } else { Attribute.none }
    }
    let targets = arguments.filter { graph.isInput($0) }
    guard !targets.isEmpty, badCount(has) == 0,
      let plain = try? graph.build(match.rewrite.pattern, arguments, patternAttributes)
    else { return false }
    func badSlopes(_ id: NodeID, _ graph: inout Graph) -> Int? {
      guard let sum = graph.isScalar(id) ? id : try? graph.apply(.sum, id) else { return nil }
      var builder = GradientBuilder()
      return (try? builder.numbers(of: sum, withRespectTo: targets, in: &graph))?
        .reduce(0) { $0 + ($1.map(badCount) ?? 0) }
    }
    guard let before = badSlopes(plain, &graph), before > 0 else { return false }
    return badSlopes(better, &graph).map { $0 < before } ?? false
  }

  /// The better form as it is typed, with texts for the arguments.
  package func text(_ arguments: [TypedText]) -> String? {
    graph.typed(better) { id in
      if let place = self.arguments.firstIndex(of: id) { return arguments[place] }
      return graph.isLeaf(id)
        ? TypedText(nameOrNumber: NumberFormat.text(graph.tensor(of: id))) : nil
    }?.text
  }

  private func badCount(_ value: Tensor) -> Int { value.elements.count { !$0.isFinite } }
}

extension Rewrite {
  /// Whether a number is short of digits beside the one that the better form gives.
  package func loses(_ was: Double, _ has: Double, in precision: Precision) -> Bool {
    guard was.isFinite, has.isFinite, was != has else { return false }
    let limit = precision.isSingle ? 1.2e-3 : 2.2e-12
    if case .rough = digits { return abs(was - has) > max(1e-4, 10 * limit) * max(1, abs(has)) }
    return abs(was - has) > limit * abs(has)
  }
}

extension Graph {
  /// Writes a formula as nodes, every application with its attribute and nothing folded.
  fileprivate mutating func build(
    _ formula: Formula, _ arguments: [NodeID], _ attributes: [Attribute]
  ) throws(ShapeError) -> NodeID {
    var stack: [NodeID] = []
    for (term, attribute) in zip(formula.terms, attributes) {
      switch term {
      case .argument(let place): stack.append(arguments[place])
      case .constant(let value): stack.append(constant(value))
      case .apply(let name, let count):
        let operands = Array(stack.suffix(count))
        stack.removeLast(count)
        stack.append(try apply(Primitive.row(name), operands, attribute))
      case .result, .tieShare: preconditionFailure("a rewrite has operands only")
      }
    }
    return stack[0]
  }
}
