import Algebra
import Autodiff
import Syntax
import Tensors

/// `check a = b`: whether two expressions have the same values, here and around here.
extension Session {
  /// How many points around the values of the inputs a claim is tried at.
  private static let claimPoints = 20

  mutating func check(
    _ left: LessonRequest.Subject, claims right: LessonRequest.Subject, _ report: inout Report
  ) throws(Diagnostic) {
    let sides = [try left.node(), try right.node()]
    let shapes = sides.map { graph.shape(of: $0) }
    guard shapes[0] == shapes[1] else {
      throw .claimOfShapes(shapes[0].description, shapes[1].description, at: right.span)
    }
    try refuseFormerInputs(left, right)
    var seen: Set<NodeID> = []
    let inputs = (namedInputs(of: sides[0]) + namedInputs(of: sides[1])).filter {
      seen.insert($0).inserted && !isFormer($0)
    }
    var claim = Claim()
    claim.compare(graph.tensor(of: sides[0]), graph.tensor(of: sides[1]), at: [])
    let here = claim.worst
    var trial = Claim()
    if !inputs.isEmpty {
      var probe = Probe(sides, &self, holdsStops: false)
      var random = CheckPoints()
      for attempt in 0..<Self.claimPoints {
        // Near points first: most formulas hold on a part of the numbers only.
        let reach = [0.1, 0.5, 1, 3][attempt % 4]
        var point: [NodeID: Tensor] = [:]
        for input in inputs {
          point[input] = graph.tensor(of: input).mapped { entry in
            entry + reach * max(abs(entry), 0.5) * random.next()
          }
        }
        guard let values = probe.values(with: point, &self) else { continue }
        trial.roundingScale = probe.largestMagnitude
        trial.compare(values[0], values[1], at: inputs.map { point[$0] ?? graph.tensor(of: $0) })
      }
    }
    let isWrong = here?.isWrong == true || trial.worst?.isWrong == true
    var table = Report.Table(columns: [
      .words("point"), .numbers("left"), .numbers("right"), .numbers("difference"),
      .words("verdict"),
    ])
    if let here {
      table.rows.append(here.row("here"))
    } else {
      table.rows.append([.text("here"), .empty, .empty, .empty, .text("not finite")])
    }
    if let worst = trial.worst {
      let place = trial.count == 1 ? "around here" : "worst of \(trial.count) around"
      table.rows.append(worst.row(place))
    }
    report.show(table)
    report.isFailure = isWrong
    if isWrong {
      if let worst = trial.worst, worst.isWrong { report.say(self.place(of: worst, inputs)) }
      if !inputs.isEmpty, let reason = reason(sides) { report.say(reason) }
    } else if trial.worst == nil, !inputs.isEmpty {
      report.say("around here neither side has values to compare")
    }
  }

  /// Where a claim is wrong.
  private func place(of sample: Claim.Sample, _ inputs: [NodeID]) -> String {
    let values = zip(inputs, sample.point).prefix(6).compactMap { input, value in
      value.shape.isScalar ? "\(shown(input)) = \(telling(value.scalar))" : nil
    }
    return values.isEmpty
      ? "the sides differ" : "the sides differ at \(values.joined(separator: ", "))"
  }

  /// A name that means two numbers in one claim makes it meaningless.
  private mutating func refuseFormerInputs(
    _ left: LessonRequest.Subject, _ right: LessonRequest.Subject
  ) throws(Diagnostic) {
    for subject in [left, right] {
      for input in namedInputs(of: try subject.node()) where isFormer(input) {
        let name = NameID(index: Int(graph.tag(of: input).rawValue))
        guard let now = bindings[name.index].node, graph.isInput(now), input < now else { continue }
        let (was, present) = tellingApart(input, now)
        throw .stale(subject.text, self.name(name), was: was, now: present, at: subject.span)
      }
    }
  }

  /// Why a claim is wrong, where one term or one factor explains it at all points.
  private mutating func reason(_ sides: [NodeID]) -> String? {
    var terms = Terms()
    var names: [NodeID: String] = [:]
    for side in sides {
      for input in namedInputs(of: side) where !isFormer(input) { names[input] = shown(input) }
    }
    guard let left = try? terms.read(sides[0], in: graph, name: { names[$0] }),
      let right = try? terms.read(sides[1], in: graph, name: { names[$0] })
    else { return nil }
    return terms.discrepancy(between: left, and: right)?.sentence
  }
}

/// The values of both sides of a claim at some points.
struct Claim {
  struct Sample {
    let left: Double
    let right: Double
    let point: [Tensor]
    /// The difference in units of what rounding may do.
    let excess: Double

    var isWrong: Bool { !(excess <= 1) }

    func row(_ name: String) -> [Report.Cell] {
      [
        .text(name), .number(left), .number(right), .number(left - right),
        .verdict(isWrong ? "wrong" : "ok", isGood: !isWrong),
      ]
    }
  }

  private(set) var count = 0
  private(set) var worst: Sample?
  /// The largest number on the way to the values.
  var roundingScale = 0.0

  /// Compares the entries of both sides; those that are not finite are left out.
  mutating func compare(_ left: Tensor, _ right: Tensor, at point: [Tensor]) {
    var isComparable = false
    for (a, b) in zip(left.elements, right.elements) where a.isFinite && b.isFinite {
      isComparable = true
      let rounding = 1e-9 * max(abs(a), abs(b)) + 64 * Double.ulpOfOne * roundingScale
      let difference = abs(a - b)
      let excess = difference == 0 ? 0 : rounding == 0 ? .infinity : difference / rounding
      if excess > worst?.excess ?? -1 {
        worst = Sample(left: a, right: b, point: point, excess: excess)
      }
    }
    if isComparable { count += 1 }
  }
}

extension Tensor {
  fileprivate func mapped(_ change: (Double) -> Double) -> Tensor {
    Tensor(shape: shape, elements: elements.map(change))
  }
}

extension Diagnostic {
  fileprivate static func claimOfShapes(_ left: String, _ right: String, at span: Span)
    -> Diagnostic
  {
    Diagnostic("the sides have shapes \(left) and \(right)", at: span)
  }
}
