import Tensors

extension Primitive {
  /// Functions that make arrays of sizes and numbers.
  static let makers = [
    maker("zeros", "zeros in every place", example: "zeros(2, 3)") {
      Tensor(repeating: 0, shape: $0)
    },
    maker("ones", "ones in every place", example: "ones(3)") { Tensor(repeating: 1, shape: $0) },
    Primitive(
      constant: "eye", [], "ones on the diagonal, zeros elsewhere; of one size it is square",
      example: "eye(2)",
      value: { _, attribute throws(ShapeError) in
        var sizes = attribute.options.sizes ?? []
        if sizes.count == 1 { sizes.append(sizes[0]) }
        let shape = try Shape(checking: sizes)
        guard shape.rank == 2 else { throw .wrongRank("eye", takes: "one size or two", shape) }
        return Tensor.identity(shape)
      }
    ).taking(.sizes),
    Primitive(
      "full", ["v"],
      pullback: { graph, site, _ throws(ShapeError) in
        [try graph.fit(site.adjoint, to: graph.shape(of: site.operands[0]))]
      },
      "v in every place", example: "full([2, 2], 7)",
      value: { operands, attribute throws(ShapeError) in
        try operands[0].broadcast(to: Shape(checking: attribute.options.sizes ?? []))
      }
    ).flowing(.moves).taking(.sizes, first: true),
    Primitive(
      "linspace", ["a", "b"],
      pullback: composed { graph, ends, attribute throws(ShapeError) in
        let weights = try linearWeights(attribute.options)
        let first = try graph.apply(.multiply, ends[0], graph.constant(weights.first))
        let last = try graph.apply(.multiply, ends[1], graph.constant(weights.last))
        return try graph.apply(.add, first, last)
      },
      "n numbers from a to b at equal distances", example: "linspace(0, 1, 5)",
      value: { operands, attribute throws(ShapeError) in
        let weights = try linearWeights(attribute.options)
        let (a, b) = (try number(operands[0], "linspace"), try number(operands[1], "linspace"))
        var entries: [Double] = []
        for place in 0..<weights.first.count {
          // Both ends exactly, and steps from the nearer one.
          let (first, last) = (weights.first.elements[place], weights.last.elements[place])
          entries.append(last < 0.5 ? a + (b - a) * last : b - (b - a) * first)
        }
        return Tensor(shape: weights.first.shape, elements: entries)
      }
    ).taking(.count),
    Primitive(
      constant: "_range_to", ["n"], "the whole numbers from 0 to before n", example: "range(4)",
      value: { operands, _ throws(ShapeError) in
        try range(from: 0, to: number(operands[0], "range"), by: 1)
      }
    ).called("range"),
    Primitive(
      "range", ["a", "b"],
      pullback: { graph, site, wanted throws(ShapeError) in
        [wanted[0] ? try graph.sum(site.adjoint, axes: nil) : nil, nil]
      },
      "the numbers from a to before b in steps of 1", example: "range(2, 5)",
      value: { operands, _ throws(ShapeError) in
        try range(from: number(operands[0], "range"), to: number(operands[1], "range"), by: 1)
      }),
    Primitive(
      "_range_by", ["a", "b", "step"],
      pullback: { graph, site, wanted throws(ShapeError) in
        let places = (0..<graph.shape(of: site.result).count).map(Double.init)
        let steps = graph.constant(Tensor(shape: Shape([places.count]), elements: places))
        return [
          wanted[0] ? try graph.sum(site.adjoint, axes: nil) : nil, nil,
          wanted[2] ? try graph.sum(graph.product(site.adjoint, steps), axes: nil) : nil,
        ]
      },
      "the numbers from a to before b at that distance", example: "range(0, 1, 0.25)",
      value: { operands, _ throws(ShapeError) in
        try range(
          from: number(operands[0], "range"), to: number(operands[1], "range"),
          by: number(operands[2], "range"))
      }
    ).called("range"),
    Primitive(
      constant: "len", ["x"], "the size along the first axis", example: "len([5, 6, 7])",
      value: { operands, _ throws(ShapeError) in
        guard let size = operands[0].shape.dimensions.first else {
          throw .wrongRank("len", takes: "an array", .scalar)
        }
        return Tensor(scalar: Double(size))
      }),
  ]

  private static func maker(
    _ name: String, _ sentence: String, example: String,
    _ make: @escaping @Sendable (Shape) -> Tensor
  ) -> Primitive {
    Primitive(
      constant: name, [], sentence, example: example,
      value: { _, attribute throws(ShapeError) in
        make(try Shape(checking: attribute.options.sizes ?? []))
      }
    ).taking(.sizes)
  }

  private static func number(_ tensor: Tensor, _ function: String) throws(ShapeError) -> Double {
    guard tensor.shape.isScalar else {
      throw .wrongRank(function, takes: "single numbers", tensor.shape)
    }
    return tensor.scalar
  }

  /// For each entry the shares of the first and of the last number.
  private static func linearWeights(
    _ options: CallOptions
  ) throws(ShapeError) -> (first: Tensor, last: Tensor) {
    let shape = try Shape(checking: [options.count ?? 0])
    let steps = Double(max(shape.count - 1, 1))
    let places = (0..<shape.count).map(Double.init)
    let last = Tensor(shape: shape, elements: places.map { $0 / steps })
    let first = Tensor(
      shape: shape, elements: places.map { shape.count > 1 ? (steps - $0) / steps : 1 })
    return (first, last)
  }

  private static func range(
    from first: Double, to end: Double, by step: Double
  ) throws(ShapeError) -> Tensor {
    guard let count = Progression(from: first, to: end, by: step)?.count else {
      throw .endlessRange(step: step)
    }
    let shape = try Shape(checking: [Int(min(count, 1e18))])
    return Tensor(
      shape: shape, elements: (0..<shape.count).map { first + Double($0) * step })
  }
}
