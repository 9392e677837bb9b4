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
    var here = Claim()
    var trial = Claim()
    var remark: String?
    var probe = Probe(sides, &self, holdsStops: false, measures: true)
    if !inputs.isEmpty {
      _ = probe.values(
        with: Dictionary(
          inputs.map { ($0, graph.tensor(of: $0)) }, uniquingKeysWith: { first, _ in first }), &self
      )
      here.roundingScale = probe.largestMagnitude
      trial = tried(inputs, among: inputs, &probe)
    }
    here.compare(
      graph.tensor(of: sides[0]), graph.tensor(of: sides[1]),
      at: inputs.map { graph.tensor(of: $0) })
    var values = here.values + trial.values
    // A derivative by some inputs may be right for the others as they are, such as labels whose sum
    // is 1.
    let targets = inputs.filter { input in
      sides.contains { question($0)?.target == input }
    }
    if trial.worst?.isWrong == true, !targets.isEmpty, targets.count < inputs.count {
      let narrow = tried(targets, among: inputs, &probe)
      values = here.values + narrow.values
      if here.worst?.isWrong != true, narrow.worst?.isWrong == false {
        let others = inputs.filter { !targets.contains($0) }.map { shown($0) }
        remark =
          "for \(others.joined(separator: ", ")) as \(others.count > 1 ? "they are" : "it is");"
          + " with other values it does not hold"
        trial = narrow
      }
    }
    show(here, trial, inputs, &report)
    if let remark { report.say(remark) }
    if report.isFailure, let reason = reason(sides, values, inputs) { report.say(reason) }
  }

  /// Both sides at points around here, at which some of the inputs are moved.
  private mutating func tried(
    _ moved: [NodeID], among inputs: [NodeID], _ probe: inout Probe
  ) -> Claim {
    var trial = Claim()
    var random = CheckPoints()
    for attempt in 0..<Self.claimPoints {
      // Near points first: most formulas hold on a part of the numbers only.
      let reach = [0.1, 0.5, 1, 3][attempt % 4]
      // What is tiny is moved by its own size as well as among ordinary numbers.
      let least = attempt % 8 < 4 ? 0.5 : 0
      var point: [NodeID: Tensor] = [:]
      for input in moved {
        point[input] = graph.tensor(of: input).mapped { entry in
          // What is huge would hide terms of ordinary size.
          if least == 0, abs(entry) > 1e3 { return reach * random.next() }
          return entry + reach * (entry == 0 ? 0.5 : max(abs(entry), least)) * random.next()
        }
      }
      guard let values = probe.values(with: point, &self) else { continue }
      trial.roundingScale = probe.largestMagnitude
      trial.compare(values[0], values[1], at: inputs.map { point[$0] ?? graph.tensor(of: $0) })
    }
    return trial
  }

  private mutating func show(
    _ here: Claim, _ trial: Claim, _ inputs: [NodeID], _ report: inout Report
  ) {
    var table = Report.Table(columns: [
      .words("point"), .numbers("left"), .numbers("right"), .numbers("difference"),
      .words("verdict"),
    ])
    if let worst = here.worst {
      table.rows.append(worst.row("here"))
    } else {
      table.rows.append([.text("here"), .empty, .empty, .empty, .text("not finite")])
    }
    if let worst = trial.worst {
      let place = trial.count == 1 ? "around here" : "worst of \(trial.count) around"
      table.rows.append(worst.row(place))
    }
    report.show(table)
    if let place = here.firstOmitted, here.worst != nil {
      report.say("entry \(place) is not finite here and was left out")
    }
    let worst = [trial.worst, here.worst].compactMap { $0 }.first(where: \.isWrong)
    report.isFailure = worst != nil
    if let worst {
      report.say(place(of: worst, inputs))
    } else if trial.worst == nil, !inputs.isEmpty {
      report.say("around here neither side has values to compare")
    }
  }

  /// Where a claim is wrong, and by how much.
  private func place(of sample: Claim.Sample, _ inputs: [NodeID]) -> String {
    let values = zip(inputs, sample.point).prefix(6).compactMap { input, value -> String? in
      guard value.count <= 4 else { return nil }
      let text =
        value.shape.isScalar
        ? telling(value.scalar) : NumberFormat.text(value, digits: options.digits)
      return "\(shown(input)) = \(text)"
    }
    let entry = sample.entry.map { " in entry \($0)" } ?? ""
    let amount = " by \(number(sample.left - sample.right))"
    return "the sides differ\(entry)\(amount)"
      + (values.isEmpty ? "" : " at \(values.joined(separator: ", "))")
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
}

/// The values of both sides of a claim at some points.
struct Claim {
  struct Sample {
    let left: Double
    let right: Double
    let point: [Tensor]
    /// The place in an array, such as `[0, 2]`.
    let entry: String?
    /// The difference in units of what rounding may do.
    let excess: Double

    var isWrong: Bool { !(excess <= 1) }

    func row(_ name: String) -> [Report.Cell] {
      [
        .text(entry.map { "\(name), \($0)" } ?? name), .number(left), .number(right),
        .number(left - right), .verdict(isWrong ? "wrong" : "ok", isGood: !isWrong),
      ]
    }
  }

  /// Both sides at one point.
  struct Values {
    let left: Tensor
    let right: Tensor
    let point: [Tensor]
    /// What rounding may do to an entry.
    let rounding: Double
  }

  private(set) var count = 0
  private(set) var worst: Sample?
  /// The first entry at which a side is not finite.
  private(set) var firstOmitted: String?
  private(set) var values: [Values] = []
  /// The largest number on the way to the values.
  var roundingScale = 0.0

  /// Compares the entries of both sides; those that are not finite are left out.
  mutating func compare(_ left: Tensor, _ right: Tensor, at point: [Tensor]) {
    var isComparable = false
    func entry(_ place: Int) -> String? {
      guard !left.shape.isScalar else { return nil }
      let indices = left.shape.indices(ofElement: place)
      return "[\(indices.map(String.init).joined(separator: ", "))]"
    }
    for (place, (a, b)) in zip(left.elements, right.elements).enumerated() {
      guard a.isFinite, b.isFinite else {
        firstOmitted = firstOmitted ?? entry(place)
        continue
      }
      isComparable = true
      let rounding = 1e-9 * max(abs(a), abs(b)) + 64 * Double.ulpOfOne * roundingScale
      let difference = abs(a - b)
      let excess = difference == 0 ? 0 : rounding == 0 ? .infinity : difference / rounding
      if excess > worst?.excess ?? -1 {
        worst = Sample(left: a, right: b, point: point, entry: entry(place), excess: excess)
      }
    }
    guard isComparable else { return }
    count += 1
    values.append(
      Values(
        left: left, right: right, point: point, rounding: 64 * Double.ulpOfOne * roundingScale))
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
