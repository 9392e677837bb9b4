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
    var directions = Directions()
    var remarks: [String] = []
    for (input, partial) in zip(inputs, partials) {
      for direction in directions.around(
        input, named: shown(input), graph.shape(of: input), limit: Self.entriesOneByOne)
      {
        let comparison = compare(output, along: direction, partial, &probe)
        table.rows.append(comparison.row(direction.name))
        if let remark = comparison.remark(direction.name) { remarks.append(remark) }
        if comparison.verdict.isFailure { report.isFailure = true }
      }
    }
    report.show(table)
    for remark in remarks { report.say(remark) }
  }

  private mutating func compare(
    _ output: NodeID, along direction: Direction, _ partial: Partial, _ probe: inout Probe
  ) -> Comparison {
    let own = graph.tensor(of: direction.input)
    let reverse: Double =
      switch partial {
      case .none: .nan
      case .scalar(let value): value
      case .array(let tensor):
        zip(tensor.elements, direction.entries).reduce(0) { $0 + ($1.1 == 0 ? 0 : $1.0 * $1.1) }
      }
    let forward = tangent(of: output, along: direction)
    func value(_ shift: Double) -> Double {
      let entries = zip(own.elements, direction.entries).map { $1 == 0 ? $0 : $0 + shift * $1 }
      let moved = Tensor(shape: own.shape, elements: entries)
      return probe.values(with: [direction.input: moved], &self)?[0].scalar ?? .nan
    }
    let size = zip(own.elements, direction.entries).reduce(0) { max($0, $1.1 == 0 ? 0 : abs($1.0)) }
    return Comparison(
      reverse: reverse, forward: forward, value: graph.scalar(of: output),
      scale: size == 0 || !size.isFinite ? 1 : min(max(size, 1e-3), 1e6),
      marks: cornerMarks(of: output, from: direction.input), function: value)
  }

  /// The derivative in a direction by forward mode; nan where there is none.
  private mutating func tangent(of output: NodeID, along direction: Direction) -> Double {
    if let only = direction.entries.first, graph.isScalar(direction.input) {
      var sweep = TangentSweep()
      if sweep.run(to: output, along: [.init(direction.input, only)], in: graph) {
        return sweep.tangent(output)
      }
    }
    let count = graph.count
    defer { graph.truncate(to: count) }
    let shape = graph.shape(of: direction.input)
    let seed = graph.constant(Tensor(shape: shape, elements: direction.entries))
    var builder = TangentBuilder()
    guard
      let found = try? builder.tangent(
        of: output, along: [.init(direction.input, seed)], in: &graph)
    else { return 0 }
    return graph.scalar(of: found)
  }

  /// Corners between an input and the output.
  private mutating func cornerMarks(of output: NodeID, from input: NodeID) -> [Mark] {
    reach.collect(from: output, in: graph, notBefore: input)
    var isLed: Set<NodeID> = [input]
    var marks: [Mark] = []
    for id in reach.inner.reversed() {
      var leads = false
      graph.forEachOperand(of: id) { if isLed.contains($0) { leads = true } }
      guard leads else { continue }
      isLed.insert(id)
      marks += graph.marks(of: id)
    }
    return marks
  }
}

extension Diagnostic {
  fileprivate static func checkOfAnArray(_ shape: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "check needs a single number, found shape \(shape)", at: span,
      hint: "check an entry of it, or its sum")
  }
}
