import Tensors

extension Primitive {
  /// What is done to whole arrays; the pullbacks are written with the rows themselves.
  static let arrays = [
    Primitive(
      "sum", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        [try graph.spread(site.adjoint, over: site.operands[0], site.attribute)]
      },
      "the sum of the entries", example: "sum([1, 2, 3])",
      value: { operands, attribute throws(ShapeError) in
        let (axes, keeps) = attribute.axes
        return try operands[0].sum(axes: axes, keepingDimensions: keeps)
      }
    ).flowing(.adds),
    Primitive(
      "mean", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        let part = Double(graph.shape(of: site.result).count)
        let whole = Double(graph.shape(of: site.operands[0]).count)
        let share = try graph.product(site.adjoint, graph.constant(part / whole))
        return [try graph.spread(share, over: site.operands[0], site.attribute)]
      },
      "the mean of the entries", example: "mean([1, 2, 3])",
      value: { operands, attribute throws(ShapeError) in
        let (axes, keeps) = attribute.axes
        let sum = try operands[0].sum(axes: axes, keepingDimensions: keeps)
        let count = Double(operands[0].shape.count) / Double(max(sum.shape.count, 1))
        return try Tensor.zip(sum, Tensor(scalar: count)) { $0 / $1 }
      }
    ).flowing(.adds),
    Primitive(
      "matmul", ["a", "b"], notation: .infix("@"), pullback: matmulPullback,
      "the matrix product", example: "[[1, 2], [3, 4]] @ [5, 6]",
      value: { operands, _ throws(ShapeError) in try operands[0].matmul(operands[1]) }
    ).flowing(.multiplies),
    Primitive(
      "transpose", ["x"], notation: .suffix(".T"),
      pullback: { graph, site, _ throws(ShapeError) in
        [try graph.apply(.transpose, site.adjoint)]
      },
      "x with its axes in reverse order", example: "[[1, 2], [3, 4]].T",
      value: { operands, _ throws(ShapeError) in operands[0].transposed }
    ).flowing(.moves),
    Primitive(
      "stack", ["…"], notation: .brackets,
      pullback: { graph, site, wanted throws(ShapeError) in
        var parts: [NodeID?] = []
        for (place, isWanted) in wanted.enumerated() {
          parts.append(
            isWanted ? try graph.apply(.index, [site.adjoint], .items([.at(place)])) : nil)
        }
        return parts
      },
      "an array of equal parts", example: "[1, 2, 3]",
      value: { operands, _ throws(ShapeError) in try Tensor.stack(operands) }
    ).flowing(.moves),
    Primitive(
      "index", ["x"], notation: .subscripts,
      pullback: { graph, site, _ throws(ShapeError) in
        let shape = graph.shape(of: site.operands[0])
        return [
          try graph.apply(
            .scatter, [site.adjoint], .placement(site.attribute.items, in: shape))
        ]
      },
      "an entry, a row or a slice", example: "[1, 2, 3][-1]",
      value: { operands, attribute throws(ShapeError) in
        try operands[0].indexed(by: attribute.items)
      }
    ).flowing(.moves),
    Primitive(
      "_set", ["x", "v"],
      pullback: { graph, site, _ throws(ShapeError) in
        let taken = try graph.apply(.index, [site.adjoint], site.attribute)
        return [
          try graph.apply(.set, [site.adjoint, graph.constant(0)], site.attribute),
          try graph.fit(taken, to: graph.shape(of: site.operands[1])),
        ]
      },
      "x with v in the place of an entry", example: "",
      value: { operands, attribute throws(ShapeError) in
        try operands[0].replacing(attribute.items, with: operands[1])
      }
    ).flowing(.moves),
    Primitive(
      "_scatter", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        [try graph.apply(.index, [site.adjoint], .items(site.attribute.items))]
      },
      "x at its places in an array of zeros", example: "",
      value: { operands, attribute throws(ShapeError) in
        Tensor.scatter(operands[0], into: attribute.shape, at: attribute.items)
      }
    ).flowing(.moves),
    Primitive(
      "_sum_to", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        [try graph.fit(site.adjoint, to: graph.shape(of: site.operands[0]))]
      },
      "x summed over the axes it was broadcast along", example: "",
      value: { operands, attribute throws(ShapeError) in operands[0].sum(to: attribute.shape) }
    ).flowing(.adds),
    Primitive(
      "_broadcast", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        [try graph.fit(site.adjoint, to: graph.shape(of: site.operands[0]))]
      },
      "x repeated to a larger shape", example: "",
      value: { operands, attribute throws(ShapeError) in
        try operands[0].broadcast(to: attribute.shape)
      }
    ).flowing(.moves),
    Primitive(
      "_reshape", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        let shape = graph.shape(of: site.operands[0])
        return [try graph.apply(.reshape, [site.adjoint], .shape(shape))]
      },
      "x with its entries in another shape", example: "",
      value: { operands, attribute throws(ShapeError) in
        try operands[0].reshaped(to: attribute.shape)
      }
    ).flowing(.moves),
  ]

  /// With C = A B: Ā = C̄ Bᵀ and B̄ = Aᵀ C̄; a vector stands for a row on the left, a column on the
  /// right.
  private static let matmulPullback: Pullback = { graph, site, wanted throws(ShapeError) in
    let (a, b) = (site.operands[0], site.operands[1])
    let (first, second) = (graph.shape(of: a), graph.shape(of: b))
    let rows = first.rank == 1 ? 1 : first.dimensions[0]
    let inner = second.dimensions[0]
    let columns = second.rank == 1 ? 1 : second.dimensions[1]
    let adjoint = try graph.reshape(site.adjoint, Shape([rows, columns]))
    var parts: [NodeID?] = [nil, nil]
    if wanted[0] {
      let matrix = try graph.reshape(b, Shape([inner, columns]))
      let product = try graph.apply(.matmul, adjoint, graph.apply(.transpose, matrix))
      parts[0] = try graph.reshape(product, first)
    }
    if wanted[1] {
      let matrix = try graph.reshape(a, Shape([rows, inner]))
      let product = try graph.apply(.matmul, graph.apply(.transpose, matrix), adjoint)
      parts[1] = try graph.reshape(product, second)
    }
    return parts
  }
}

extension Graph {
  /// The adjoint of a reduction, repeated over the entries that were reduced.
  fileprivate mutating func spread(
    _ adjoint: NodeID, over operand: NodeID, _ attribute: Attribute
  ) throws(ShapeError) -> NodeID {
    let shape = shape(of: operand)
    let (axes, _) = attribute.axes
    let kept = try shape.reducedShape(axes: axes, keepingDimensions: true)
    return try fit(reshape(adjoint, kept), to: shape)
  }

  fileprivate mutating func reshape(_ id: NodeID, _ shape: Shape) throws(ShapeError) -> NodeID {
    self.shape(of: id) == shape ? id : try apply(.reshape, [id], .shape(shape))
  }
}

extension Attribute {
  /// The axes of a reduction; all of them when nothing is said.
  var axes: ([Int]?, keepingDimensions: Bool) {
    guard case .axes(let axes, let keeps) = self else { return (nil, false) }
    return (axes, keeps)
  }

  var items: [IndexItem] {
    switch self {
    case .items(let items), .placement(let items, in: _): items
    case .none, .axes, .shape, .arrangement: []
    }
  }

  var shape: Shape {
    switch self {
    case .shape(let shape), .placement(_, in: let shape): shape
    case .arrangement(let arrangement): arrangement.shape
    case .none, .axes, .items: .scalar
    }
  }
}
