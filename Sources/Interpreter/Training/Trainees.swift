import Autodiff
import Syntax
import Tensors

/// The params that a training statement changes, as one list of numbers.
struct Trainees: Sendable {
  struct Param: Sendable {
    let name: NameID
    let span: Span
    let shape: Shape
    /// Where its entries lie in the list.
    let range: Range<Int>
  }

  var params: [Param] = []
  /// Nodes from here on belong to the evaluation that is running.
  var mark: Int
  var compactions: Int
  var calls: [NodeID: CallRecord]
  var objective = Objective()
  /// Whether the expression was computed beforehand, and its graph is evaluated again.
  var isSnapshot = false
  /// What stands for the data while a batch is worked on; empty where all of them count.
  var batch: [Batches.Part] = []

  /// The name of an entry: `w`, `w[2]`, `w[0, 1]`.
  func label(_ place: Int, _ name: (NameID) -> String) -> String {
    guard let param = params.first(where: { $0.range.contains(place) }) else { return "" }
    guard !param.shape.isScalar else { return name(param.name) }
    let indices = param.shape.indices(ofElement: place - param.range.lowerBound)
    return "\(name(param.name))[\(indices.map(String.init).joined(separator: ", "))]"
  }
}

extension Session {
  /// The params that stand behind `over`, and their numbers.
  func trainees(_ request: TrainingRequest) throws(Diagnostic) -> (Trainees, [Double]) {
    var trainees = Trainees(mark: graph.count, compactions: compactionCount, calls: calls)
    var position: [Double] = []
    for target in request.site.over {
      guard case .parameter(let id) = bindings[target.name.index] else {
        if case .none = bindings[target.name.index] {
          throw .unknownName(
            name(target.name), at: target.span, hint: suggestion(for: target.name))
        }
        throw .noParam(
          name(target.name), ceasedIn: remarks.ceased[target.name], at: target.span)
      }
      let tensor = graph.tensor(of: id)
      trainees.params.append(
        Trainees.Param(
          name: target.name, span: target.span, shape: tensor.shape,
          range: position.count..<position.count + tensor.count))
      position += tensor.elements
    }
    return (trainees, position)
  }

  /// Gives the params other numbers; what the evaluation before has built is forgotten.
  mutating func place(_ trainees: inout Trainees, at position: [Double]) {
    // A node may come to stand where another one was.
    for index in hotLoops.indices { hotLoops[index].loop = nil }
    if compactionCount == trainees.compactions {
      graph.truncate(to: trainees.mark)
      if calls.count != trainees.calls.count { calls = trainees.calls }
    } else {
      (trainees.compactions, trainees.mark) = (compactionCount, graph.count)
      trainees.calls = calls
    }
    if !liveAnswers.isEmpty { liveAnswers.removeAll(keepingCapacity: true) }
    if !derivativeQuestions.isEmpty { derivativeQuestions.removeAll() }
    trainees.objective.isAhead = false
    bind(trainees.params, to: position)
  }

  /// Makes leaves of numbers and binds the params to them.
  mutating func bind(_ params: [Trainees.Param], to position: [Double]) {
    for param in params {
      let tensor = Tensor(shape: param.shape, elements: Array(position[param.range]))
      let leaf = graph.input(tensor, tag: tag(param.name))
      if journaled[param.name.index] != statementNumber {
        bind(param.name, to: .parameter(leaf))
      } else {
        bindings[param.name.index] = .parameter(leaf)
        epoch &+= 1
      }
    }
  }

  /// Evaluates an expression over the params where they are placed.
  mutating func evaluate(
    _ part: TrainingSite.Part, over trainees: Trainees, of request: TrainingRequest
  ) throws(Diagnostic) -> NodeID {
    let hasScope = trainees.isSnapshot || !trainees.batch.isEmpty
    if hasScope { openScope(of: trainees) }
    let value = try evaluate(part, of: request)
    if hasScope { scopes.removeLast() }
    guard case .node(let id) = value else { throw .needsNumber(value.kind, at: part.span) }
    return id
  }

  /// Lets earlier numbers of the params mean those of now, and data a batch of them, as `at` does.
  private mutating func openScope(of trainees: Trainees) {
    let names = trainees.params.map(\.name) + trainees.batch.map(\.name)
    var leaves = leaves(of: trainees)
    var replacements: [NodeID: NodeID] = [:]
    for part in trainees.batch {
      let leaf = graph.input(part.tensor, tag: tag(part.name))
      if let whole = bindings[part.name.index].node { replacements[whole] = leaf }
      leaves.append(leaf)
    }
    openScope(names, leaves, replacing: replacements, areUsed: true)
  }

  func leaves(of trainees: Trainees) -> [NodeID] {
    trainees.params.map { bindings[$0.name.index].node ?? NodeID(0) }
  }

  /// Finds out how an expression depends on the params.
  ///
  /// - Returns: whether its graph has to be evaluated again, since an earlier number is in it.
  /// - Throws: a `Diagnostic` where some param has no influence on it.
  mutating func requireInfluence(
    on id: NodeID, of trainees: Trainees, _ what: String, at span: Span
  ) throws(Diagnostic) -> Bool {
    reach.collect(from: id, in: graph)
    for (param, leaf) in zip(trainees.params, leaves(of: trainees)) where !reach.contains(leaf) {
      let isEarlier = reach.leaves.contains { graph.tag(of: $0) == tag(param.name) }
      if isEarlier, !trainees.isSnapshot { return true }
      throw .noInfluence(what, name(param.name), at: param.span)
    }
    return false
  }

  /// `w = 2`, `b = [1, 2]`: the params as they are now, a line each, long arrays by their ends.
  func listing(of trainees: Trainees) -> [String] {
    zip(trainees.params, leaves(of: trainees)).map { param, leaf in
      let tensor = graph.tensor(of: leaf)
      let text = NumberFormat.text(tensor, digits: options.digits, atMost: 20)
      return "\(name(param.name)) = \(text)"
    }
  }
}
