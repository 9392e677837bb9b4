import Autodiff
import Syntax
import Tensors

/// Jacobians, Hessians and their products with vectors.
extension Session {
  /// `jacobian(y, x)`: the derivatives of every entry of y, in the shape of y and then of x.
  mutating func jacobian(of output: Value, withRespectTo target: Value, at span: Span)
    throws(Diagnostic) -> Value
  {
    let y = try self.output(output, at: span)
    let targets = try self.targets(target, at: span)
    guard !graph.isScalar(y) else {
      return try gradient(of: output, withRespectTo: target, at: span)
    }
    try refuseStale(y, targets.nodes, at: span)
    let (lifted, cut) = try cutOut(targets, of: y, at: span)
    var answers: [NodeID] = []
    for x in cut.nodes {
      do throws(ShapeError) {
        let found = try jacobians.jacobian(of: lifted, withRespectTo: x, in: &graph)
        if let found { answers.append(found) } else { answers.append(try zero(like: y, x)) }
      } catch {
        throw .shape(error, [shown(y), shown(x)], at: span)
      }
    }
    return targets.answer(answers)
  }

  /// `hessian(y, x)`: of an array x in its shape twice; of numbers in brackets a matrix, of arrays a
  /// block for each pair.
  mutating func hessian(of output: Value, withRespectTo target: Value, at span: Span)
    throws(Diagnostic) -> Value
  {
    let (whole, wholes) = try curved(output, target, "hessian", at: span)
    let (y, targets) = try cutOut(wholes, of: whole, at: span)
    do throws(ShapeError) {
      let isMatrix = targets.nodes.allSatisfy(graph.isScalar)
      if isMatrix, !targets.isGroup { return .node(try curvature(of: y, at: targets.nodes[0])) }
      let x = targets.nodes[0]
      let shape =
        targets.isGroup
        ? Shape([targets.nodes.count, targets.nodes.count])
        : try Shape(checking: graph.shape(of: x).dimensions + graph.shape(of: x).dimensions)
      let found = try hessians.hessian(of: y, withRespectTo: targets.nodes, in: &graph)
      if isMatrix || !targets.isGroup {
        return .node(
          try found?.matrix(shape, in: &graph)
            ?? graph.constant(Tensor(repeating: 0, shape: shape)))
      }
      guard let blocks = try found?.blocks(in: &graph) else {
        return .list(try zeroBlocks(targets.nodes))
      }
      return .list(blocks.map { .list($0.map(Value.node)) })
    } catch {
      throw .shape(error, targets.nodes.map(shown), at: span)
    }
  }

  /// `sparse_hessian(y, x)`: rows [i, j, value], where i and j count the entries of all names.
  mutating func sparseHessian(of output: Value, withRespectTo target: Value, at span: Span)
    throws(Diagnostic) -> Value
  {
    let (whole, wholes) = try curved(output, target, "sparse_hessian", at: span)
    let (y, targets) = try cutOut(wholes, of: whole, at: span)
    do throws(ShapeError) {
      let found = try hessians.hessian(of: y, withRespectTo: targets.nodes, in: &graph)
      return .node(
        try found?.triples(in: &graph)
          ?? graph.constant(Tensor(repeating: 0, shape: Shape([0, 3]))))
    } catch {
      throw .shape(error, targets.nodes.map(shown), at: span)
    }
  }

  /// `jvp(y, x, v)`: how y changes when x moves along v, in the shape of y.
  mutating func jvp(
    of output: Value, _ target: Value, along direction: Value, at span: Span
  ) throws(Diagnostic) -> Value {
    let y = try self.output(output, at: span)
    let seeds = try self.seeds("jvp", self.targets(target, at: span), direction, at: span)
    try refuseStale(y, seeds.map(\.node), at: span)
    do throws(ShapeError) {
      let found = try tangents.tangent(of: y, along: seeds, in: &graph)
      return .node(try graph.limit(found, of: y, along: seeds) ?? zero(like: y))
    } catch {
      throw .shape(error, [shown(y)], at: span)
    }
  }

  /// `vjp(y, x, u)`: the derivative of the sum of u*y, in the shape of x.
  mutating func vjp(
    of output: Value, _ target: Value, weights: Value, at span: Span
  ) throws(Diagnostic) -> Value {
    let y = try self.output(output, at: span)
    let targets = try self.targets(target, at: span)
    guard case .node(let u) = weights else { throw .needsNumber(weights.kind, at: span) }
    let (found, wanted) = (graph.shape(of: u), graph.shape(of: y))
    guard found == wanted else {
      throw .wrongShape("the weight of", found, shown(y), wanted, at: span)
    }
    try refuseStale(y, targets.nodes, at: span)
    do throws(ShapeError) {
      var found = try builder.adjoint(
        of: y, seed: u, withRespectTo: targets.nodes, in: &graph)
      found = try graph.limits(found, of: y, weighedBy: u, at: targets.nodes)
      let adjoints = zip(found, targets.nodes).map { $0 ?? zero(like: $1) }
      return targets.answer(try entries(of: adjoints, asIn: targets))
    } catch {
      throw .shape(error, [shown(y)], at: span)
    }
  }

  /// `hvp(y, x, v)`: how the gradient changes when x moves along v, forward mode over reverse mode.
  mutating func hvp(
    of output: Value, _ target: Value, along direction: Value, at span: Span
  ) throws(Diagnostic) -> Value {
    let (y, targets) = try curved(output, target, "hvp", at: span)
    let seeds = try self.seeds("hvp", targets, direction, at: span)
    do throws(ShapeError) {
      let slopes = try builder.gradient(of: y, withRespectTo: targets.nodes, in: &graph)
      let found = try tangents.tangents(
        of: slopes.compactMap { $0 }, along: [seeds], in: &graph)[0]
      var products = found.makeIterator()
      var wholes: [NodeID] = []
      for (slope, node) in zip(slopes, targets.nodes) {
        let product = try slope.flatMap { slope throws(ShapeError) in
          try graph.limit(products.next() ?? nil, of: slope, along: seeds)
        }
        wholes.append(product ?? zero(like: node))
      }
      return targets.answer(try entries(of: wholes, asIn: targets))
    } catch {
      throw .shape(error, [shown(y)], at: span)
    }
  }

  /// What is differentiated.
  private mutating func output(_ value: Value, at span: Span) throws(Diagnostic) -> NodeID {
    guard case .node(let id) = value else { throw .needsNumber(value.kind, at: span) }
    try refuseCorners(from: id, at: span)
    differentiations &+= 1
    return id
  }

  /// What is differentiated twice, and with respect to what.
  ///
  /// Of a constant, such as the variable of a loop, the first derivative would be a mere number: a
  /// node that counts as variable takes its place.
  private mutating func curved(
    _ output: Value, _ target: Value, _ form: String, at span: Span
  ) throws(Diagnostic) -> (y: NodeID, Targets) {
    let y = try self.output(output, at: span)
    guard graph.isScalar(y) else { throw .notScalar(form, graph.shape(of: y), at: span) }
    let targets = try self.targets(target, at: span)
    try refuseStale(y, targets.nodes, at: span)
    let constants = Set(targets.nodes.filter { !graph.isVariable($0) })
    guard !constants.isEmpty else { return (y, targets) }
    var primals: [NodeID: NodeID] = [:]
    for id in constants { primals[id] = try primal(of: id, at: span) }
    var substitution = Substitution(replacing: primals, inputsTagged: [:])
    do throws(Substitution.Failure) {
      let lifted = try substitution.apply(to: y, in: &graph)
      var inner = targets
      for place in inner.all.indices {
        inner.all[place].node = primals[inner.all[place].node] ?? inner.all[place].node
      }
      return (lifted, inner)
    } catch {
      throw diagnostic(error, at: span)
    }
  }

  /// A direction for each of the targets: one of the shape of a single one; for several a list, or
  /// an array whose rows they are.
  private mutating func seeds(
    _ form: String, _ targets: Targets, _ direction: Value, at span: Span
  ) throws(Diagnostic) -> [TangentBuilder.Seed] {
    var directions: [NodeID] = []
    switch direction {
    case .node(let v) where targets.isGroup && !graph.isScalar(v):
      for place in 0..<graph.shape(of: v).dimensions[0] {
        try push(.index, [v], .items([.at(place)]), at: span)
        directions.append(try popNode(at: span))
      }
    case .node(let v): directions = [v]
    case .list(let values):
      for value in values {
        guard case .node(let v) = value else { throw .needsNumber(value.kind, at: span) }
        directions.append(v)
      }
    case .text, .nothing, .optimizer, .table, .part:
      throw .needsNumber(direction.kind, at: span)
    }
    guard directions.count == targets.all.count else {
      throw .wrongCount(form, directions.count, names: targets.all.count, at: span)
    }
    for (target, v) in zip(targets.all, directions) where graph.shape(of: v) != target.shape {
      throw .wrongShape(
        "the direction of", graph.shape(of: v), shown(target), target.shape, at: span)
    }
    do throws(ShapeError) {
      directions = try spread(directions, over: targets)
    } catch {
      throw .shape(error, targets.all.map { shown($0) }, at: span)
    }
    return zip(targets.nodes, directions).map { TangentBuilder.Seed($0, $1) }
  }

  /// The second derivative with respect to a single number.
  private mutating func curvature(of y: NodeID, at x: NodeID) throws(ShapeError) -> NodeID {
    guard let slope = try builder.gradient(of: y, withRespectTo: [x], in: &graph)[0] else {
      return graph.constant(0)
    }
    let curvature = try builder.gradient(of: slope, withRespectTo: [x], in: &graph)[0]
    return try graph.limit(curvature, of: slope, at: x) ?? graph.constant(0)
  }

  private mutating func zero(like y: NodeID, _ x: NodeID) throws(ShapeError) -> NodeID {
    let shape = try Shape(
      checking: graph.shape(of: y).dimensions + graph.shape(of: x).dimensions)
    return graph.constant(Tensor(repeating: 0, shape: shape))
  }

  private mutating func zeroBlocks(_ nodes: [NodeID]) throws(ShapeError) -> [Value] {
    var lines: [Value] = []
    for row in nodes {
      var line: [Value] = []
      for column in nodes { line.append(.node(try zero(like: row, column))) }
      lines.append(.list(line))
    }
    return lines
  }
}
