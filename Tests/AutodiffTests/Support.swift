@testable import Autodiff
import Tensors
import Testing

extension Primitive: CustomTestStringConvertible {
  public var testDescription: String { "row '\(name)'" }
}

extension Primitive {
  /// The rows whose rule is one formula for each parameter, or 0.
  static let elementwise = all.filter { $0.notation != .leaf && !$0.domain.isEmpty }

  /// The row's place in the table.
  var id: PrimitiveID { Primitive.row(name) }

  var isConstant: Bool {
    if case .constant = rule { true } else { false }
  }

  /// Arguments drawn from the row's domain, the same in every run, with room for differences.
  func points(_ count: Int) -> [[Double]] {
    var numbers = Numbers(seed: name)
    return (0..<count).map { _ in
      domain.map { range in
        let margin = Primitive.margin * (range.upperBound - range.lowerBound)
        return .random(
          in: range.lowerBound + margin...range.upperBound - margin, using: &numbers)
      }
    }
  }

  /// The largest step of a difference that stays inside the domain around every point.
  func step(ofParameter index: Int) -> Double {
    0.95 * Primitive.margin * (domain[index].upperBound - domain[index].lowerBound)
  }

  private static let margin = 0.02
}

/// Numbers without any pattern, the same in every run (Knuth's MMIX generator).
struct Numbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: String) {
    state = seed.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
  }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    // The low bits of such a sequence hardly vary, so they are mixed with the high ones.
    let mixed = (state ^ (state >> 33)) &* 0xff51_afd7_ed55_8ccd
    return mixed ^ (mixed >> 33)
  }

  mutating func tensor(_ dimensions: [Int], in range: ClosedRange<Double> = 0.3...1.5) -> Tensor {
    let shape = Shape(dimensions)
    let elements = (0..<shape.count).map { _ in Double.random(in: range, using: &self) }
    return Tensor(shape: shape, elements: elements)
  }
}

/// A tensor from the sizes along its axes and its elements in row-major order.
func tensor(_ dimensions: [Int], _ elements: [Double]) -> Tensor {
  Tensor(shape: Shape(dimensions), elements: elements)
}

func vector(_ elements: Double...) -> Tensor { tensor([elements.count], elements) }

extension Graph {
  /// Applies the row of that name.
  mutating func node(
    _ name: String, _ operands: NodeID..., attribute: Attribute = .none
  ) throws -> NodeID {
    try apply(Primitive.row(name), operands, attribute)
  }

  /// The derivative by nodes, which must be reached.
  mutating func derivative(of output: NodeID, by target: NodeID) throws -> NodeID {
    var builder = GradientBuilder()
    return try #require(try builder.gradient(of: output, withRespectTo: [target], in: &self)[0])
  }
}

extension NumericSweep {
  /// Sweeps what is known to hold scalars only.
  mutating func scalars(from output: NodeID, in graph: Graph) throws {
    let isSwept = run(from: output, in: graph)
    try #require(isSwept)
  }
}

/// A function written as nodes on top of its arguments.
typealias Construction = @Sendable (inout Graph, [NodeID]) throws -> NodeID

/// A scalar function's value and its partial derivatives in both ways of taking them.
struct Slopes {
  var value: Double
  var numeric: [Double]
  var built: [Double]
}

/// The value and slopes of a function of numbers at a point.
func slopes(at point: [Double], of function: Construction) throws -> Slopes {
  var graph = Graph()
  let inputs = point.map { graph.input($0) }
  let output = try function(&graph, inputs)
  var sweep = NumericSweep()
  try sweep.scalars(from: output, in: graph)
  var builder = GradientBuilder()
  let built = try builder.gradient(of: output, withRespectTo: inputs, in: &graph)
  return Slopes(
    value: graph.scalar(of: output), numeric: inputs.map { sweep.partial($0) },
    built: built.map { $0.map { graph.scalar(of: $0) } ?? 0 })
}

/// The second derivatives of a function of numbers, as gradients of its gradient by nodes.
func curvatures(at point: [Double], of function: Construction) throws -> [[Double]] {
  var graph = Graph()
  let inputs = point.map { graph.input($0) }
  let output = try function(&graph, inputs)
  var builder = GradientBuilder()
  let gradient = try builder.gradient(of: output, withRespectTo: inputs, in: &graph)
  return try gradient.map { slope in
    guard let slope else { return [Double](repeating: 0, count: inputs.count) }
    let second = try builder.gradient(of: slope, withRespectTo: inputs, in: &graph)
    return second.map { $0.map { graph.scalar(of: $0) } ?? 0 }
  }
}

/// Whether two numbers agree as well as a difference can tell.
func isNear(_ a: Double, _ b: Double, tolerance: Double = 1e-8) -> Bool {
  abs(a - b) <= tolerance * max(1, abs(b))
}

/// Whether a number is as right as arithmetic lets it be; nan is equal to nan here.
func isRight(_ a: Double, _ b: Double, ulps: Double = 4) -> Bool {
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
  return a == b || abs(a - b) <= ulps * b.ulp
}

func areRight(_ a: [Double], _ b: [Double], ulps: Double = 4) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { isRight($0, $1, ulps: ulps) }
}
