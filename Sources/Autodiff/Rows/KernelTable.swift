import Synchronization
import Tensors

/// The rows of `Primitive.all` in the form that the inner loops read: plain memory, no references.
enum KernelTable {
  /// One row.
  struct Entry {
    var isFilled = false
    var arity: UInt8 = 0
    var isElementwise = false
    var hasRule = false
    /// Whether the entries of the operands are moved about, and nothing else is done.
    var moves = false
    /// Whether computing the value may end in an error for some numbers of the same shapes.
    var mayFail = false
    /// Whether the value depends on what the operands are built from.
    var readsGraph = false
    var traits: RowTraits = []
    var unary: (@convention(c) (Double) -> Double)?
    var binary: (@convention(c) (Double, Double) -> Double)?
    var ternary: (@convention(c) (Double, Double, Double) -> Double)?
    var unaryLoop: UnaryLoop?
    var binaryLoop: BinaryLoop?
    var ternaryLoop: TernaryLoop?
    var partials: (Factor, Factor, Factor) = (Factor(), Factor(), Factor())

    @inline(__always)
    func partial(_ index: Int) -> Factor {
      index == 0 ? partials.0 : index == 1 ? partials.1 : partials.2
    }
  }

  /// A derivative formula, with the shapes that most rules have told apart from the rest.
  struct Factor {
    enum Shape: UInt8 {
      case nothing, one, minusOne, x, y, result, program
    }
    var shape = Shape.nothing
    var isGate = false
    var start: Int32 = 0
    var end: Int32 = 0
  }

  /// One step of a formula on a stack of numbers.
  struct Step {
    enum Operation: UInt8 {
      case x, y, z, tieShare, result, constant, unary, binary, ternary
    }
    var operation: Operation
    var tieShare: TieShare?
    var constant = 0.0
    var unary: (@convention(c) (Double) -> Double)?
    var binary: (@convention(c) (Double, Double) -> Double)?
    var ternary: (@convention(c) (Double, Double, Double) -> Double)?
  }

  /// What a formula is evaluated at.
  struct Point {
    var x = 0.0
    var y = 0.0
    var z = 0.0
    var result = 0.0
    /// Bit k is set when argument k depends on an input.
    var variables: UInt8 = 0
  }

  /// One entry a row, each filled when its row is first applied, which is before any node of the
  /// row is there: a start applies few of all rows, and formulas take their time to translate.
  ///
  /// An entry that is not filled has no kernel, which is what the inner loops look at anyway.
  @inline(__always) static var entries: UnsafePointer<Entry> { UnsafePointer(memory) }

  /// The steps of all formulas that have been translated, one after the other.
  @inline(__always) static var steps: UnsafePointer<Step> { UnsafePointer(stepMemory) }

  nonisolated(unsafe) private static let memory: UnsafeMutablePointer<Entry> = {
    let count = Primitive.all.count
    let memory = UnsafeMutablePointer<Entry>.allocate(capacity: count)
    memory.initialize(repeating: Entry(), count: count)
    return memory
  }()

  /// More than all formulas need; a page of it that nothing is written to takes no memory.
  private static let stepLimit = 1 << 14

  nonisolated(unsafe) private static let stepMemory =
    UnsafeMutablePointer<Step>.allocate(capacity: stepLimit)

  /// How many steps there are; held while an entry is filled.
  private static let stepCount = Mutex(0)

  private static let depthLimit = 16

  /// Whether a row has been applied that may have a corner.
  private static let knowsCorners = Atomic(false)
  static var mayHaveCorners: Bool { knowsCorners.load(ordering: .relaxed) }

  /// Fills the entry of a row.
  ///
  /// - Returns: whether the entry was still to be filled.
  @discardableResult
  static func fill(_ row: PrimitiveID) -> Bool {
    stepCount.withLock { count in
      let place = Int(row.rawValue)
      guard !memory[place].isFilled else { return false }
      var steps: [Step] = []
      var entry = entry(of: row.row, steps: &steps, after: count)
      precondition(count + steps.count <= stepLimit, "formulas have more than \(stepLimit) steps")
      (stepMemory + count).initialize(from: steps, count: steps.count)
      count += steps.count
      if !entry.traits.isDisjoint(with: .mayHaveCorner) {
        knowsCorners.store(true, ordering: .relaxed)
      }
      // Who sees a kernel, on another thread, has to see the rest: it comes last.
      let (unary, binary) = (entry.unary, entry.binary)
      (entry.unary, entry.binary) = (nil, nil)
      memory[place] = entry
      atomicMemoryFence(ordering: .releasing)
      (memory[place].unary, memory[place].binary) = (unary, binary)
      return true
    }
  }

  private static func entry(
    of row: Primitive, steps: inout [Step], after count: Int
  ) -> Entry {
    var entry = Entry()
    entry.isFilled = true
    entry.arity = UInt8(row.arity)
    entry.moves = row.flow == .moves
    (entry.unaryLoop, entry.binaryLoop) = (row.unaryLoop, row.binaryLoop)
    entry.ternaryLoop = row.ternaryLoop
    entry.traits = RowTraits(of: row)
    switch row.kernel {
    case .none: break
    case .array: entry.mayFail = row.flow == .mixes
    case .graph: entry.readsGraph = true
    case .unary(let value): entry.unary = value
    case .binary(let value): entry.binary = value
    case .ternary(let value): entry.ternary = value
    }
    entry.isElementwise = entry.unary != nil || entry.binary != nil || entry.ternary != nil
    switch row.rule {
    case .constant: break
    case .pullback: entry.hasRule = true
    case .partials(let partials):
      entry.hasRule = true
      let factors = partials.map { factor(of: $0, steps: &steps, after: count) }
      entry.partials = (
        factors[0], factors.count > 1 ? factors[1] : Factor(),
        factors.count > 2 ? factors[2] : Factor()
      )
    }
    return entry
  }

  private static func factor(
    of partial: Primitive.Partial, steps: inout [Step], after count: Int
  ) -> Factor {
    let formula: Formula
    var factor = Factor()
    switch partial {
    case .none: return factor
    case .formula(let rule): formula = rule
    case .gate(let rule): (formula, factor.isGate) = (rule, true)
    }
    factor.shape =
      switch formula.terms {
      case [.constant(1)]: .one
      case [.constant(-1)]: .minusOne
      case [.argument(0)]: .x
      case [.argument(1)]: .y
      case [.result]: .result
      default: .program
      }
    let (start, end) = append(formula, to: &steps)
    (factor.start, factor.end) = (Int32(count) + start, Int32(count) + end)
    return factor
  }

  /// Translates a formula into steps and gives their range.
  static func append(_ formula: Formula, to steps: inout [Step]) -> (Int32, Int32) {
    let start = steps.count
    var depth = 0
    for term in formula.terms {
      let step = step(for: term)
      if case .apply(_, let count) = term { depth -= count }
      depth += 1
      precondition(depth <= depthLimit, "a formula needs more than \(depthLimit) places")
      steps.append(step)
    }
    return (Int32(start), Int32(steps.count))
  }

  private static func step(for term: Formula.Term) -> Step {
    switch term {
    case .argument(let index): return Step(operation: index == 0 ? .x : index == 1 ? .y : .z)
    case .tieShare(let share): return Step(operation: .tieShare, tieShare: share)
    case .result: return Step(operation: .result)
    case .constant(let value): return Step(operation: .constant, constant: value)
    case .apply(let name, _):
      switch Primitive.row(name).row.kernel {
      case .unary(let value): return Step(operation: .unary, unary: value)
      case .binary(let value): return Step(operation: .binary, binary: value)
      case .ternary(let value): return Step(operation: .ternary, ternary: value)
      case .none, .array, .graph: preconditionFailure("a formula cannot apply \(name)")
      }
    }
  }

  /// The value of the steps in that range.
  static func evaluate(
    _ steps: UnsafePointer<Step>, _ start: Int32, _ end: Int32, at point: Point
  ) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: depthLimit) { stack in
      var top = -1
      for place in Int(start)..<Int(end) {
        let step = steps[place]
        switch step.operation {
        case .x: (top, stack[top + 1]) = (top + 1, point.x)
        case .y: (top, stack[top + 1]) = (top + 1, point.y)
        case .z: (top, stack[top + 1]) = (top + 1, point.z)
        case .tieShare:
          top += 1
          stack[top] = step.tieShare?.value(point.variables) ?? 0.5
        case .result: (top, stack[top + 1]) = (top + 1, point.result)
        case .constant: (top, stack[top + 1]) = (top + 1, step.constant)
        case .unary:
          if let value = step.unary { stack[top] = value(stack[top]) }
        case .binary:
          if let value = step.binary { stack[top - 1] = value(stack[top - 1], stack[top]) }
          top -= 1
        case .ternary:
          if let value = step.ternary {
            stack[top - 2] = value(stack[top - 2], stack[top - 1], stack[top])
          }
          top -= 2
        }
      }
      return stack[0]
    }
  }
}
