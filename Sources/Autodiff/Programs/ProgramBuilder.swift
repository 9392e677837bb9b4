import Tensors

/// Makes a program of the nodes between inputs and outputs.
struct ProgramBuilder {
  let graph: Graph
  let trace: Trace
  /// The first node that changes with the inputs can be.
  let first: Int
  private var isVarying: [Bool]
  private var isNeeded: [Bool]
  var program: Program
  /// By node from `first` on.
  private var registers: [Program.Register?]
  private var constants = ChainedTable<NodeID, Program.Register>()
  private var numbers = ChainedTable<UInt64, Int>()
  /// What has been computed already, and where it lies.
  var known = ChainedTable<Key, Program.Register>()

  struct Key: Equatable {
    let row: PrimitiveID
    let operands: [Program.Register]
    let attribute: Attribute
    /// The nodes that say which entry is taken.
    var places: [Program.Register?] = []

    var hash: UInt {
      var hash = UInt(row.rawValue)
      for operand in operands { hash = hash &* 31 &+ UInt(operand.place) }
      return hash
    }
  }

  /// What a node's value has to be for the program to go on.
  private struct Requirement: Equatable {
    let id: NodeID
    let isOfTruth: Bool
  }

  init(_ graph: Graph, _ trace: Trace, from first: Int) {
    (self.graph, self.trace, self.first) = (graph, trace, first)
    isVarying = Array(repeating: false, count: graph.count - first)
    isNeeded = isVarying
    registers = Array(repeating: nil, count: graph.count - first)
    program = Program(precision: graph.precision, graph.cancellation)
  }

  /// Writes the program.
  ///
  /// - Parameters:
  ///   - outputs: what is wanted.
  ///   - inputs: nodes that get other values.
  ///   - counters: nodes that are counted up, and their numbers in turn 0.
  ///   - decisions: what has to come out as it did, of formulas as nodes that are 0 or not.
  ///   - mark: nodes before it are taken as they are, so no input may come through them.
  /// - Returns: nil where no program would stand for the nodes.
  mutating func build(
    _ outputs: [NodeID], inputs: [NodeID], counters: [(id: NodeID, first: Double)],
    _ decisions: [Trace.Decision], mark: Int
  ) -> Program? {
    for id in inputs + counters.map(\.id) {
      isVarying[id.index - first] = true
      registers[id.index - first] = allocate(graph.shape(of: id))
    }
    for index in first..<graph.count where !isVarying[index - first] {
      isVarying[index - first] = sources(of: NodeID(index)).contains(where: varies)
    }
    let requirements = requirements(decisions)
    for id in outputs.map(origin) + requirements.map(\.id) where varies(id) { need(id) }
    guard markNeeds(mark: mark) else { return nil }
    var waiting = requirements[...]
    for index in first..<graph.count where isNeeded[index - first] {
      if graph.isUnwanted(atStep: index) { return nil }
      let id = NodeID(index)
      if registers[index - first] == nil, trace.copies[id] == nil {
        registers[index - first] = emit(id)
      }
      while let next = waiting.first, next.id == id {
        guard require(waiting.removeFirst()) else { return nil }
      }
    }
    program.inputs = inputs.map { register(of: $0) }
    program.formers = inputs.map { allocate(graph.shape(of: $0)) }
    program.outputs = outputs.map { register(of: $0) }
    program.counters = counters.map { (register(of: $0.id).place, $0.first) }
    for (input, id) in zip(program.inputs, inputs) { program.store(graph.stored(id), in: input) }
    return program
  }

  /// The node whose number a node holds, itself where it is no copy.
  private func origin(_ id: NodeID) -> NodeID {
    var id = id
    while let source = trace.copies[id] { id = source }
    return id
  }

  private func varies(_ id: NodeID) -> Bool { id.index >= first && isVarying[id.index - first] }

  private mutating func need(_ id: NodeID) { isNeeded[id.index - first] = true }

  /// What the value of a node is made from.
  private func sources(of id: NodeID) -> [NodeID] {
    if let source = trace.copies[id] { return [source] }
    return graph.operands(of: id) + (trace.places[id] ?? []).compactMap { $0 }
  }

  /// The decisions that may come out otherwise, each once and in the order of the nodes.
  private func requirements(_ decisions: [Trace.Decision]) -> [Requirement] {
    var requirements: [Requirement] = []
    for decision in decisions {
      switch decision {
      case .truth(let id): requirements.append(Requirement(id: origin(id), isOfTruth: true))
      case .value(let id): requirements.append(Requirement(id: origin(id), isOfTruth: false))
      case .zero: preconditionFailure("formulas have become nodes")
      }
    }
    let sorted = requirements.filter { varies($0.id) }.sorted {
      ($0.id, $0.isOfTruth ? 0 : 1) < ($1.id, $1.isOfTruth ? 0 : 1)
    }
    return sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
  }

  /// Finds what outputs are made from, and what may fail; false where that is out of reach.
  private mutating func markNeeds(mark: Int) -> Bool {
    for index in stride(from: graph.count - 1, through: first, by: -1) {
      let id = NodeID(index)
      guard isVarying[index - first] else { continue }
      // What may end in an error is computed even where nobody wants it.
      if index >= mark, mayFail(id) { need(id) }
      guard isNeeded[index - first], registers[index - first] == nil else { continue }
      guard index >= mark else { return false }
      for source in sources(of: id) where varies(source) { need(source) }
    }
    return true
  }

  private func mayFail(_ id: NodeID) -> Bool {
    trace.places[id] != nil || KernelTable.entries[Int(graph.operation(of: id).rawValue)].mayFail
  }

  private mutating func require(_ requirement: Requirement) -> Bool {
    let register = register(of: requirement.id)
    guard !register.isTensor else { return false }
    if requirement.isOfTruth {
      let isTrue = graph.nodes.values[requirement.id.index] != 0
      append(isTrue ? .requireTrue : .requireFalse, a: register.place)
    } else {
      let now = constant(requirement.id)
      append(.requireEqual, count: register.shape.count, a: register.place, b: now.place)
    }
    return true
  }
}

extension ProgramBuilder {
  mutating func append(
    _ operation: Program.Instruction.Operation, _ row: PrimitiveID = .input, count: Int = 1,
    target: Int = 0, a: Int = 0, b: Int = 0, c: Int = 0,
    steps: (UInt8, UInt8, UInt8) = (0, 0, 0)
  ) {
    program.instructions.append(
      Program.Instruction(
        operation: operation, steps: steps, row: row.rawValue, count: Int32(count),
        target: Int32(target), a: Int32(a), b: Int32(b), c: Int32(c)))
  }

  /// Room for a value of that shape.
  mutating func allocate(_ shape: Shape) -> Program.Register {
    let count = shape.count
    guard count <= Program.Register.largestInMemory else {
      program.tensors.append(Tensor(shape: Shape([0]), elements: []))
      return Program.Register(place: program.tensors.count - 1, shape: shape, isTensor: true)
    }
    program.memory.append(contentsOf: repeatElement(0, count: count))
    return Program.Register(place: program.memory.count - count, shape: shape)
  }

  mutating func register(of id: NodeID) -> Program.Register {
    let id = origin(id)
    if id.index >= first, let register = registers[id.index - first] { return register }
    return constant(id)
  }

  /// The value that a node has now, which equal numbers share.
  private mutating func constant(_ id: NodeID) -> Program.Register {
    if let register = constants[id] { return register }
    let value = graph.stored(id)
    guard value.shape.isScalar else {
      let register = allocate(value.shape)
      program.store(value, in: register)
      constants.add(id, register)
      return register
    }
    let bits = value.scalar.bitPattern
    if let place = numbers.value(of: bits, hash: UInt(bits)) {
      return Program.Register(place: place, shape: .scalar)
    }
    let register = allocate(.scalar)
    program.store(value, in: register)
    numbers.add(bits, register.place, hash: UInt(bits))
    return register
  }

  /// Whether a node is that number in every run.
  func isAlways(_ id: NodeID, _ number: Double) -> Bool {
    let id = origin(id)
    return !varies(id) && graph.isScalar(id) && graph.nodes.values[id.index] == number
  }

  /// Whether a factor is 1 in every entry and leaves the other as it is, its shape included.
  func isOne(_ id: NodeID, for other: NodeID, _ shape: Shape) -> Bool {
    guard graph.shape(of: other) == shape else { return false }
    let id = origin(id)
    return !varies(id) && graph.stored(id).elements.allSatisfy { $0 == 1 }
  }
}

extension Graph {
  /// Makes a program of what was made while the graph was traced.
  ///
  /// - Parameters:
  ///   - outputs: what is wanted of a run.
  ///   - inputs: nodes that get other values.
  ///   - counters: nodes that are counted up, and their numbers in turn 0.
  ///   - trace: what was noted meanwhile; the graph does not note any more.
  ///   - mark: nodes before it are no part of the program.
  /// - Returns: nil where no program would stand for the nodes.
  package mutating func program(
    of outputs: [NodeID], inputs: [NodeID], counters: [(id: NodeID, first: Double)] = [],
    _ trace: Trace, mark: Int
  ) -> Program? {
    self.trace = nil
    guard !trace.isVoid else { return nil }
    var decisions: [Trace.Decision] = []
    for decision in trace.decisions {
      guard case .zero(let formula, let operands, let result) = decision else {
        decisions.append(decision)
        continue
      }
      guard let root = try? write(formula, operands: operands, result: result) else { return nil }
      decisions.append(.truth(root))
    }
    let first = min(mark, inputs.min()?.index ?? mark)
    var builder = ProgramBuilder(self, trace, from: first)
    return builder.build(outputs, inputs: inputs, counters: counters, decisions, mark: mark)
  }
}
