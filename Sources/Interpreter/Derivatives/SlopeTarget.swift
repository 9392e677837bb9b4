import Autodiff
import Syntax
import Tensors

/// What a derivative is taken with respect to: a node, or entries of one.
struct SlopeTarget: Sendable {
  /// A step from a node to some of its entries, as `[1]` or `[:, 0]`.
  struct Step: Sendable {
    let operation: PrimitiveID
    let attribute: Attribute
  }

  var node: NodeID
  /// That of what is asked for.
  var shape: Shape
  /// From the node to the entries, one after the other; empty for the whole node.
  var steps: [Step] = []
}

/// The targets of a derivative, as they were written.
struct Targets: Sendable {
  var all: [SlopeTarget]
  /// Whether they were written in brackets.
  let isGroup: Bool

  /// The whole nodes, of which some may come several times.
  var nodes: [NodeID] { all.map(\.node) }

  /// One answer, or one for each of a group.
  func answer(_ nodes: [NodeID]) -> Value {
    isGroup ? .list(nodes.map(Value.node)) : .node(nodes[0])
  }
}

extension Session {
  func targets(_ target: Value, at span: Span) throws(Diagnostic) -> Targets {
    guard case .list(let values) = target else {
      return Targets(all: [try self.target(target, at: span)], isGroup: false)
    }
    var all: [SlopeTarget] = []
    for value in values { all.append(try self.target(value, at: span)) }
    guard !all.isEmpty else { throw .notANode(at: span) }
    return Targets(all: all, isGroup: true)
  }

  private func target(_ value: Value, at span: Span) throws(Diagnostic) -> SlopeTarget {
    switch value {
    case .node(let node): return SlopeTarget(node: node, shape: graph.shape(of: node))
    case .part(let part, let whole):
      var steps: [SlopeTarget.Step] = []
      var node = part
      while node != whole {
        steps.append(
          SlopeTarget.Step(
            operation: graph.operation(of: node), attribute: graph.attribute(of: node)))
        node = graph.operands(of: node)[0]
      }
      return SlopeTarget(node: whole, shape: graph.shape(of: part), steps: steps.reversed())
    case .list, .text, .nothing, .optimizer, .table: throw .notANode(at: span)
    }
  }

  /// `w[1]` where a derivative is taken with respect to it: entries that remember their array.
  mutating func indexTarget(_ patterns: [IndexPattern], at span: Span) throws(Diagnostic) {
    let place = stack.count - 1 - patterns.reduce(0) { $0 + $1.operandCount }
    var whole: NodeID?
    switch stack[place] {
    case .node(let id): whole = id
    case .part(let part, let node): (whole, stack[place]) = (node, .node(part))
    case .text, .list, .optimizer, .table, .nothing: break
    }
    try index(patterns, at: span)
    guard let whole, case .node(let part)? = stack.last else { return }
    stack[stack.count - 1] = .part(part, of: whole)
  }

  /// Of the derivatives with respect to whole nodes, or of the nodes themselves, the entries asked
  /// for.
  mutating func entries(of answers: [NodeID], asIn targets: Targets) throws(ShapeError) -> [NodeID]
  {
    var entries: [NodeID] = []
    for (answer, target) in zip(answers, targets.all) {
      entries.append(try self.entries(of: answer, of: target))
    }
    return entries
  }

  private mutating func entries(of whole: NodeID, of target: SlopeTarget) throws(ShapeError)
    -> NodeID
  {
    var id = whole
    for step in target.steps { id = try graph.fold(step.operation, [id], step.attribute) }
    return id
  }

  /// Directions of the entries asked for, as directions of the whole nodes.
  mutating func spread(_ directions: [NodeID], over targets: Targets) throws(ShapeError)
    -> [NodeID]
  {
    var wholes: [NodeID] = []
    for (direction, target) in zip(directions, targets.all) {
      guard !target.steps.isEmpty else {
        wholes.append(direction)
        continue
      }
      wholes.append(try graph.fold(.arrange, [direction], .arrangement(placement(of: target))))
    }
    return wholes
  }

  /// Where the entries of a target stand in the whole node.
  private mutating func placement(of target: SlopeTarget) throws(ShapeError) -> Arrangement {
    let shape = graph.shape(of: target.node)
    let count = graph.count
    defer { graph.truncate(to: count) }
    let numbers = Tensor(shape: shape, elements: (0..<shape.count).map(Double.init))
    let places = try entries(of: graph.constant(numbers), of: target)
    return Arrangement(shape: shape, targets: graph.tensor(of: places).elements.map { Int32($0) })
  }

  /// An output over nodes of their own for the entries that a derivative is taken with respect to,
  /// so that it can be taken of them alone.
  ///
  /// Where targets overlap, later ones are cut out of what earlier ones were put into: each has all
  /// of its influence, through the others, too.
  mutating func cutOut(_ targets: Targets, of output: NodeID, at span: Span) throws(Diagnostic)
    -> (output: NodeID, Targets)
  {
    guard targets.all.contains(where: { !$0.steps.isEmpty }) else { return (output, targets) }
    var wholes: [NodeID: NodeID] = [:]
    var cut = targets
    for (place, target) in targets.all.enumerated() where !target.steps.isEmpty {
      do throws(ShapeError) {
        let whole = wholes[target.node] ?? target.node
        let primal = try graph.primal(of: try entries(of: whole, of: target))
        guard let changed = try replacing(target, of: whole, by: primal) else { break }
        wholes[target.node] = changed
        cut.all[place] = SlopeTarget(node: primal, shape: target.shape)
      } catch {
        throw .shape(error, [shown(target)], at: span)
      }
    }
    if let twice = cut.all.first(where: { !$0.steps.isEmpty }) {
      throw .entryTwice(shown(twice), at: span)
    }
    var substitution = Substitution(replacing: wholes, inputsTagged: [:])
    do throws(Substitution.Failure) {
      return (try substitution.apply(to: output, in: &graph), cut)
    } catch {
      throw diagnostic(error, at: span)
    }
  }

  /// A node like the whole with others in the place of a target's entries; nil where one comes twice.
  private mutating func replacing(
    _ target: SlopeTarget, of whole: NodeID, by entries: NodeID
  ) throws(ShapeError) -> NodeID? {
    if target.steps.count == 1, target.steps[0].operation == .index {
      return try graph.apply(.set, [whole, entries], target.steps[0].attribute)
    }
    let placement = try placement(of: target)
    guard !placement.addsUp else { return nil }
    let spread = try graph.apply(.arrange, [entries], .arrangement(placement))
    return try graph.apply(.select, [graph.constant(placement.mask), spread, whole])
  }

  /// What a target is called in messages.
  func shown(_ target: SlopeTarget) -> String {
    shown(target.node) + String(repeating: "[…]", count: target.steps.count)
  }
}
