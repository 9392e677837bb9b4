import Tensors

extension Primitive {
  /// The largest and the smallest of entries, and where they are.
  static let extrema = [
    extremum(
      "_amax", "max", Reduction.maximum, takesLarger: true, "the largest of the entries",
      example: "max([3, 1, 2])"),
    extremum(
      "_amin", "min", Reduction.minimum, takesLarger: false, "the smallest of the entries",
      example: "min([3, 1, 2])"),
    Primitive(
      constant: "_tie_shares", ["x", "best", "varies"],
      "what each entry gets of the derivative of the best one", example: "",
      value: { operands, attribute throws(ShapeError) in
        guard case .ties(let rule, let axes) = attribute else { return operands[0] }
        // 0 where an entry is not the best; else 1 where it never changes, 2 where it does.
        let hits = try Tensor.zip3(operands[0], operands[1], operands[2]) { x, best, varies in
          best.isNaN ? .nan : x == best ? 1 + varies : 0
        }
        return try hits.mappingGroups(axes: axes) { hits, shares in rule.share(hits, shares) }
      }),
    place(
      "argmax", Reduction.placeOfMaximum, "the place of the first largest entry",
      example: "argmax([3, 7, 5])"),
    place(
      "argmin", Reduction.placeOfMinimum, "the place of the first smallest entry",
      example: "argmin([3, 7, 5])"),
  ]

  /// The largest or smallest entry: the derivative is that of the entry, and those that lose have
  /// none at all.
  private static func extremum(
    _ name: String, _ spelling: String,
    _ value: @escaping @Sendable (UnsafeBufferPointer<Double>) -> Double, takesLarger: Bool,
    _ sentence: String, example: String
  ) -> Primitive {
    Primitive(
      name, ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        let (x, options) = (site.operands[0], site.attribute.options)
        let best = try graph.unreduced(site.result, over: x, options)
        let rule = TieRule(graph.cornerChoice, takesLarger: takesLarger)
        let varies = graph.constant(graph.variability(of: x))
        let shares = try graph.fold(
          .tieShares, [x, best, varies], .ties(rule, axes: options.axes))
        let adjoint = try graph.unreduced(site.adjoint, over: x, options)
        return [try graph.product(adjoint, shares)]
      }, sentence, example: example,
      value: { operands, attribute throws(ShapeError) in
        try operands[0].requireEntries(spelling, axes: attribute.options.axes)
        return try operands[0].reduced(attribute, value)
      }
    ).flowing(.picks).called(spelling).taking(.axes, .keepdims).marked { graph, id in
      (.kink(0...1), graph.placesOfTies(at: id))
    }
  }

  private static func place(
    _ name: String, _ value: @escaping @Sendable (UnsafeBufferPointer<Double>) -> Double,
    _ sentence: String, example: String
  ) -> Primitive {
    Primitive(
      constant: name, ["x"], sentence, example: example,
      value: { operands, attribute throws(ShapeError) in
        try operands[0].requireEntries(name, axes: attribute.options.axes)
        return try operands[0].reduced(attribute, value)
      }
    ).taking(.axis, .keepdims)
  }
}

extension PrimitiveID {
  /// Of the larger or the smaller of two, the row for the entries of an array.
  package var overEntries: PrimitiveID { self == .max ? .greatest : .least }
}

extension Graph {
  /// The entries of a largest or smallest at which several are equal and one of them varies.
  fileprivate func placesOfTies(at id: NodeID) -> [Int] {
    let (x, options) = (operands(of: id)[0], attribute(of: id).options)
    func counts(_ hits: Tensor) throws(ShapeError) -> Tensor {
      try hits.sum(axes: options.axes, keepingDimensions: true)
    }
    guard
      let kept = try? shape(of: x).reducedShape(axes: options.axes, keepingDimensions: true),
      let best = try? tensor(of: id).reshaped(to: kept),
      let hits = try? Tensor.zip(tensor(of: x), best, { $0 == $1 ? 1 : 0 }),
      let moving = try? counts(Tensor.zip(hits, variability(of: x)) { $0 * $1 }),
      let all = try? counts(hits)
    else { return [] }
    return all.elements.indices.filter { all.elements[$0] > 1 && moving.elements[$0] > 0 }
  }
}
