import Autodiff
import Syntax
import Tensors

/// `check y`: derivatives in both modes against differences; `check a = b`: a claim against numbers.
extension Lesson {
  static let check = Lesson(
    name: "check", usage: "check y, check a = b",
    sentence: "compares derivatives with differences, or two expressions at many points",
    example: "check grad(x1*x2 + x2*4.3, x2) = x1 + 4.3", subjects: 1...1, takesClaim: true,
    perform: { session, request, report throws(Diagnostic) in
      if let claim = request.claim {
        try session.check(request.subjects[0], claims: claim, &report)
      } else {
        try session.check(request.subjects[0], &report)
      }
    })
}

extension Session {
  /// Arrays with more entries are tried in one random direction.
  private static let entriesOneByOne = 8

  fileprivate mutating func check(_ subject: LessonRequest.Subject, _ report: inout Report)
    throws(Diagnostic)
  {
    let output = try subject.node()
    if graph.operation(of: output).row.isCondition {
      throw .checkOfAQuestion(subject.text, at: subject.span)
    }
    guard graph.isScalar(output) else {
      throw .checkOfAnArray(graph.shape(of: output).description, at: subject.span)
    }
    let inputs = namedInputs(of: output)
    if inputs.isEmpty { throw .noInputs(subject.text, at: subject.span) }
    var table = Report.Table(columns: [
      .words("input"), .numbers("reverse"), .numbers("forward"), .numbers("difference"),
      .numbers("step"), .numbers("± error"), .numbers("off by"), .words("verdict"),
    ])
    var probe = Probe([output], &self, holdsStops: true)
    let partials = partials(of: output, withRespectTo: inputs)
    let noise = roundingNoise(of: output)
    var directions = Directions()
    var remarks: [String] = []
    for (input, partial) in zip(inputs, partials) {
      for direction in directions.around(
        input, named: shown(input), graph.tensor(of: input), limit: Self.entriesOneByOne)
      {
        let comparison = compare(output, along: direction, partial, noise: noise, &probe)
        table.rows.append(comparison.row(direction.name))
        if let remark = comparison.remark(direction.name) { remarks.append(remark) }
        if comparison.verdict.isFailure { report.isFailure = true }
      }
    }
    report.show(table)
    for remark in remarks { report.say(remark) }
  }

  private mutating func compare(
    _ output: NodeID, along direction: Direction, _ partial: Partial, noise: Double,
    _ probe: inout Probe
  ) -> Comparison {
    let own = graph.tensor(of: direction.input)
    let slopes: [Double] =
      switch partial {
      case .none: []
      case .scalar(let value): [value]
      case .array(let tensor): tensor.elements
      }
    let reverse =
      slopes.isEmpty
      ? .nan : zip(slopes, direction.entries).reduce(0) { $0 + ($1.1 == 0 ? 0 : $1.0 * $1.1) }
    let way = way(to: output, from: direction.input)
    let moved = own.elements.indices.filter { direction.entries[$0] != 0 }
    // Several entries are moved by steps that are rounded; one alone goes by powers of two.
    let rounding =
      moved.count > 1 && !slopes.isEmpty
      ? moved.reduce(0) { $0 + abs(slopes[$1] * own.elements[$1]) * Double.ulpOfOne } : 0
    let question = Comparison.Question(
      reverse: reverse, forward: tangent(of: output, along: direction),
      value: graph.scalar(of: output),
      size: moved.map { abs(own.elements[$0]) }.filter(\.isFinite).max() ?? 0,
      noise: noise + (rounding.isFinite ? rounding : 0), isSingle: graph.precision.isSingle,
      marks: way.flatMap { graph.marks(of: $0) },
      isStepped: way.contains { graph.operation(of: $0).row.isStepped })
    return Comparison(question) { shift in
      let entries = zip(own.elements, direction.entries).map { $1 == 0 ? $0 : $0 + shift * $1 }
      let moved = Tensor(shape: own.shape, elements: entries)
      return probe.values(with: [direction.input: moved], &self)?[0].scalar ?? .nan
    }
  }

  /// What rounding may do to a value: a unit in the last place of each number on the way, as far as
  /// it comes through.
  private mutating func roundingNoise(of output: NodeID) -> Double {
    reach.collect(from: output, in: graph)
    let nodes = reach.inner
    let unit = graph.precision.isSingle ? Double(Float.ulpOfOne) : Double.ulpOfOne
    var noise = 0.0
    for (node, partial) in zip(nodes, partials(of: output, withRespectTo: nodes)) {
      let values = graph.tensor(of: node).elements
      let slopes: [Double] =
        switch partial {
        case .none: []
        case .scalar(let slope): [slope]
        case .array(let tensor): tensor.elements
        }
      for (value, slope) in zip(values, slopes) {
        let part = abs(value * slope) * unit
        if part.isFinite { noise += part }
      }
    }
    return 2 * noise
  }

  /// The derivative in a direction by forward mode; nan where there is none.
  private mutating func tangent(of output: NodeID, along direction: Direction) -> Double {
    let mayBeChosen = graph.hasChosenSlopes(output)
    if !mayBeChosen, let only = direction.entries.first, graph.isScalar(direction.input) {
      var sweep = TangentSweep()
      if sweep.run(to: output, along: [.init(direction.input, only)], in: graph) {
        return sweep.tangent(output)
      }
    }
    let count = graph.count
    defer { graph.truncate(to: count) }
    let shape = graph.shape(of: direction.input)
    let seed = graph.constant(Tensor(shape: shape, elements: direction.entries))
    let seeds = [TangentBuilder.Seed(direction.input, seed)]
    var builder = TangentBuilder()
    guard let plain = try? builder.tangent(of: output, along: seeds, in: &graph),
      let found = try? graph.limit(plain, of: output, along: seeds)
    else { return 0 }
    return graph.scalar(of: found)
  }

  /// The nodes between an input and the output.
  private mutating func way(to output: NodeID, from input: NodeID) -> [NodeID] {
    reach.collect(from: output, in: graph, notBefore: input)
    var isLed: Set<NodeID> = [input]
    return reach.inner.reversed().filter { id in
      var leads = false
      graph.forEachOperand(of: id) { if isLed.contains($0) { leads = true } }
      if leads { isLed.insert(id) }
      return leads
    }
  }
}

extension Primitive {
  /// Whether the row rounds to whole numbers, or takes them away; one with a single jump at 0 does
  /// neither.
  var isStepped: Bool {
    !isCondition && corners.contains { $0.mark == .jump && $0.root.terms != [.argument(0)] }
  }
}

extension Diagnostic {
  fileprivate static func checkOfAQuestion(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "\(text) is 0 or 1 and has no derivative to check", at: span, hint: "assert tests a condition"
    )
  }

  fileprivate static func checkOfAnArray(_ shape: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "check needs a single number, found shape \(shape)", at: span,
      hint: "check an entry of it, or its sum")
  }
}
