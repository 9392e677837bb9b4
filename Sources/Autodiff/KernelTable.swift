import Tensors

/// The rows of `Primitive.all` in the form that the inner loops read: plain memory, no references.
enum KernelTable {
  /// One row.
  struct Entry {
    var arity: UInt8 = 0
    var isElementwise = false
    var hasRule = false
    var hasPullback = false
    /// Whether computing the value may end in an error for some numbers of the same shapes.
    var mayFail = false
    var traits: RowTraits = []
    var unary: (@convention(c) (Double) -> Double)?
    var binary: (@convention(c) (Double, Double) -> Double)?
    var ternary: (@convention(c) (Double, Double, Double) -> Double)?
    var unaryLoop: UnaryLoop?
    var binaryLoop: BinaryLoop?
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
    var argument: UInt8 = 0
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

  private struct Tables: @unchecked Sendable {
    let entries: UnsafePointer<Entry>
    let steps: UnsafePointer<Step>
  }

  /// Built once, at the first use, and never freed.
  private static let tables: Tables = build()

  @inline(__always) static var entries: UnsafePointer<Entry> { tables.entries }

  @inline(__always) static var steps: UnsafePointer<Step> { tables.steps }

  private static let depthLimit = 16

  private static func build() -> Tables {
    var steps: [Step] = []
    let entries = Primitive.all.map { row in entry(of: row, steps: &steps) }
    let entryMemory = UnsafeMutablePointer<Entry>.allocate(capacity: entries.count)
    entryMemory.initialize(from: entries, count: entries.count)
    let stepMemory = UnsafeMutablePointer<Step>.allocate(capacity: steps.count)
    stepMemory.initialize(from: steps, count: steps.count)
    return Tables(entries: entryMemory, steps: stepMemory)
  }

  private static func entry(of row: Primitive, steps: inout [Step]) -> Entry {
    var entry = Entry()
    entry.arity = UInt8(row.arity)
    (entry.unaryLoop, entry.binaryLoop) = (row.unaryLoop, row.binaryLoop)
    entry.traits = RowTraits(of: row)
    switch row.kernel {
    case .none: break
    case .array: entry.mayFail = row.flow == .mixes
    case .unary(let value): entry.unary = value
    case .binary(let value): entry.binary = value
    case .ternary(let value): entry.ternary = value
    }
    entry.isElementwise = entry.unary != nil || entry.binary != nil || entry.ternary != nil
    switch row.rule {
    case .constant: break
    case .pullback: (entry.hasRule, entry.hasPullback) = (true, true)
    case .partials(let partials):
      entry.hasRule = true
      let factors = partials.map { factor(of: $0, steps: &steps) }
      entry.partials = (
        factors[0], factors.count > 1 ? factors[1] : Factor(),
        factors.count > 2 ? factors[2] : Factor()
      )
    }
    return entry
  }

  private static func factor(of partial: Primitive.Partial, steps: inout [Step]) -> Factor {
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
    (factor.start, factor.end) = append(formula, to: &steps)
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
    case .tieShare(let index): return Step(operation: .tieShare, argument: UInt8(index))
    case .result: return Step(operation: .result)
    case .constant(let value): return Step(operation: .constant, constant: value)
    case .apply(let name, _):
      switch Primitive.row(name).row.kernel {
      case .unary(let value): return Step(operation: .unary, unary: value)
      case .binary(let value): return Step(operation: .binary, binary: value)
      case .ternary(let value): return Step(operation: .ternary, ternary: value)
      case .none, .array: preconditionFailure("a formula cannot apply \(name)")
      }
    }
  }

  /// What one of two equal arguments gets, by which of them are variable.
  static func tieShare(_ argument: UInt8, _ variables: UInt8) -> Double {
    let (mine, other) = (variables >> argument & 1, variables >> (1 - argument) & 1)
    return mine == other ? 0.5 : other == 1 ? 1 : 0
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
          stack[top] = tieShare(step.argument, point.variables)
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

extension Formula {
  /// The value at a point: one argument for each parameter, and the function's result there.
  package func value(at arguments: [Double], result: Double, variables: UInt8 = 0xff) -> Double {
    var steps: [KernelTable.Step] = []
    let range = KernelTable.append(self, to: &steps)
    let point = KernelTable.Point(
      x: arguments.first ?? 0, y: arguments.count > 1 ? arguments[1] : 0,
      z: arguments.count > 2 ? arguments[2] : 0, result: result, variables: variables)
    return steps.withUnsafeBufferPointer { steps in
      guard let base = steps.baseAddress else { return 0 }
      return KernelTable.evaluate(base, range.0, range.1, at: point)
    }
  }

  /// The places at which the formula is 0, each with its own arguments and its own result.
  func places(whereZeroAt arguments: [[Double]], results: [Double]) -> [Int] {
    var steps: [KernelTable.Step] = []
    let range = KernelTable.append(self, to: &steps)
    return steps.withUnsafeBufferPointer { steps in
      guard let base = steps.baseAddress else { return [] }
      return results.indices.filter { place in
        let point = KernelTable.Point(
          x: arguments.isEmpty ? 0 : arguments[0][place],
          y: arguments.count > 1 ? arguments[1][place] : 0,
          z: arguments.count > 2 ? arguments[2][place] : 0, result: results[place],
          variables: 0xff)
        return KernelTable.evaluate(base, range.0, range.1, at: point) == 0
      }
    }
  }
}
