@testable import Autodiff
import Tensors
import Testing

@Suite struct ArraysTests {
  /// A row of the table of operations on arrays, at operands of certain shapes.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var shapes: [[Int]]
    var attribute = Attribute.none

    var testDescription: String { "\(name) of \(shapes), \(attribute)" }
  }

  private static func axes(_ axes: Int..., keeping: Bool = false) -> Attribute {
    .axes(axes, keepingDimensions: keeping)
  }

  private static let everySecond = IndexItem.slice(start: nil, stop: nil, step: 2)
  private static let backwards = IndexItem.slice(start: nil, stop: nil, step: -1)

  private static func options(_ change: (inout CallOptions) -> Void) -> Attribute {
    var options = CallOptions()
    change(&options)
    return .options(options)
  }

  private static let reductions: [Case] =
    ["prod", "var", "std", "_amax", "_amin", "norm", "logsumexp"].flatMap { name in
      [
        Case(name: name, shapes: [[4]]), Case(name: name, shapes: [[2, 3]]),
        Case(name: name, shapes: [[2, 3]], attribute: axes(0)),
        Case(name: name, shapes: [[3, 2]], attribute: axes(-1, keeping: true)),
        Case(name: name, shapes: [[2, 3, 2]], attribute: axes(0, 2)),
        Case(name: name, shapes: [[2, 3, 2]], attribute: axes(1)),
      ]
    } + [
      Case(name: "prod", shapes: [[]]), Case(name: "_amax", shapes: [[]]),
      Case(name: "logsumexp", shapes: [[]]), Case(name: "prod", shapes: [[7]]),
      Case(name: "var", shapes: [[2, 3]], attribute: options { $0.freedom = 1 }),
      Case(
        name: "std", shapes: [[2, 3]],
        attribute: options { ($0.freedom, $0.axes) = (1, [1]) }),
      Case(name: "norm", shapes: [[3]], attribute: options { $0.order = 1 }),
      Case(
        name: "norm", shapes: [[3, 2]],
        attribute: options { ($0.order, $0.axes) = (.infinity, [0]) }),
      Case(name: "cumsum", shapes: [[3]]), Case(name: "cumsum", shapes: [[2, 3]]),
      Case(name: "cumsum", shapes: [[2, 3]], attribute: axes(0)),
      Case(name: "cumsum", shapes: [[2, 3, 2]], attribute: axes(-2)),
    ]

  private static let rearrangements: [Case] = [
    Case(name: "flatten", shapes: [[2, 3]]), Case(name: "_permute", shapes: [[2, 3]]),
    Case(name: "_permute", shapes: [[2, 3, 1]], attribute: options { $0.axes = [2, 0, 1] }),
    Case(name: "_permute", shapes: [[2, 3, 2]], attribute: options { $0.axes = [1, -1, 0] }),
    Case(name: "_reshape", shapes: [[2, 3]], attribute: options { $0.sizes = [3, -1] }),
    Case(name: "concat", shapes: [[2], [3]]), Case(name: "concat", shapes: [[2, 2], [1, 2]]),
    Case(name: "concat", shapes: [[2, 1], [2, 2], [2, 3]], attribute: axes(1)),
    Case(name: "concat", shapes: [[2, 1, 2], [2, 2, 2]], attribute: axes(-2)),
    Case(name: "_stack", shapes: [[2], [2], [2]], attribute: axes(1)),
    Case(name: "_stack", shapes: [[2, 3], [2, 3]], attribute: axes(-1)),
    Case(name: "_stack", shapes: [[2, 3], [2, 3]]),
    Case(name: "diag", shapes: [[3]]), Case(name: "diag", shapes: [[2, 3]]),
    Case(name: "diag", shapes: [[3]], attribute: options { $0.diagonal = -1 }),
    Case(name: "diag", shapes: [[3, 2]], attribute: options { $0.diagonal = 1 }),
    Case(
      name: "_diag_into", shapes: [[2]],
      attribute: options { ($0.sizes, $0.diagonal) = ([2, 3], 1) }),
    Case(name: "trace", shapes: [[2, 3]]), Case(name: "trace", shapes: [[3, 3]]),
    Case(name: "outer", shapes: [[2], [3]]), Case(name: "outer", shapes: [[2, 2], []]),
    Case(name: "full", shapes: [[]], attribute: options { $0.sizes = [2, 3] }),
    Case(name: "full", shapes: [[3]], attribute: options { $0.sizes = [2, 3] }),
    Case(name: "linspace", shapes: [[], []], attribute: options { $0.count = 5 }),
    Case(name: "linspace", shapes: [[], []], attribute: options { $0.count = 1 }),
  ]

  private static let composites: [Case] =
    ["mse", "mae", "cross_entropy", "nll"].flatMap { name in
      CallOptions.Gathering.allCases.map { gathering in
        Case(
          name: name, shapes: [[2, 3], [2, 3]], attribute: options { $0.reduction = gathering })
      }
    } + [
      Case(name: "mse", shapes: [[2, 3], [3]]),
      Case(name: "cross_entropy", shapes: [[3], [3]]),
      Case(name: "cross_entropy", shapes: [[2, 2, 3], [2, 2, 3]]),
      Case(name: "huber", shapes: [[2, 3], [2, 3], []]),
      Case(
        name: "huber", shapes: [[3], [3], []], attribute: options { $0.reduction = .none }),
      Case(name: "softmax", shapes: [[3]]), Case(name: "softmax", shapes: [[2, 3]]),
      Case(name: "softmax", shapes: [[2, 3]], attribute: axes(0)),
      Case(name: "log_softmax", shapes: [[3]]),
      Case(name: "log_softmax", shapes: [[2, 3, 2]], attribute: axes(1)),
      Case(name: "shuffle", shapes: [[5, 2]], attribute: options { $0.key = 3 }),
      Case(name: "_unshuffle", shapes: [[5]], attribute: options { $0.key = 3 }),
      Case(name: "solve", shapes: [[3, 3], [3]]), Case(name: "solve", shapes: [[2, 2], [2, 3]]),
      Case(name: "inv", shapes: [[2, 2]]), Case(name: "det", shapes: [[3, 3]]),
      Case(name: "_cofactors", shapes: [[2, 2]]),
      Case(name: "_cofactors", shapes: [[3, 3], [3, 3]]),
      Case(name: "_cofactors", shapes: [[4, 4], [4, 4], [4, 4]]),
    ]

  static let cases: [Case] =
    ["sum", "mean"].flatMap { name in
      [
        Case(name: name, shapes: [[]]), Case(name: name, shapes: [[3]]),
        Case(name: name, shapes: [[2, 3]]),
        Case(name: name, shapes: [[2, 3]], attribute: axes(0)),
        Case(name: name, shapes: [[2, 3]], attribute: axes(1)),
        Case(name: name, shapes: [[2, 3]], attribute: axes(-1)),
        Case(name: name, shapes: [[2, 3]], attribute: axes(0, keeping: true)),
        Case(name: name, shapes: [[2, 3]], attribute: axes(1, keeping: true)),
        Case(name: name, shapes: [[2, 3]], attribute: axes(1, 0)),
        Case(name: name, shapes: [[2, 2, 2]], attribute: axes(1)),
        Case(name: name, shapes: [[2, 1, 3]], attribute: axes(0, 2)),
        Case(name: name, shapes: [[2, 3]], attribute: .axes(nil, keepingDimensions: true)),
      ]
    } + reductions + rearrangements + composites + [
      Case(name: "sum", shapes: [[2, 0]]),
      Case(name: "matmul", shapes: [[3], [3]]), Case(name: "matmul", shapes: [[2, 3], [3]]),
      Case(name: "matmul", shapes: [[3], [3, 2]]),
      Case(name: "matmul", shapes: [[2, 3], [3, 2]]),
      Case(name: "matmul", shapes: [[1, 3], [3, 1]]), Case(name: "matmul", shapes: [[1], [1]]),
      Case(name: "matmul", shapes: [[2, 1], [1, 2]]), Case(name: "matmul", shapes: [[1], [1, 3]]),
      Case(name: "transpose", shapes: [[2, 3]]), Case(name: "transpose", shapes: [[3]]),
      Case(name: "transpose", shapes: [[2, 1, 3]]), Case(name: "transpose", shapes: [[]]),
      Case(name: "stack", shapes: [[], [], []]), Case(name: "stack", shapes: [[2], [2]]),
      Case(name: "stack", shapes: [[2, 2]]),
      Case(name: "stack", shapes: [[1, 2], [1, 2], [1, 2]]),
      Case(name: "index", shapes: [[3]], attribute: .items([.at(1)])),
      Case(name: "index", shapes: [[3]], attribute: .items([.at(-1)])),
      Case(name: "index", shapes: [[2, 3]], attribute: .items([.at(1)])),
      Case(name: "index", shapes: [[2, 3]], attribute: .items([.all, .at(0)])),
      Case(name: "index", shapes: [[2, 3]], attribute: .items([.all, everySecond])),
      Case(name: "index", shapes: [[4]], attribute: .items([backwards])),
      Case(
        name: "index", shapes: [[4]], attribute: .items([.slice(start: 1, stop: 3, step: 1)])),
      Case(
        name: "index", shapes: [[4]], attribute: .items([.slice(start: 3, stop: 3, step: 1)])),
      Case(
        name: "take", shapes: [[2, 2]],
        attribute: .arrangement(Arrangement(shape: Shape([3]), sources: [3, 0, 3]))),
      Case(name: "_set", shapes: [[3], []], attribute: .items([.at(1)])),
      Case(name: "_set", shapes: [[2, 3], [3]], attribute: .items([.at(-1)])),
      Case(name: "_set", shapes: [[2, 3], []], attribute: .items([.all, .at(0)])),
      Case(name: "_scatter", shapes: [[]], attribute: .placement([.at(1)], in: Shape([3]))),
      Case(
        name: "_scatter", shapes: [[2, 2]],
        attribute: .placement([.all, everySecond], in: Shape([2, 3]))),
      Case(name: "_sum_to", shapes: [[2, 3]], attribute: .shape(Shape([3]))),
      Case(name: "_sum_to", shapes: [[2, 3]], attribute: .shape(Shape([2, 1]))),
      Case(name: "_sum_to", shapes: [[2, 3]], attribute: .shape(.scalar)),
      Case(name: "_broadcast", shapes: [[3]], attribute: .shape(Shape([2, 3]))),
      Case(name: "_broadcast", shapes: [[2, 1]], attribute: .shape(Shape([2, 3]))),
      Case(name: "_broadcast", shapes: [[]], attribute: .shape(Shape([2]))),
      Case(name: "_reshape", shapes: [[2, 3]], attribute: .shape(Shape([6]))),
      Case(name: "_reshape", shapes: [[]], attribute: .shape(Shape([1, 1]))),
      Case(
        name: "_arrange", shapes: [[3]],
        attribute: .arrangement(
          Arrangement(shape: Shape([2, 2]), sources: [0, 1, 2, 0], targets: [3, 1, 1, 0]))),
      Case(
        name: "_arrange", shapes: [[2, 2]],
        attribute: .arrangement(Arrangement(shape: Shape([4]), blocksOf: 2, at: [1, 0]))),
    ]

  /// A new operation on arrays is not tested by existing, but its absence here is noticed.
  ///
  /// Ranges change their length with their operands and have a test of their own below; `cholesky`,
  /// `logdet`, `bce` and `bce_with_logits` take few of the arrays that are drawn here, and stand in
  /// `Tests/Truth`, as do limits at corners.
  @Test(
    arguments: Primitive.all.filter { row in
      row.takesArrays && !row.isConstant && !row.name.contains("range")
        && !["cholesky", "logdet", "bce", "bce_with_logits", "_limit"].contains(row.name)
    })
  func everyOperationHasACase(row: Primitive) {
    #expect(Self.cases.contains { $0.name == row.name })
  }

  /// The operands are cubed and the result squared, so that the second order is not 0.
  @Test(arguments: cases)
  func pullbacksAreLimitsOfDifferences(_ item: Case) throws {
    var numbers = Numbers(seed: item.testDescription)
    let points = item.shapes.map { numbers.tensor($0) }
    try expectDifferences(
      of: { graph, inputs in
        let cubes = try inputs.map { input in
          try graph.node("power", input, graph.constant(3))
        }
        let result = try graph.apply(Primitive.row(item.name), cubes, item.attribute)
        let ramp = Tensor(
          shape: graph.shape(of: result),
          elements: (0..<graph.shape(of: result).count).map { 0.5 + Double($0) / 4 })
        let square = try graph.node("multiply", result, result)
        return try graph.node("sum", graph.node("multiply", square, graph.constant(ramp)))
      }, at: points)
  }

  /// Losses whose labels are numbers from 0 to 1, and the probabilities of one of them as well.
  @Test(arguments: ["bce", "bce_with_logits"], [[[2, 3], [2, 3]], [[3], []], [[2, 1], [3]]])
  func lossesOfLabelsAreLimitsOfDifferences(_ name: String, _ shapes: [[Int]]) throws {
    for gathering in CallOptions.Gathering.allCases {
      let attribute = Self.options { $0.reduction = gathering }
      var numbers = Numbers(seed: "\(name) \(shapes) \(gathering)")
      try expectDifferences(
        of: { graph, inputs in
          let shares = try inputs.map { try graph.node("sigmoid", $0) }
          let scores = name == "bce" ? shares[0] : inputs[0]
          let result = try graph.apply(Primitive.row(name), [scores, shares[1]], attribute)
          return try graph.node("sum", graph.node("multiply", result, result))
        }, at: shapes.map { numbers.tensor($0) })
    }
  }

  @Test func sumsAndMeansByHand() throws {
    let m = tensor([2, 3], [1, 2, 3, 4, 5, 6])
    // ∂/∂m of Σⱼ wⱼ·meanᵢ(mᵢⱼ) is wⱼ/2 in every row.
    let means = try gradients(
      {
        let means = try $0.node("mean", $1[0], attribute: .axes([0], keepingDimensions: false))
        return try $0.node("matmul", means, $0.constant(vector(1, 2, 4)))
      }, at: [m])
    #expect(means == [tensor([2, 3], [0.5, 1, 2, 0.5, 1, 2])])
    // ∂/∂m of Σᵢ (Σⱼ mᵢⱼ)² is twice the sum of the row: 12 and 30.
    let sums = try gradients(
      {
        let sums = try $0.node("sum", $1[0], attribute: .axes([1], keepingDimensions: true))
        return try $0.node("sum", $0.node("multiply", sums, sums))
      }, at: [m])
    #expect(sums == [tensor([2, 3], [12, 12, 12, 30, 30, 30])])
    let mean = try gradients({ try $0.node("mean", $1[0]) }, at: [m])
    #expect(mean == [Tensor(repeating: 1.0 / 6, shape: Shape([2, 3]))])
  }

  @Test func matrixProductsByHand() throws {
    let (a, b) = (tensor([2, 2], [1, 2, 3, 4]), tensor([2, 2], [5, 6, 7, 8]))
    // For the sum of all entries of A B: Ā holds the row sums of B, B̄ the column sums of A.
    let product = try gradients(
      { try $0.node("sum", $0.node("matmul", $1[0], $1[1])) }, at: [a, b])
    #expect(product == [tensor([2, 2], [11, 15, 11, 15]), tensor([2, 2], [4, 4, 6, 6])])
    let (v, w) = (vector(1, 2, 3), vector(4, 5, 6))
    #expect(try gradients({ try $0.node("matmul", $1[0], $1[1]) }, at: [v, w]) == [w, v])
    // xᵀ A x: (A + Aᵀ) x for x, the outer product for A.
    let form = try gradients(
      { try $0.node("matmul", $1[1], $0.node("matmul", $1[0], $1[1])) }, at: [a, vector(1, -1)])
    #expect(form == [tensor([2, 2], [1, -1, -1, 1]), vector(-3, -3)])
  }

  @Test func broadcastOperandsAreSummedBack() throws {
    let (s, v) = (Tensor(scalar: 2), vector(1, 2, 3))
    let (column, row) = (tensor([2, 1], [1, 2]), vector(3, 4, 5))
    #expect(
      try gradients({ try $0.node("sum", $0.node("add", $1[0], $1[1])) }, at: [s, v])
        == [Tensor(scalar: 3), vector(1, 1, 1)])
    #expect(
      try gradients({ try $0.node("sum", $0.node("multiply", $1[0], $1[1])) }, at: [s, v])
        == [Tensor(scalar: 6), vector(2, 2, 2)])
    let outer = try gradients(
      { try $0.node("sum", $0.node("multiply", $1[0], $1[1])) }, at: [column, row])
    #expect(outer == [tensor([2, 1], [12, 12]), vector(3, 3, 3)])
    // a/b with a of shape (3,) and b of shape (2, 1): ā = Σ 1/b, b̄ = -Σ a/b².
    let quotient = try gradients(
      { try $0.node("sum", $0.node("divide", $1[1], $1[0])) }, at: [column, row])
    #expect(quotient == [tensor([2, 1], [-12, -3]), vector(1.5, 1.5, 1.5)])
    let one = tensor([1, 1], [3])
    let stretched = try gradients(
      { try $0.node("sum", $0.node("multiply", $1[0], $1[1])) }, at: [one, v])
    #expect(stretched == [tensor([1, 1], [6]), vector(3, 3, 3)])
  }

  @Test func stacksAndSlicesByHand() throws {
    let v = vector(1, 2, 3, 4)
    let slice = try gradients(
      {
        let part = try $0.node("index", $1[0], attribute: .items([Self.everySecond]))
        return try $0.node("sum", $0.node("multiply", part, part))
      }, at: [v])
    #expect(slice == [vector(2, 0, 6, 0)])
    let stack = try gradients(
      {
        let stack = try $0.node("stack", $1[0], $1[1], $1[0])
        return try $0.node("matmul", stack, $0.constant(vector(1, 10, 100)))
      }, at: [Tensor(scalar: 5), Tensor(scalar: 6)])
    #expect(stack == [Tensor(scalar: 101), Tensor(scalar: 10)])
  }

  @Test func nothingToSumHasNoSlope() throws {
    let empty = tensor([0], [])
    #expect(try gradients({ try $0.node("sum", $1[0]) }, at: [empty]) == [empty])
    let none = IndexItem.slice(start: 3, stop: nil, step: 1)
    let rest = try gradients(
      { try $0.node("sum", $0.node("index", $1[0], attribute: .items([none]))) },
      at: [vector(1, 2, 3)])
    #expect(rest == [vector(0, 0, 0)])
    let stretched = try gradients(
      { try $0.node("sum", $0.node("multiply", $1[0], $1[1])) }, at: [vector(2), empty])
    #expect(stretched == [vector(0), empty])
  }

  @Test func rangesByHand() throws {
    // 2, 5, 8 and 11: the sum is 4a + 6·step.
    let range = try gradients(
      { try $0.node("sum", $0.apply(Primitive.row("_range_by"), $1)) },
      at: [Tensor(scalar: 2), Tensor(scalar: 12), Tensor(scalar: 3)])
    #expect(range == [Tensor(scalar: 4), Tensor(scalar: 0), Tensor(scalar: 6)])
    let steps = try gradients(
      { try $0.node("prod", $0.node("range", $1[0], $1[1])) },
      at: [Tensor(scalar: 2), Tensor(scalar: 5)])
    // a(a + 1)(a + 2) at 2: 3a² + 6a + 2.
    #expect(steps == [Tensor(scalar: 26), Tensor(scalar: 0)])
  }

  @Test func productsWithZerosHaveSlopes() throws {
    let product: Construction = { try $0.node("prod", $1[0]) }
    #expect(try gradients(product, at: [vector(2, 0, 5)]) == [vector(0, 10, 0)])
    #expect(try gradients(product, at: [vector(0, 0, 5)]) == [vector(0, 0, 0)])
  }

  @Test func tiesShareInEqualParts() throws {
    let largest: Construction = { try $0.node("_amax", $1[0]) }
    #expect(try gradients(largest, at: [vector(3, 1, 3)]) == [vector(0.5, 0, 0.5)])
    let smallest: Construction = { try $0.node("_amin", $1[0]) }
    #expect(
      try gradients(smallest, at: [vector(1, 1, 1, 1)])
        == [vector(0.25, 0.25, 0.25, 0.25)])
  }

  @Test func lengthsAreFlatAtTheOrigin() throws {
    for (name, mark) in [("norm", Mark.kink(-1...1)), ("std", .kinkOfUnknownSlope)] {
      #expect(try gradients({ try $0.node(name, $1[0]) }, at: [vector(0, 0)]) == [vector(0, 0)])
      var graph = Graph()
      let x = graph.input(vector(0, 0))
      let node = try graph.node(name, x)
      #expect(graph.marks(of: node) == [mark])
    }
  }
}
