import Tensors

/// A part of a graph as straight-line code over registers: made once, run with other numbers.
///
/// Common subexpressions are shared and what leads to no output is left out. Each run computes what
/// nodes would have computed, with the same functions in the same order, so it gives the same bits;
/// where it would not stand for the same computation any more it stops. Numbers and small arrays lie
/// side by side in one memory. Larger arrays are tensors.
package struct Program: Sendable {
  /// One step, on values at places in the memory.
  struct Instruction: Sendable {
    enum Operation: UInt8, Sendable {
      case add, subtract, multiply, divide, negate, unary, binary, ternary
      case unaryLoop, binaryLoop, unaryEach, binaryEach, ternaryEach
      case copy, sum, product, gather, call, round
      /// Stop where a number is 0, is not 0, or is not the same as another.
      case requireTrue, requireFalse, requireEqual
    }

    var operation: Operation
    /// By which steps an operand goes while the result goes by 1: 0 for a single number.
    var steps: (UInt8, UInt8, UInt8) = (0, 0, 0)
    /// The row whose function is applied.
    var row: UInt16 = 0
    /// Entries of the result or, of a product, a gather and a call, the place in their list.
    var count: Int32 = 1
    var target: Int32 = 0
    var a: Int32 = 0
    var b: Int32 = 0
    var c: Int32 = 0
  }

  /// Where the value of a node lies.
  struct Register: Equatable, Sendable {
    /// A place in the memory or in the list of tensors.
    var place: Int
    var shape: Shape
    var isTensor = false

    static let largestInMemory = 1024
  }

  struct Product: Sendable {
    var left: PlainProduct.Strides
    var right: PlainProduct.Strides
    var rows: Int
    var inner: Int
    var columns: Int
  }

  /// An entry of an array at places that are computed.
  struct Gather: Sendable {
    enum Index: Sendable { case number(Int), register(Int) }

    var array: Register
    var indices: [Index]
    var target: Register
  }

  /// Any row, by way of tensors.
  struct Call: Sendable {
    var row: PrimitiveID
    var operands: [Register]
    var attribute: Attribute
    var target: Register
  }

  var instructions: [Instruction] = []
  var memory: [Double] = []
  var tensors: [Tensor] = []
  var products: [Product] = []
  var gathers: [Gather] = []
  var calls: [Call] = []
  var inputs: [Register] = []
  var outputs: [Register] = []
  /// Numbers that go up by 1 from run to run: where they lie and what they are at turn 0.
  var counters: [(place: Int, first: Double)] = []
  /// Where the inputs of the last turn that came through are kept.
  var formers: [Register] = []
  let precision: Precision
  let cancellation: Cancellation

  init(precision: Precision, _ cancellation: Cancellation) {
    (self.precision, self.cancellation) = (precision, cancellation)
  }

  /// About how many numbers a run computes.
  package var work: Int {
    var work = instructions.reduce(0) { $0 + max(1, Int($1.count)) }
    for product in products { work += product.rows * product.inner * product.columns }
    for call in calls { work += 50 * (10 + call.operands.reduce(0) { $0 + $1.shape.count }) }
    return work
  }
}

extension Program {
  package mutating func setInput(_ index: Int, to value: Tensor) {
    store(precision.rounded(value), in: inputs[index])
  }

  /// The same for numbers in the order of the entries.
  package mutating func setInput(_ index: Int, to numbers: ArraySlice<Double>) {
    let input = inputs[index]
    guard !input.isTensor else {
      return setInput(index, to: Tensor(shape: input.shape, elements: Array(numbers)))
    }
    for (place, number) in zip(input.place..., numbers) {
      memory[place] = precision.rounded(number)
    }
  }

  package func appendValue(ofOutput index: Int, to numbers: inout [Double]) {
    let output = outputs[index]
    if output.isTensor {
      numbers += tensors[output.place].elements
    } else {
      numbers += memory[output.place..<output.place + output.shape.count]
    }
  }

  package func value(ofOutput index: Int) -> Tensor { load(outputs[index]) }

  /// The inputs as the last run has found them.
  package func value(ofInput index: Int) -> Tensor { load(inputs[index]) }

  /// Where counters begin in turn 0.
  package mutating func setCounters(to firsts: [Double]) {
    for (index, first) in firsts.enumerated() { counters[index].first = first }
  }

  func load(_ register: Register) -> Tensor {
    guard !register.isTensor else { return tensors[register.place] }
    guard !register.shape.isScalar else { return Tensor(scalar: memory[register.place]) }
    return Tensor(
      shape: register.shape,
      elements: Array(memory[register.place..<register.place + register.shape.count]))
  }

  mutating func store(_ value: Tensor, in register: Register) {
    guard !register.isTensor else { return tensors[register.place] = value }
    memory.replaceSubrange(register.place..<register.place + value.count, with: value.elements)
  }
}
