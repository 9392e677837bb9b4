import Tensors

extension Primitive {
  /// Functions whose results hold the entries of their operands in another order or shape.
  static let rearrangement = [
    Primitive(
      "_reshape", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        [try graph.reshape(site.adjoint, graph.shape(of: site.operands[0]))]
      },
      "x with its entries in another shape; one size may be -1, which is what fits",
      example: "reshape(range(6), 2, 3)",
      value: { operands, attribute throws(ShapeError) in
        guard let sizes = attribute.options.sizes else {
          return try operands[0].reshaped(to: attribute.shape)
        }
        return try operands[0].reshaped(to: operands[0].shape.resolving(sizes))
      }
    ).flowing(.moves).called("reshape").taking(.sizes),
    Primitive(
      "flatten", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        [try graph.reshape(site.adjoint, graph.shape(of: site.operands[0]))]
      },
      "the entries of x in one row", example: "flatten([[1, 2], [3, 4]])",
      value: { operands, _ throws(ShapeError) in
        try operands[0].reshaped(to: Shape([operands[0].count]))
      }
    ).flowing(.moves),
    Primitive(
      "_permute", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        let rank = graph.shape(of: site.operands[0]).rank
        var options = CallOptions()
        // Where each axis has gone is the way back.
        options.axes = site.attribute.options.axes.map { axes in
          let order = axes.map { $0 < 0 ? $0 + rank : $0 }
          return order.indices.sorted { order[$0] < order[$1] }
        }
        return [try graph.fold(.permute, [site.adjoint], .options(options))]
      },
      "x with its axes in another order", example: "transpose([[1, 2], [3, 4]])",
      value: { operands, attribute throws(ShapeError) in
        guard let axes = attribute.options.axes else { return operands[0].transposed }
        return try operands[0].permuted(axes)
      }
    ).flowing(.moves).called("transpose").taking(.permutation),
    Primitive(
      "concat", ["…"],
      pullback: { graph, site, wanted throws(ShapeError) in
        let shape = graph.shape(of: site.result)
        let axis = site.attribute.options.axes?.first ?? 0
        let place = axis < 0 ? axis + shape.rank : axis
        var start = 0
        var parts: [NodeID?] = []
        for (operand, isWanted) in zip(site.operands, wanted) {
          let stop = start + graph.shape(of: operand).dimensions[place]
          let items = [IndexItem](repeating: .all, count: place)
          parts.append(
            isWanted
              ? try graph.fold(
                .index, [site.adjoint],
                .items(items + [.slice(start: start, stop: stop, step: 1)])) : nil)
          start = stop
        }
        return parts
      },
      "arrays end to end; of one array its entries", example: "concat([1, 2], [3])",
      value: { operands, attribute throws(ShapeError) in
        try Tensor.concatenate(operands, axis: attribute.options.axes?.first ?? 0)
      }
    ).flowing(.moves).taking(.firstAxis),
    Primitive(
      "_stack", ["…"],
      pullback: { graph, site, wanted throws(ShapeError) in
        let axis = site.attribute.options.axes?.first ?? 0
        let place = axis < 0 ? axis + graph.shape(of: site.result).rank : axis
        var parts: [NodeID?] = []
        for (number, isWanted) in wanted.enumerated() {
          let items = [IndexItem](repeating: .all, count: place) + [.at(number)]
          parts.append(isWanted ? try graph.fold(.index, [site.adjoint], .items(items)) : nil)
        }
        return parts
      },
      "arrays of one shape along a new axis; of one array its entries",
      example: "stack([1, 2], [3, 4], axis=1)",
      value: { operands, attribute throws(ShapeError) in
        try Tensor.stack(operands, axis: attribute.options.axes?.first ?? 0)
      }
    ).flowing(.moves).called("stack").taking(.firstAxis),
    Primitive(
      "diag", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        let shape = graph.shape(of: site.operands[0])
        var options = site.attribute.options
        guard shape.rank == 2 else {
          return [try graph.fold(Primitive.row("diag"), [site.adjoint], .options(options))]
        }
        options.sizes = shape.dimensions
        return [
          try graph.fold(Primitive.row("_diag_into"), [site.adjoint], .options(options))
        ]
      },
      "the diagonal of a matrix, or the matrix with a vector on its diagonal",
      example: "diag([1, 2])",
      value: { operands, attribute throws(ShapeError) in
        try operands[0].diagonal(attribute.options.diagonal)
      }
    ).flowing(.moves).omittingEntries().taking(.diagonal),
    Primitive(
      "_diag_into", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        var options = CallOptions()
        options.diagonal = site.attribute.options.diagonal
        return [try graph.fold(Primitive.row("diag"), [site.adjoint], .options(options))]
      },
      "zeros with x on a diagonal", example: "",
      value: { operands, attribute throws(ShapeError) in
        let options = attribute.options
        return try operands[0].placedOnDiagonal(
          options.diagonal, of: Shape(checking: options.sizes ?? []))
      }
    ).flowing(.moves),
    Primitive(
      "trace", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        var options = CallOptions()
        let sizes = graph.shape(of: site.operands[0]).dimensions
        options.sizes = sizes
        let diagonal = try graph.fit(site.adjoint, to: Shape([min(sizes[0], sizes[1])]))
        return [try graph.fold(Primitive.row("_diag_into"), [diagonal], .options(options))]
      },
      "the sum of a matrix's diagonal", example: "trace([[1, 2], [3, 4]])",
      value: { operands, _ throws(ShapeError) in
        guard operands[0].shape.rank == 2 else {
          throw .wrongRank("trace", takes: "a matrix", operands[0].shape)
        }
        return try operands[0].diagonal(0).sum()
      }
    ).flowing(.adds).omittingEntries(),
    Primitive(
      "outer", ["a", "b"],
      pullback: { graph, site, wanted throws(ShapeError) in
        let shapes = site.operands.map { graph.shape(of: $0) }
        let flat = try site.operands.map { operand throws(ShapeError) in
          try graph.reshape(operand, Shape([graph.shape(of: operand).count]))
        }
        var parts: [NodeID?] = [nil, nil]
        if wanted[0] {
          parts[0] = try graph.reshape(
            graph.fold(.matmul, site.adjoint, flat[1]), shapes[0])
        }
        if wanted[1] {
          parts[1] = try graph.reshape(
            graph.fold(.matmul, flat[0], site.adjoint), shapes[1])
        }
        return parts
      },
      "the products of each entry of a with each of b", example: "outer([1, 2], [3, 4])",
      value: { operands, _ throws(ShapeError) in try operands[0].outer(operands[1]) }
    ),
  ]

  /// Operations that derivatives are put together with.
  static let arranging = [
    Primitive(
      "_arrange", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        guard case .arrangement(let arrangement) = site.attribute else { return [nil] }
        let back = arrangement.transposed(to: graph.shape(of: site.operands[0]))
        return [try graph.apply(.arrange, [site.adjoint], .arrangement(back))]
      },
      "the entries of x, each added at its places in an array of zeros", example: "",
      value: { operands, attribute throws(ShapeError) in
        guard case .arrangement(let arrangement) = attribute else { return operands[0] }
        return arrangement.arranged(operands[0])
      }
    ).flowing(.moves)
  ]
}
