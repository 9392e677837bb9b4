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

  mutating func around(_ input: NodeID, named name: String, _ own: Tensor, limit: Int)
    -> [Direction]
  {
    let shape = own.shape
    if shape.isScalar { return [Direction(input: input, name: name, entries: [1])] }
    guard shape.count > limit else {
      return (0..<shape.count).map { place in
        var entries = [Double](repeating: 0, count: shape.count)
        entries[place] = 1
        return Direction(
          input: input, name: "\(name)[\(Self.subscripts(of: place, in: shape))]", entries: entries)
      }
    }
    let scales = Self.scales(of: own)
    let entries = (0..<shape.count).map { random.next() * scales[$0] }
    return [Direction(input: input, name: "\(name), all at once", entries: entries)]
  }

  /// How far each entry goes: as far as the others, unless their sizes are far apart.
  private static func scales(of own: Tensor) -> [Double] {
    let sizes = own.elements.map(abs).filter { $0 > 0 && $0.isFinite }
    guard let largest = sizes.max(), let smallest = sizes.min(), largest > 1e3 * smallest else {
      return [Double](repeating: 1, count: own.count)
    }
    return own.elements.map { max(abs($0), smallest) / largest }
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
    case rough = "steps too coarse"

    var isFailure: Bool { self == .mismatch }
  }

  let reverse: Double
  let forward: Double
  var difference: Difference
  private(set) var verdict = Verdict.ok
  private var sides: (left: Difference, right: Difference)?

  /// What a comparison is made of.
  struct Question {
    let reverse: Double
    let forward: Double
    /// The function's value at 0.
    let value: Double
    /// The magnitude of the argument.
    let size: Double
    /// What rounding may do to the value.
    var noise = 0.0
    var isSingle = false
    /// Corners on the way.
    var marks: [Mark] = []
    /// Whether something is rounded to a whole number on the way.
    var isStepped = false
  }

  /// Compares.
  ///
  /// - Parameters:
  ///   - question: the derivatives and what is known of the function.
  ///   - function: the values around 0; nan where there is none.
  init(_ question: Question, function: (Double) -> Double) {
    (reverse, forward) = (question.reverse, question.forward)
    let steps = DifferenceSteps(
      size: question.size, value: question.value, slope: reverse, isSingle: question.isSingle,
      isStepped: question.isStepped)
    let noise = max(question.noise, 4 * question.value.ulp, 4 * .leastNonzeroMagnitude)
    func difference(_ side: Difference.Side) -> Difference {
      Difference(side, steps: steps, noise: noise, of: function)
    }
    let isWhole = question.value.isFinite && reverse.isFinite
    let quick =
      isWhole && question.marks.isEmpty
      ? Difference(quicklyBy: steps, noise: noise, expecting: reverse, of: function) : nil
    self.difference = quick ?? difference(.both)
    guard isWhole else {
      verdict = .notFinite
      return
    }
    let size = max(abs(reverse), abs(forward))
    let rounding = self.difference.error.isFinite ? self.difference.error : 0
    guard abs(reverse - forward) <= 1e-10 * size + rounding else {
      verdict = .mismatch
      return
    }
    if question.marks.isEmpty, self.difference.error.isFinite, agrees(self.difference) {
      if reverse != 0, self.difference.error > 0.01 * abs(reverse) { verdict = .unresolved }
      return
    }
    let (left, right) = (difference(.left), difference(.right))
    let neighbours = Neighbours(steps, noise: noise, of: function)
    if question.marks.contains(.jump), neighbours.jump(beyond: reverse) {
      verdict = .jump
      return
    }
    verdict = judge(left, right)
    let isBlind =
      steps.largestOfNumber == nil || neighbours.hide(reverse, ratherThan: self.difference.value)
    if verdict == .mismatch && isBlind || steps.first.isEmpty { verdict = .rough }
    if verdict == .kink { sides = (left, right) }
  }

  private func agrees(_ difference: Difference) -> Bool {
    abs(reverse - difference.value)
      <= 10 * difference.error + 1e-6 * max(abs(reverse), abs(difference.value))
  }

  /// What it is where differences to both sides do not settle the matter.
  private mutating func judge(_ left: Difference, _ right: Difference) -> Verdict {
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

  /// The cells of the comparison's line.
  func row(_ name: String) -> [Report.Cell] {
    let isMeaningful =
      [.ok, .mismatch, .oneSided, .alone].contains(verdict) && difference.error.isFinite
    let size = max(abs(reverse), abs(difference.value))
    let relative = reverse == difference.value ? 0 : abs(reverse - difference.value) / size
    // Of two numbers that are both 0 as far as one can see, no part is off.
    let isRelative = reverse == difference.value || size > 10 * difference.error
    return [
      .text(name), .number(reverse + 0), .number(forward + 0),
      isMeaningful ? .number(difference.value) : .empty,
      isMeaningful ? .number(Self.rounded(difference.step)) : .empty,
      isMeaningful ? .number(Self.rounded(difference.error)) : .empty,
      isMeaningful && isRelative ? .number(Self.rounded(relative)) : .empty,
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
    case .rough:
      return "the value changes too much from one double to the next for differences by \(name)"
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

/// The values of a function at the doubles next to an argument.
struct Neighbours {
  /// By side: the values from the argument on, as far as there are any.
  private let sides: [[Double]]
  private let step: Double
  private let noise: Double

  init(_ steps: DifferenceSteps, noise: Double, of function: (Double) -> Double) {
    (step, self.noise) = (steps.least, noise)
    let step = self.step
    sides = [1, -1].map { sign in
      (0...4).map { function(sign * Double($0) * step) }
    }.filter { $0.allSatisfy(\.isFinite) }
  }

  /// Whether a slope cannot be seen: it changes by a good part from one double to the next, or is
  /// seen there only.
  ///
  /// Rounding looks like the former, too, but not where the slope itself would be seen there.
  func hide(_ slope: Double, ratherThan found: Double) -> Bool {
    // Where doubles are that far apart, a wave between them is not seen at all.
    let largest = sides.joined().map(abs).max() ?? 0
    if step > 0.01, abs(slope) * step > largest { return true }
    return sides.isEmpty || sides.contains { isBent($0, slope) }
      || follow(slope) && !follow(found)
  }

  /// Whether the values go along a line of that slope.
  private func follow(_ slope: Double) -> Bool {
    sides.allSatisfy { values in
      let sign: Double = values == sides.first ? 1 : -1
      return values.indices.allSatisfy { place in
        let expected = slope * step * Double(place) * sign
        return abs(values[place] - values[0] - expected) <= 0.05 * abs(expected) + 2 * noise
      }
    }
  }

  private func isBent(_ values: [Double], _ slope: Double) -> Bool {
    let changes = zip(values.dropFirst(), values).map { $0 - $1 }
    let bends = zip(changes.dropFirst(), changes).map { abs($0 - $1) }
    let (bend, change) = (bends.max() ?? 0, changes.map(abs).max() ?? 0)
    let isSeen = bend > 64 * noise || abs(slope) * step > change / 4
    return bend > 0.1 * change && bend > 8 * values[0].ulp && isSeen
  }

  /// Whether the value next to the argument is as far off as those a little farther are.
  func jump(beyond slope: Double) -> Bool {
    // Far out every double is a whole number, and stands next to the edge of a step.
    if step >= 1, slope == 0 { return sides.contains { $0[0] != $0[4] } }
    return sides.contains { values in
      let (near, far) = (abs(values[1] - values[0]), abs(values[4] - values[0]))
      return near > 4 * abs(slope) * step + 2 * noise && far < 2.5 * near
    }
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
