import CArrayLoops

/// Sums carry along what rounding took from them (see `CompensatedSum`), so that a million terms
/// stay exact; the loops add several sums abreast.
extension Tensor {
  /// The sum over the axes (all of them for `nil`), negative ones counted from the end.
  package func sum(
    axes: [Int]? = nil, keepingDimensions: Bool = false
  ) throws(ShapeError) -> Tensor {
    if axes == nil, !keepingDimensions {
      return Tensor(scalar: middleSums(elements, outer: 1, size: count, inner: 1)[0])
    }
    let marks = try shape.axisMarks(axes)
    let result = shape.reduced(over: marks, keepingDimensions: keepingDimensions)
    return Tensor(shape: result, elements: sums(over: marks))
  }

  /// The sum back to the shape of an operand that was broadcast to this one.
  ///
  /// This is the transpose of `broadcast(to:)`: ⟨broadcast x, y⟩ = ⟨x, sum y⟩.
  package func sum(to operand: Shape) -> Tensor {
    if shape == operand { return self }
    let added = shape.rank - operand.rank
    precondition(added >= 0, "an operand has more axes than the result")
    let marks = shape.dimensions.indices.map { axis in
      axis < added || operand.dimensions[axis - added] != shape.dimensions[axis]
    }
    return Tensor(shape: operand, elements: sums(over: marks))
  }

  /// The sums over the marked axes, in the order of the axes that stay.
  private func sums(over marks: [Bool]) -> [Double] {
    var result = elements
    var inner = 1
    var end = shape.rank
    // Neighbouring axes with the same mark act as one. The last summed group goes first.
    while end > 0 {
      var start = end - 1
      while start > 0, marks[start - 1] == marks[end - 1] { start -= 1 }
      let size = shape.dimensions[start..<end].reduce(1, *)
      if marks[start] {
        let outer = shape.dimensions[..<start].reduce(1, *)
        result = middleSums(result, outer: outer, size: size, inner: inner)
      } else {
        inner *= size
      }
      end = start
    }
    return result
  }
}

/// Sums an array of shape (outer, size, inner) over its middle axis.
private func middleSums(_ terms: [Double], outer: Int, size: Int, inner: Int) -> [Double] {
  guard size > 0 else { return [Double](repeating: 0, count: outer * inner) }
  guard size > 1, outer * inner > 0 else { return terms }
  return terms.withUnsafeBufferPointer { terms in
    [Double](unsafeUninitializedCapacity: outer * inner) { sums, count in
      count = outer * inner
      guard let terms = terms.baseAddress, let sums = sums.baseAddress else { return }
      if inner == 1 {
        array_sum_rows(terms, outer, size, sums)
      } else {
        for block in 0..<outer {
          array_sum_columns(terms + block * size * inner, size, inner, sums + block * inner)
        }
      }
    }
  }
}
