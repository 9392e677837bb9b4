import Tensors

extension Primitive {
  /// Functions of square matrices.
  static let linearAlgebra = [
    Primitive(
      "solve", ["A", "b"],
      pullback: { graph, site, wanted throws(ShapeError) in
        // b̄ = A⁻ᵀ x̄ and Ā = -b̄ xᵀ.
        let transposed = try graph.transpose(site.operands[0])
        let right = try graph.fold(Primitive.row("solve"), transposed, site.adjoint)
        var parts: [NodeID?] = [nil, wanted[1] ? right : nil]
        guard wanted[0] else { return parts }
        let shape = graph.shape(of: site.result)
        let columns = shape.rank == 1 ? Shape([shape.count, 1]) : shape
        let rows = try graph.transpose(graph.reshape(site.result, columns))
        let product = try graph.fold(.matmul, graph.reshape(right, columns), rows)
        parts[0] = try graph.fold(.negate, [product])
        return parts
      },
      "the x of A @ x = b, for a vector b or the columns of a matrix",
      example: "solve([[2, 1], [1, 3]], [3, 5])",
      cancellable: { operands, _, cancellation throws(ShapeError) in
        try operands[0].solve(operands[1], cancellation)
      }),
    Primitive(
      "inv", ["A"],
      pullback: { graph, site, _ throws(ShapeError) in
        let transposed = try graph.transpose(site.result)
        let left = try graph.fold(.matmul, transposed, site.adjoint)
        let product = try graph.fold(.matmul, left, transposed)
        return [try graph.fold(.negate, [product])]
      },
      "the inverse matrix; solve(A, b) is better than inv(A) @ b", example: "inv([[2, 1], [1, 1]])",
      cancellable: { operands, _, cancellation throws(ShapeError) in
        try operands[0].inverse(cancellation)
      }),
    Primitive(
      "det", ["A"],
      pullback: { graph, site, _ throws(ShapeError) in
        [
          try graph.product(
            site.adjoint, graph.named("_cofactors", site.operands[0]))
        ]
      },
      "the determinant", example: "det([[1, 2], [3, 4]])",
      cancellable: { operands, _, cancellation throws(ShapeError) in
        Tensor(scalar: try operands[0].determinant(cancellation))
      }),
    Primitive(
      "_cofactors", ["…"],
      pullback: { graph, site, wanted throws(ShapeError) in
        // The mixed derivative in the directions of all the others and of the adjoint does not
        // depend on their order: of A it is one order more, of each direction the adjoint's.
        let (A, directions) = (site.operands[0], site.operands.dropFirst())
        return try wanted.enumerated().map { place, isWanted throws(ShapeError) in
          guard isWanted else { return nil }
          let others = directions.indices.filter { $0 != place }.map { site.operands[$0] }
          return try graph.fold(Primitive.row("_cofactors"), [A] + others + [site.adjoint])
        }
      },
      "the derivatives of det(A), differentiated further in directions", example: "",
      cancellable: { operands, _, cancellation throws(ShapeError) in
        try operands[0].cofactors(along: Array(operands.dropFirst()), cancellation)
      }),
    Primitive(
      "logdet", ["A"],
      pullback: { graph, site, _ throws(ShapeError) in
        let inverse = try graph.named("inv", site.operands[0])
        return [try graph.product(site.adjoint, graph.transpose(inverse))]
      },
      "the logarithm of the determinant, without overflow", example: "logdet([[2, 1], [1, 3]])",
      cancellable: { operands, _, cancellation throws(ShapeError) in
        Tensor(scalar: try operands[0].logDeterminant(cancellation))
      }),
    Primitive(
      "cholesky", ["A"],
      pullback: { graph, site, _ throws(ShapeError) in
        // I. Murray, Differentiation of the Cholesky decomposition, 2016, equation 10: with Φ the
        // lower triangle whose diagonal is halved, Ā is the symmetric part of L⁻ᵀ Φ(Lᵀ L̄) L⁻¹.
        let transposed = try graph.transpose(site.result)
        let product = try graph.fold(.matmul, transposed, site.adjoint)
        let size = graph.shape(of: site.result).dimensions[0]
        let halves = (0..<size * size).map { place in
          let (row, column) = (place / size, place % size)
          return row > column ? 1 : row == column ? 0.5 : 0
        }
        let mask = graph.constant(Tensor(shape: Shape([size, size]), elements: halves))
        let lower = try graph.product(product, mask)
        let left = try graph.fold(Primitive.row("solve"), transposed, lower)
        let whole = try graph.fold(
          Primitive.row("solve"), transposed, graph.transpose(left))
        let sum = try graph.fold(.add, whole, graph.transpose(whole))
        return [try graph.product(sum, graph.constant(0.5))]
      },
      "the lower triangular L of A = L @ L.T, for a symmetric positive definite A",
      example: "cholesky([[4, 2], [2, 5]])",
      cancellable: { operands, _, cancellation throws(ShapeError) in
        try operands[0].cholesky(cancellation)
      }),
  ]
}
