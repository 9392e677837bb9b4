import Tensors

extension Primitive {
  /// What is done to whole arrays; the pullbacks are written with the rows themselves.
  static let arrays = [
    Primitive(
      "matmul", ["a", "b"], notation: .infix("@"), pullback: matmulPullback,
      "the matrix product", example: "[[1, 2], [3, 4]] @ [5, 6]",
      cancellable: { operands, attribute, cancellation throws(ShapeError) in
        try operands[0].matmul(operands[1], turned: attribute.turned, cancellation)
      }
    ).flowing(.multiplies).called("dot"),
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
    ).flowing(.moves).omittingEntries(),
    Primitive(
      "take", ["x"], notation: .subscripts,
      pullback: { graph, site, _ throws(ShapeError) in
        guard case .arrangement(let arrangement) = site.attribute else { return [nil] }
        let back = arrangement.transposed(to: graph.shape(of: site.operands[0]))
        return [try graph.fold(.arrange, [site.adjoint], .arrangement(back))]
      },
      "the entries, rows or columns that a list of indices names", example: "[5, 6, 7][[2, 0]]",
      value: { operands, attribute throws(ShapeError) in
        guard case .arrangement(let arrangement) = attribute else { return operands[0] }
        return arrangement.arranged(operands[0])
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
    ).flowing(.moves).omittingEntries(),
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
  ]

  /// The rule of C = A B: Ā = C̄ Bᵀ and B̄ = Aᵀ C̄.
  ///
  /// Of a factor that is read as its transpose the adjoint is turned too. A vector stands for a row on
  /// the left, a column on the right.
  private static let matmulPullback: Pullback = { graph, site, wanted throws(ShapeError) in
    let shapes = site.operands.map { graph.shape(of: $0) }
    let turned = site.attribute.turned
    let a = try graph.matrix(site.operands[0], isRow: true)
    let b = try graph.matrix(site.operands[1], isRow: false)
    let left = graph.shape(of: a).dimensions[turned.0 ? 1 : 0]
    let right = graph.shape(of: b).dimensions[turned.1 ? 0 : 1]
    let adjoint = try graph.reshape(site.adjoint, Shape([left, right]))
    var parts: [NodeID?] = [nil, nil]
    if wanted[0] {
      let part =
        turned.0
        ? try graph.product(b, adjoint, turned: (turned.1, true))
        : try graph.product(adjoint, b, turned: (false, !turned.1))
      parts[0] = try graph.reshape(part, shapes[0])
    }
    if wanted[1] {
      let part =
        turned.1
        ? try graph.product(adjoint, a, turned: (true, turned.0))
        : try graph.product(a, adjoint, turned: (!turned.0, false))
      parts[1] = try graph.reshape(part, shapes[1])
    }
    return parts
  }
}

extension Graph {
  /// A factor of a matrix product as a matrix.
  fileprivate mutating func matrix(_ id: NodeID, isRow: Bool) throws(ShapeError) -> NodeID {
    let shape = shape(of: id)
    guard shape.rank == 1 else { return id }
    return try reshape(id, Shape(isRow ? [1, shape.count] : [shape.count, 1]))
  }

  fileprivate mutating func product(
    _ a: NodeID, _ b: NodeID, turned: (Bool, Bool)
  ) throws(ShapeError) -> NodeID {
    let attribute = turned.0 || turned.1 ? Attribute.turned(turned.0, turned.1) : .none
    return try apply(.matmul, [a, b], attribute)
  }
}
