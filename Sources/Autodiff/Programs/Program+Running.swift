import Tensors

extension Program {
  /// Runs once.
  ///
  /// - Returns: false where the nodes would not have come about in this way; the outputs then mean
  ///   nothing.
  package mutating func run() -> Bool {
    let machine = Machine(self)
    var tensors: [Tensor] = []
    swap(&tensors, &self.tensors)
    defer { swap(&tensors, &self.tensors) }
    return memory.withUnsafeMutableBufferPointer { memory in
      memory.baseAddress.map { machine.run($0, &tensors) } ?? true
    }
  }
}

/// The lists of a program as bare memory.
struct Machine {
  private let instructions: [Program.Instruction]
  private let products: [Program.Product]
  private let gathers: [Program.Gather]
  private let calls: [Program.Call]
  private let precision: Precision
  private let cancellation: Cancellation
  private let entries = KernelTable.entries

  init(_ program: Program) {
    (instructions, products) = (program.instructions, program.products)
    (gathers, calls) = (program.gathers, program.calls)
    (precision, cancellation) = (program.precision, program.cancellation)
  }

  /// Carries out every instruction on those registers; false where one says stop.
  func run(_ m: UnsafeMutablePointer<Double>, _ tensors: inout [Tensor]) -> Bool {
    instructions.withUnsafeBufferPointer { code in
      for place in code.indices {
        let step = code[place]
        let (t, a, b, c) = (Int(step.target), Int(step.a), Int(step.b), Int(step.c))
        switch step.operation {
        case .add: m[t] = m[a] + m[b]
        case .subtract: m[t] = m[a] - m[b]
        case .multiply: m[t] = m[a] * m[b]
        case .divide: m[t] = m[a] / m[b]
        case .negate: m[t] = -m[a]
        case .unary:
          if let value = entries[Int(step.row)].unary { m[t] = value(m[a]) }
        case .binary:
          if let value = entries[Int(step.row)].binary { m[t] = value(m[a], m[b]) }
        case .ternary:
          if let value = entries[Int(step.row)].ternary { m[t] = value(m[a], m[b], m[c]) }
        case .requireTrue: if m[a] == 0 { return false }
        case .requireFalse: if m[a] != 0 { return false }
        case .requireEqual:
          for i in 0..<Int(step.count) where m[a + i].bitPattern != m[b + i].bitPattern {
            return false
          }
        case .unaryLoop, .binaryLoop, .unaryEach, .binaryEach, .ternaryEach, .copy, .sum, .product,
          .round:
          runOnArrays(step, m)
        case .gather:
          guard gather(gathers[Int(step.count)], m, &tensors) else { return false }
        case .call:
          guard call(calls[Int(step.count)], m, &tensors) else { return false }
        }
      }
      return true
    }
  }

  /// Carries out an instruction on arrays that lie in the memory.
  private func runOnArrays(_ step: Program.Instruction, _ m: UnsafeMutablePointer<Double>) {
    let entry = entries + Int(step.row)
    let (t, a, b, c) = (Int(step.target), Int(step.a), Int(step.b), Int(step.c))
    let (i, j, k) = (Int(step.steps.0), Int(step.steps.1), Int(step.steps.2))
    let count = Int(step.count)
    switch step.operation {
    case .unaryLoop: entry.pointee.unaryLoop?(m + a, m + t, count)
    case .binaryLoop: entry.pointee.binaryLoop?(m + a, i, m + b, j, m + t, count)
    case .unaryEach:
      if let value = entry.pointee.unary { for n in 0..<count { m[t + n] = value(m[a + n]) } }
    case .binaryEach:
      if let value = entry.pointee.binary {
        for n in 0..<count { m[t + n] = value(m[a + i * n], m[b + j * n]) }
      }
    case .ternaryEach:
      if let value = entry.pointee.ternary {
        for n in 0..<count { m[t + n] = value(m[a + i * n], m[b + j * n], m[c + k * n]) }
      }
    case .copy: (m + t).update(from: m + a, count: count)
    case .sum: m[t] = CompensatedSum.of(UnsafeBufferPointer(start: m + a, count: count))
    case .product:
      let size = products[count]
      PlainProduct.multiply(
        m + a, size.left, m + b, size.right, into: m + t, rows: size.rows, inner: size.inner,
        columns: size.columns)
    case .round: for n in 0..<count { m[t + n] = precision.rounded(m[t + n]) }
    case .add, .subtract, .multiply, .divide, .negate, .unary, .binary, .ternary, .gather, .call,
      .requireTrue, .requireFalse, .requireEqual:
      preconditionFailure("an instruction on numbers alone")
    }
  }

  /// Takes an entry of an array; false where there is none at that place.
  private func gather(
    _ gather: Program.Gather, _ m: UnsafeMutablePointer<Double>, _ tensors: inout [Tensor]
  ) -> Bool {
    var place = 0
    for (index, size) in zip(gather.indices, gather.array.shape.dimensions) {
      let number: Int
      switch index {
      case .number(let index): number = index
      case .register(let register):
        guard let index = Int(exactly: m[register]) else { return false }
        number = index
      }
      guard -size..<size ~= number else { return false }
      place = place * size + (number < 0 ? number + size : number)
    }
    let count = gather.target.shape.count
    let first = place * count
    if gather.target.isTensor {
      let array =
        gather.array.isTensor ? tensors[gather.array.place] : load(gather.array, m, tensors)
      tensors[gather.target.place] = Tensor(
        shape: gather.target.shape, elements: Array(array.elements[first..<first + count]))
    } else if gather.array.isTensor {
      tensors[gather.array.place].elements.withUnsafeBufferPointer { elements in
        for n in 0..<count { m[gather.target.place + n] = elements[first + n] }
      }
    } else {
      (m + gather.target.place).update(from: m + gather.array.place + first, count: count)
    }
    return true
  }

  /// Applies any row; false where it refuses, or gives another shape than it did.
  private func call(
    _ call: Program.Call, _ m: UnsafeMutablePointer<Double>, _ tensors: inout [Tensor]
  ) -> Bool {
    let operands = call.operands.map { load($0, m, tensors) }
    guard let value = try? precision.evaluate(call.row, operands, call.attribute, cancellation),
      value.shape == call.target.shape
    else { return false }
    if call.target.isTensor {
      tensors[call.target.place] = value
    } else {
      value.elements.withUnsafeBufferPointer { elements in
        for n in elements.indices { m[call.target.place + n] = elements[n] }
      }
    }
    return true
  }

  private func load(
    _ register: Program.Register, _ m: UnsafeMutablePointer<Double>, _ tensors: [Tensor]
  ) -> Tensor {
    guard !register.isTensor else { return tensors[register.place] }
    let memory = UnsafeBufferPointer(start: m + register.place, count: register.shape.count)
    return Tensor(shape: register.shape, elements: Array(memory))
  }
}
