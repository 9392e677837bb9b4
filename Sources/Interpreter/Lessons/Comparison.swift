import Autodiff
import Tensors

/// A way to go from an input: along one of its entries, or along all at once.
struct Direction: Sendable {
  let input: NodeID
  let name: String
  let entries: [Double]
}

/// Directions in which a derivative is checked, the same in every run.
struct Directions {
  private var random = CheckPoints()

  mutating func around(_ input: NodeID, named name: String, _ shape: Shape, limit: Int)
    -> [Direction]
  {
    if shape.isScalar { return [Direction(input: input, name: name, entries: [1])] }
    guard shape.count > limit else {
      return (0..<shape.count).map { place in
        var entries = [Double](repeating: 0, count: shape.count)
        entries[place] = 1
        return Direction(
          input: input, name: "\(name)[\(Self.subscripts(of: place, in: shape))]", entries: entries)
      }
    }
    let entries = (0..<shape.count).map { _ in random.next() }
    return [Direction(input: input, name: "\(name), all at once", entries: entries)]
  }

  private static func subscripts(of place: Int, in shape: Shape) -> String {
    var rest = place
    var indices: [String] = []
    for size in shape.dimensions.reversed() {
      indices.append(String(rest % size))
      rest /= size
    }
    return indices.reversed().joined(separator: ", ")
  }
}

/// A derivative in both modes beside the limit of differences, and what to think of it.
struct Comparison {
  enum Verdict: String {
    case ok
    case mismatch
    case kink
    case jump
    case notFinite = "not finite"
    case oneSided = "ok, one-sided"
    case alone = "no difference"
    case unresolved = "too small to tell"

    var isFailure: Bool { self == .mismatch }
  }

  let reverse: Double
  let forward: Double
  var difference: Difference
  private(set) var verdict = Verdict.ok
  private var sides: (left: Difference, right: Difference)?

  /// Compares.
  ///
  /// - Parameters:
  ///   - reverse: the derivative in reverse mode.
  ///   - forward: the derivative in forward mode.
  ///   - value: the function's value at 0.
  ///   - scale: a step that is large for the argument.
  ///   - marks: corners on the way.
  ///   - function: the values around 0; nan where there is none.
  init(
    reverse: Double, forward: Double, value: Double, scale: Double, marks: [Mark],
    function: (Double) -> Double
  ) {
    (self.reverse, self.forward) = (reverse, forward)
    difference = Difference(.both, scale: scale, of: function)
    guard value.isFinite, reverse.isFinite else {
      verdict = .notFinite
      return
    }
    let size = max(abs(reverse), abs(forward))
    let rounding = difference.error.isFinite ? difference.error : 0
    let isAgreed = abs(reverse - forward) <= 1e-10 * size + rounding
    if isAgreed, marks.isEmpty, difference.error.isFinite, agrees(difference) {
      if reverse != 0, difference.error > 0.01 * abs(reverse) { verdict = .unresolved }
      return
    }
    let left = Difference(.left, scale: scale, of: function)
    let right = Difference(.right, scale: scale, of: function)
    verdict = isAgreed ? judge(left, right, marks, scale, function) : .mismatch
    if verdict == .kink { sides = (left, right) }
  }

  private func agrees(_ difference: Difference) -> Bool {
    abs(reverse - difference.value)
      <= 10 * difference.error + 1e-6 * max(abs(reverse), abs(difference.value))
  }

  /// What it is where differences to both sides do not settle the matter.
  private mutating func judge(
    _ left: Difference, _ right: Difference, _ marks: [Mark], _ scale: Double,
    _ function: (Double) -> Double
  ) -> Verdict {
    if marks.contains(.jump), jumps(scale, function) { return .jump }
    switch (left.value.isFinite, right.value.isFinite) {
    case (true, false), (false, true):
      difference = left.value.isFinite ? left : right
      return agrees(difference) ? .oneSided : .mismatch
    case (false, false): return .alone
    case (true, true): break
    }
    let gap = abs(left.value - right.value)
    let isSmooth =
      gap <= 10 * (left.error + right.error)
      + 1e-6 * max(abs(left.value), abs(right.value))
    if isSmooth { return agrees(difference) || agrees(right) ? .ok : .mismatch }
    let bounds = min(left.value, right.value)...max(left.value, right.value)
    let slack = 1e-6 * max(abs(bounds.lowerBound), abs(bounds.upperBound))
    let isBetween = bounds.lowerBound - slack...bounds.upperBound + slack ~= reverse
    return isBetween ? .kink : .mismatch
  }

  /// Whether the value next to here is another one.
  private func jumps(_ scale: Double, _ function: (Double) -> Double) -> Bool {
    let (here, step) = (function(0), scale * 1e-10)
    return [function(-step), function(step)].contains { value in
      abs(value - here) > 1e-6 * max(1, abs(here))
    }
  }

  /// The cells of the comparison's line.
  func row(_ name: String) -> [Report.Cell] {
    let isMeaningful =
      verdict != .kink && verdict != .unresolved && verdict != .jump && verdict != .notFinite
      && difference.error.isFinite
    let size = max(abs(reverse), abs(difference.value))
    let relative = size == 0 ? 0 : abs(reverse - difference.value) / size
    return [
      .text(name), .number(reverse), .number(forward),
      isMeaningful ? .number(difference.value) : .empty,
      isMeaningful ? .number(Self.rounded(difference.step)) : .empty,
      isMeaningful ? .number(Self.rounded(difference.error)) : .empty,
      isMeaningful ? .number(Self.rounded(relative)) : .empty,
      .verdict(verdict.rawValue, isGood: !verdict.isFailure),
    ]
  }

  /// What the line alone does not say.
  func remark(_ name: String) -> String? {
    func text(_ value: Double) -> String {
      NumberFormat.text(value, digits: .significant(6))
    }
    switch verdict {
    case .ok, .mismatch, .notFinite: return nil
    case .unresolved:
      return "the derivative by \(name) is smaller than what differences can see"
    case .oneSided: return "\(name) is at the edge of the domain: only one side has values"
    case .alone: return "there are no values around \(name) to take a difference of"
    case .jump: return "the value jumps at this \(name): differences mean nothing"
    case .kink:
      guard let sides else { return nil }
      return "kink at this \(name): from the left \(text(sides.left.value)), from the right "
        + "\(text(sides.right.value)); \(text(reverse)) was chosen and lies between"
    }
  }

  /// Two digits are all that an error is worth.
  private static func rounded(_ value: Double) -> Double {
    Double(NumberFormat.text(value, digits: .significant(2))) ?? value
  }
}

/// Numbers from -1 to 1 without any pattern, the same in every run (Knuth's MMIX generator).
struct CheckPoints {
  private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let mixed = (state ^ (state >> 33)) &* 0xff51_afd7_ed55_8ccd
    return Double(mixed >> 11) / 0x1p52 - 1
  }
}
