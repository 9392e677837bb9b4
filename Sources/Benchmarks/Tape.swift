import Autodiff

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A random graph of scalars, recorded through the same calls that the interpreter makes.
struct Tape {
  var inputs: [Double]
  /// Places in `Tape.rows`.
  var operations: [UInt8]
  /// Operands; inputs count first.
  var first: [UInt32]
  var second: [UInt32]

  static let rows = ["add", "subtract", "multiply", "divide", "sin", "exp", "tanh"].map(
    Primitive.row)

  /// A tape whose values stay between -3 and 3, from a fixed seed.
  static func random(nodes: Int) -> Tape {
    var state: UInt64 = 0x2545_F491_4F6C_DD1D
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 11) % bound
    }
    var tape = Tape(
      inputs: (0..<100).map { 0.5 + Double($0) / 100 }, operations: [], first: [], second: [])
    var values = tape.inputs
    for _ in 0..<nodes {
      let (a, b) = (values.count - 1 - next(min(values.count, 20_000)), next(values.count))
      var operation = next(7)
      var value = Tape.value(operation, values[a], values[b])
      if !(abs(value) <= 3) || operation == 3 && abs(values[b]) < 0.5 {
        (operation, value) = (6, tanh(values[a]))
      }
      tape.operations.append(UInt8(operation))
      tape.first.append(UInt32(a))
      tape.second.append(UInt32(b))
      values.append(value)
    }
    return tape
  }

  static func value(_ operation: Int, _ x: Double, _ y: Double) -> Double {
    switch operation {
    case 0: x + y
    case 1: x - y
    case 2: x * y
    case 3: x / y
    case 4: sin(x)
    case 5: exp(x)
    default: tanh(x)
    }
  }

  /// Measures recording with values, and the reverse sweep.
  func run(_ name: String) {
    let count = operations.count
    var graph = Graph()
    var output = NodeID(0)
    func record() {
      graph.truncate(to: 0)
      for input in inputs { output = graph.input(input) }
      for place in 0..<count {
        let row = Tape.rows[Int(operations[place])]
        let a = NodeID(Int(first[place]))
        let node =
          operations[place] < 4
          ? try? graph.apply(row, a, NodeID(Int(second[place]))) : try? graph.apply(row, a)
        output = node ?? output
      }
    }
    var sweep = NumericSweep()
    func reverse() { check(sweep.run(from: output, in: graph), "arrays in a tape of scalars") }
    record()
    reverse()
    checkGradient(graph, output, sweep)
    Measurement.report("\(name): record with values", "node", count: count, record)
    Measurement.report("\(name): reverse", "node", count: count, reverse)
    Measurement.report("\(name): post-order", "node", count: count, repetitions: 3) {
      check(graph.postOrder(from: output).count <= graph.count, "an order longer than its graph")
    }
    // A node, its adjoint and its stamp.
    Measurement.report("\(name): memory", "B/node", figure: Double(Graph.bytesPerNode + 9))
  }

  /// A central difference along one direction, recorded anew on both sides.
  private func checkGradient(_ graph: Graph, _ output: NodeID, _ sweep: NumericSweep) {
    let step = 1e-7
    var slope = 0.0
    for place in inputs.indices { slope += sweep.partial(NodeID(place)) }
    let difference = (value(shifted: step) - value(shifted: -step)) / (2 * step)
    let isNear = abs(slope - difference) <= 1e-4 * max(1, abs(difference))
    check(isNear, "slope \(slope), difference \(difference)")
  }

  private func value(shifted shift: Double) -> Double {
    var values = inputs.map { $0 + shift }
    for place in operations.indices {
      values.append(
        Tape.value(Int(operations[place]), values[Int(first[place])], values[Int(second[place])]))
    }
    return values[values.count - 1]
  }
}

/// A tape in a file: two 32-bit counts, then operations, first and second operands.
enum TapeFile {
  static func run(_ path: String) {
    guard let file = fopen(path, "rb") else {
      print("cannot read \(path): \(String(cString: strerror(errno)))")
      return
    }
    defer { fclose(file) }
    var counts: [UInt32] = [0, 0]
    fread(&counts, 4, 2, file)
    let (inputs, nodes) = (Int(counts[0]), Int(counts[1]))
    var tape = Tape(
      inputs: (0..<inputs).map { 0.5 + Double($0) / 100 },
      operations: Array(repeating: 0, count: nodes), first: Array(repeating: 0, count: nodes),
      second: Array(repeating: 0, count: nodes))
    fread(&tape.operations, 1, nodes, file)
    fread(&tape.first, 4, nodes, file)
    fread(&tape.second, 4, nodes, file)
    tape.run("tape \(path)")
  }
}
