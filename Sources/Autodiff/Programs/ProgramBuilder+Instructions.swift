import Tensors

/// One node as instructions.
extension ProgramBuilder {
  /// Writes what computes a node, and says where its value will lie.
  mutating func emit(_ id: NodeID) -> Program.Register {
    let row = graph.operation(of: id)
    let nodes = graph.operands(of: id)
    let shape = graph.shape(of: id)
    if let same = renamed(row, nodes, shape, id) { return same }
    let operands = nodes.map { register(of: $0) }
    let places = (trace.places[id] ?? []).map { $0.map { register(of: $0) } }
    let key = Key(
      row: row, operands: operands, attribute: graph.storedAttribute(of: id), places: places)
    if let register = known.value(of: key, hash: key.hash) { return register }
    let target = allocate(shape)
    known.add(key, target, hash: key.hash)
    let isInMemory = !target.isTensor && operands.allSatisfy { !$0.isTensor }
    if !places.isEmpty {
      gather(id, operands[0], places, target)
    } else if isInMemory, isElementwise(row), let steps = steps(operands, shape) {
      apply(row, operands, steps, target)
    } else if !isInMemory || !applyToArrays(row, key.attribute, operands, target) {
      append(.call, count: program.calls.count)
      program.calls.append(
        Program.Call(row: row, operands: operands, attribute: key.attribute, target: target))
    }
    return target
  }

  /// The register of an operand whose value the node has, perhaps in another shape.
  private mutating func renamed(
    _ row: PrimitiveID, _ operands: [NodeID], _ shape: Shape, _ id: NodeID
  ) -> Program.Register? {
    var same: NodeID?
    switch row {
    case .stop, .identity: same = operands[0]
    case .branch: same = operands[1]
    case .multiply:
      if isOne(operands[0], for: operands[1], shape) { same = operands[1] }
      if isOne(operands[1], for: operands[0], shape) { same = operands[0] }
    case .power where isAlways(operands[1], 1): same = operands[0]
    case .reshape: same = operands[0]
    case .index where trace.places[id] == nil:
      return part(of: register(of: operands[0]), graph.storedAttribute(of: id).items, shape)
    default: break
    }
    guard let same else { return nil }
    var register = register(of: same)
    guard register.shape != shape else { return register }
    guard !register.isTensor, register.shape.count == shape.count else { return nil }
    register.shape = shape
    return register
  }

  /// The part of an array that plain indices choose, where it lies.
  private func part(
    of array: Program.Register, _ items: [IndexItem], _ shape: Shape
  ) -> Program.Register? {
    guard !array.isTensor else { return nil }
    var place = 0
    for (item, size) in zip(items, array.shape.dimensions) {
      guard case .at(let index) = item else { return nil }
      place = place * size + (index < 0 ? index + size : index)
    }
    return Program.Register(place: array.place + place * shape.count, shape: shape)
  }

  private func isElementwise(_ row: PrimitiveID) -> Bool {
    KernelTable.entries[Int(row.rawValue)].isElementwise
  }

  /// The steps by which operands go along with a result of that shape; nil where they do not.
  private func steps(_ operands: [Program.Register], _ shape: Shape) -> (UInt8, UInt8, UInt8)? {
    var steps: [UInt8] = [0, 0, 0]
    for (place, operand) in operands.enumerated() {
      if operand.shape == shape {
        steps[place] = 1
      } else if operand.shape.count != 1 {
        return nil
      }
    }
    return (steps[0], steps[1], steps[2])
  }

  private mutating func apply(
    _ row: PrimitiveID, _ operands: [Program.Register], _ steps: (UInt8, UInt8, UInt8),
    _ target: Program.Register
  ) {
    let entry = KernelTable.entries + Int(row.rawValue)
    let places = operands.map(\.place) + [0, 0]
    let count = target.shape.count
    var operation: Program.Instruction.Operation
    if target.shape.isScalar {
      operation = scalarOperation(row, arity: operands.count)
    } else if operands.count == 1 {
      operation = entry.pointee.unaryLoop == nil ? .unaryEach : .unaryLoop
    } else if operands.count == 2 {
      operation = entry.pointee.binaryLoop == nil ? .binaryEach : .binaryLoop
    } else {
      operation = .ternaryEach
    }
    append(
      operation, row, count: count, target: target.place, a: places[0], b: places[1], c: places[2],
      steps: steps)
    round(target)
  }

  private func scalarOperation(_ row: PrimitiveID, arity: Int) -> Program.Instruction.Operation {
    switch row {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .negate: .negate
    default: arity == 1 ? .unary : arity == 2 ? .binary : .ternary
    }
  }

  private mutating func round(_ target: Program.Register) {
    guard graph.precision.isSingle else { return }
    append(.round, count: target.shape.count, target: target.place)
  }

  /// What is done to small arrays so often that it has an instruction; false for the rest.
  private mutating func applyToArrays(
    _ row: PrimitiveID, _ attribute: Attribute, _ operands: [Program.Register],
    _ target: Program.Register
  ) -> Bool {
    switch row {
    case .matmul where !graph.precision.isSingle:
      return multiply(operands[0], operands[1], attribute.turned, target)
    case .sum, .sumTo:
      // Over all axes, none of which parts the others by staying.
      guard target.shape.count == 1, operands[0].shape.dimensions.allSatisfy({ $0 > 1 })
      else { return false }
      append(.sum, count: operands[0].shape.count, target: target.place, a: operands[0].place)
      round(target)
    case .stack:
      var place = target.place
      for part in operands {
        append(.copy, count: part.shape.count, target: place, a: part.place)
        place += part.shape.count
      }
    default: return false
    }
    return true
  }

  private mutating func multiply(
    _ a: Program.Register, _ b: Program.Register, _ turned: (Bool, Bool),
    _ target: Program.Register
  ) -> Bool {
    let left = matrix(a, isRow: true, isTurned: turned.0)
    let right = matrix(b, isRow: false, isTurned: turned.1)
    let (rows, inner, columns) = (left.rows, right.rows, right.columns)
    guard PlainProduct.suits(rows: rows, inner: inner, columns: columns) else { return false }
    append(
      .product, count: program.products.count, target: target.place, a: a.place, b: b.place)
    program.products.append(
      Program.Product(
        left: left.strides, right: right.strides, rows: rows, inner: inner, columns: columns))
    return true
  }

  /// A factor of a matrix product: a vector is a row on the left, a column on the right.
  private func matrix(
    _ register: Program.Register, isRow: Bool, isTurned: Bool
  ) -> (rows: Int, columns: Int, strides: PlainProduct.Strides) {
    let sizes = register.shape.dimensions
    guard sizes.count == 2 else {
      let strides = PlainProduct.Strides(row: isRow ? 0 : 1, column: isRow ? 1 : 0)
      return isRow ? (1, sizes[0], strides) : (sizes[0], 1, strides)
    }
    return isTurned
      ? (sizes[1], sizes[0], PlainProduct.Strides(row: 1, column: sizes[1]))
      : (sizes[0], sizes[1], PlainProduct.Strides(row: sizes[1], column: 1))
  }

  private mutating func gather(
    _ id: NodeID, _ array: Program.Register, _ places: [Program.Register?],
    _ target: Program.Register
  ) {
    let indices = zip(graph.storedAttribute(of: id).items, places).map {
      item, place -> Program.Gather.Index in
      if let place { return .register(place.place) }
      guard case .at(let index) = item else { preconditionFailure("a slice is not followed") }
      return .number(index)
    }
    append(.gather, count: program.gathers.count)
    program.gathers.append(Program.Gather(array: array, indices: indices, target: target))
  }
}
