import Autodiff
import Optimization
import Syntax
import Tensors

/// What the imperative words keep between statements: sums of derivatives and optimizers' memories.
struct Imperative: Sendable {
  /// By param: what `backward` has added up since `zero_grad`.
  var gradients: [NameID: GradientSum] = [:]
  /// By the optimizer's serial number and param.
  var memories: [Int: [NameID: OptimizerState]] = [:]
  /// The optimizers made so far.
  var serial = 0

  var byteCount: Int {
    let sums = gradients.values.reduce(0) { $0 + $1.shape.count }
    let remembered = memories.values.joined().reduce(0) { $0 + $1.value.size }
    return (sums + remembered) * MemoryLayout<Double>.size
  }
}

/// Derivatives added up, which are 0 at first and after `zero_grad`.
struct GradientSum: Sendable {
  let shape: Shape
  private var sum: Tensor?

  init(shape: Shape) { self.shape = shape }

  var tensor: Tensor { sum ?? Tensor(repeating: 0, shape: shape) }

  mutating func add(_ term: Tensor) {
    guard let sum else { return self.sum = term }
    // Held in one place only, so that it is changed in place.
    self.sum = nil
    var total = sum
    total += term
    self.sum = total
  }

  mutating func clear() { sum = nil }
}

/// The words of PyTorch's and OneFlow's lessons, which behave as there.
extension Session {
  /// Before the first change of a statement: what a failure goes back to, and `:undo`.
  mutating func rememberImperative() {
    graph.trace?.isVoid = true
    guard imperativeStatement != statementNumber else { return }
    imperativeStatement = statementNumber
    journal.append(.imperative(imperative))
  }

  /// `backward(l)`: adds the derivatives of l to `w.grad` of each param it was computed with.
  mutating func backward(_ value: Value, at span: Span) throws(Diagnostic) {
    guard case .node(let id) = value else { throw .needsNumber(value.kind, at: span) }
    guard graph.isScalar(id) else { throw .backwardNotScalar("\(graph.shape(of: id))", at: span) }
    reach.collect(from: id, in: graph)
    let reached = Set(reach.leaves)
    var (names, leaves): ([NameID], [NodeID]) = ([], [])
    for leaf in reach.leaves {
      let tag = graph.tag(of: leaf)
      guard graph.isInput(leaf), tag != .none else { continue }
      let name = NameID(index: Int(tag.rawValue))
      guard case .parameter(let now) = bindings[name.index] else { continue }
      guard leaf == now || reached.contains(now) else {
        let (was, present) = tellingApart(leaf, now)
        throw .stale(
          graph.tag(of: id) == .none ? "the expression" : shown(id), shown(now),
          was: was, now: present, at: span)
      }
      guard leaf == now else { continue }
      names.append(name)
      leaves.append(leaf)
    }
    guard !names.isEmpty else { throw .nothingToLearn(at: span) }
    rememberImperative()
    for (name, slope) in zip(names, try slopes(of: id, withRespectTo: leaves, at: span)) {
      let isNew = imperative.gradients[name]?.shape != slope.shape
      if isNew { imperative.gradients[name] = GradientSum(shape: slope.shape) }
      imperative.gradients[name]?.add(slope)
    }
  }

  /// `zero_grad()`: every `w.grad` becomes 0.
  mutating func zeroGradients() {
    rememberImperative()
    for name in imperative.gradients.keys { imperative.gradients[name]?.clear() }
  }

  /// `w.grad`.
  mutating func accumulatedGradient(of id: NodeID, at span: Span) throws(Diagnostic) -> Value {
    graph.trace?.isVoid = true
    let tag = graph.tag(of: id)
    let name = tag == .none ? nil : NameID(index: Int(tag.rawValue))
    guard let name, case .parameter(let leaf) = bindings[name.index], leaf == id else {
      throw .gradientOfNoParam(phrase(id), learns: paramsBehind(id), at: span)
    }
    guard let gradient = imperative.gradients[name], gradient.shape == graph.shape(of: id) else {
      throw .noGradientYet(shown(id), at: span)
    }
    return .node(graph.constant(gradient.tensor))
  }

  /// The params that a node was computed with.
  mutating func paramsBehind(_ id: NodeID) -> [String] {
    reach.collect(from: id, in: graph)
    let names = reach.leaves.compactMap { leaf -> NameID? in
      let tag = graph.tag(of: leaf)
      guard tag != .none else { return nil }
      let name = NameID(index: Int(tag.rawValue))
      if case .parameter(leaf) = bindings[name.index] { return name }
      return nil
    }
    return names.map(name)
  }

  /// `step(opt)`: one step of an optimizer for every param that has a `grad`.
  mutating func step(_ value: Value, at span: Span) throws(Diagnostic) -> Value {
    guard case .optimizer(let optimizer) = value else { throw .needsNumber(value.kind, at: span) }
    guard case .firstOrder = optimizer.chosen.row.method else {
      throw .stepBySearch(optimizer.chosen.row.name, at: span)
    }
    let gradients = imperative.gradients.mapValues(\.tensor).sorted { $0.key.index < $1.key.index }
    guard !gradients.isEmpty else { throw .nothingToStep(at: span) }
    for (name, gradient) in gradients {
      guard let bad = gradient.elements.first(where: { !$0.isFinite }) else { continue }
      throw .gradientNotFinite(self.name(name), number(bad), at: span)
    }
    rememberImperative()
    let clipping = Optimizer.clipping(
      of: gradients.map(\.value.elements), to: optimizer.chosen["clip"])
    var memories = imperative.memories.removeValue(forKey: optimizer.serial) ?? [:]
    for (name, gradient) in gradients {
      guard case .parameter(let leaf) = bindings[name.index],
        graph.shape(of: leaf) == gradient.shape
      else { continue }
      var position = graph.tensor(of: leaf).elements
      var state = memories.removeValue(forKey: name) ?? OptimizerState()
      Optimizer.step(
        &position, along: gradient.elements, clipping: clipping, optimizer.chosen, &state)
      memories[name] = state
      let moved = graph.input(
        Tensor(shape: gradient.shape, elements: position), tag: tag(name))
      bind(name, to: .parameter(moved))
    }
    let remembers = memories.values.contains { $0.size > 0 }
    if remembers, !isKept(optimizer) {
      remarkOnLoneStep()
    } else {
      if remembers, memories.values.allSatisfy({ $0.count == 1 }) { forgetLoneSteps() }
      imperative.memories[optimizer.serial] = memories
    }
    return .nothing
  }

  /// Whether a name or a running function still holds an optimizer.
  private func isKept(_ optimizer: OptimizerValue) -> Bool { isKept(optimizer.serial) }

  private func isKept(_ serial: Int) -> Bool {
    func holds(_ value: Value) -> Bool {
      switch value {
      case .optimizer(let other): other.serial == serial
      case .list(let values): values.contains(where: holds)
      default: false
      }
    }
    return stack.contains(where: holds)
      || bindings.contains { if case .value(let value) = $0 { holds(value) } else { false } }
  }

  /// Drops what optimizers have learnt that another one took the place of after a single step.
  private mutating func forgetLoneSteps() {
    let lone = imperative.memories.filter { serial, states in
      states.values.contains { $0.size > 0 } && states.values.allSatisfy { $0.count == 1 }
        && !isKept(serial)
    }
    for serial in lone.keys {
      imperative.memories[serial] = nil
      remarkOnLoneStep()
    }
  }

  /// The second step of optimizers that nobody holds shows that each is meant to remember.
  private mutating func remarkOnLoneStep() {
    remarks.loneSteps += 1
    guard remarks.loneSteps == 2 else { return }
    outcomes.append(
      .note(
        "each step makes a new optimizer, which forgets what the former has learnt; bind one "
          + "before: opt = …, then step(opt)"))
  }

  /// Takes the history from the value on the stack, inside `no_grad`.
  mutating func detach(at span: Span) throws(Diagnostic) {
    guard case .node(let id)? = stack.last, graph.isVariable(id), !graph.isInput(id) else { return }
    stack[stack.count - 1] = .node(graph.constant(copying: id))
  }
}

extension Diagnostic {
  static func nothingToLearn(at span: Span) -> Diagnostic {
    Diagnostic(
      "nothing here was computed with a param", at: span, hint: "declare one: param w = 1")
  }

  static func backwardNotScalar(_ shape: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "backward starts from a single number, found shape \(shape)", at: span,
      hint: "take the sum or the mean")
  }

  static func gradientOfNoParam(
    _ name: String, learns params: [String], at span: Span
  ) -> Diagnostic {
    let hint =
      params.first.map { "backward(\(name)) adds to \($0).grad; grad(\(name), \($0)) is the same" }
      ?? "grad(y, \(name)) is the derivative with respect to any node"
    return Diagnostic("'\(name)' is no param, and only a param has .grad", at: span, hint: hint)
  }

  static func noGradientYet(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "\(name).grad is nothing yet", at: span, hint: "backward(loss) adds the derivative to it")
  }

  static func stepBySearch(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "\(name) evaluates the loss at many places, so one step of it has no meaning", at: span,
      hint: "minimize loss over w using \(name)()")
  }

  static func gradientNotFinite(_ name: String, _ value: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "\(name).grad has \(value), so no step can be made", at: span,
      hint: "zero_grad() makes it 0 again")
  }

  static func nothingToStep(at span: Span) -> Diagnostic {
    Diagnostic("no param has a .grad yet", at: span, hint: "call backward(loss) first")
  }
}
