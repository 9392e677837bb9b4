import Tensors

extension Primitive {
  /// Exponentials that are divided by their sum.
  static let softmax = [
    Primitive(
      "softmax", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        let axes = site.attribute.options.axes ?? graph.lastAxis(of: site.result)
        // s(ḡ - Σsḡ) stays the same when a number is taken from all ḡ. With that of the largest s
        // no digits are lost where s is nearly 1.
        let isLargest = try graph.isLargest(of: site.result, axes)
        let shift = try graph.sum(
          graph.product(site.adjoint, isLargest), axes: axes, keepingDimensions: true)
        let shifted = try graph.fold(.subtract, site.adjoint, shift)
        let mean = try graph.sum(
          graph.product(shifted, site.result), axes: axes, keepingDimensions: true)
        return [try graph.product(site.result, graph.fold(.subtract, shifted, mean))]
      },
      "exp(x) / sum(exp(x)), without overflow", example: "softmax([1, 2, 3])",
      value: { operands, attribute throws(ShapeError) in
        try operands[0].softmax(axes: attribute.options.axes)
      }
    ).flowing(.mixesGroups).taking(.lastAxis),
    Primitive(
      "log_softmax", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        let axes = site.attribute.options.axes ?? graph.lastAxis(of: site.result)
        return [try graph.adjoint(ofLogSoftmax: site.operands[0], site.adjoint, axes)]
      },
      "log(softmax(x)), also where softmax(x) is too small for a double",
      example: "log_softmax([0, 800])",
      value: { operands, attribute throws(ShapeError) in
        try operands[0].logSoftmax(axes: attribute.options.axes)
      }
    ).flowing(.mixesGroups).taking(.lastAxis),
    Primitive(
      constant: "_is_largest", ["x"],
      "1 for the first of the largest entries of each group, 0 for the others", example: "",
      value: { operands, attribute throws(ShapeError) in
        try operands[0].mappingGroups(axes: attribute.options.axes) { group, marks in
          for place in marks.indices { marks[place] = 0 }
          marks[Int(Reduction.placeOfMaximum(group))] = 1
        }
      }),
  ]
}

extension Graph {
  /// The axis that is meant when none is given; of a number none.
  fileprivate func lastAxis(of id: NodeID) -> [Int] { shape(of: id).isScalar ? [] : [-1] }

  /// 1 for the first largest entry of each group along the axes, 0 for the others.
  fileprivate mutating func isLargest(of id: NodeID, _ axes: [Int]) throws(ShapeError) -> NodeID {
    try named("_is_largest", id, .axes(axes, keepingDimensions: false))
  }

  /// ḡ - sΣḡ with s = softmax(x): the adjoint of x in log_softmax(x).
  ///
  /// For the largest s, which may be nearly 1, it is written with the sum of the others in its
  /// place: Σḡ·Σ's - Σ'ḡ, where Σ' leaves out the largest.
  mutating func adjoint(
    ofLogSoftmax x: NodeID, _ adjoint: NodeID, _ axes: [Int], isNegated: Bool = false
  ) throws(ShapeError) -> NodeID {
    func sum(_ id: NodeID, in graph: inout Graph) throws(ShapeError) -> NodeID {
      try graph.sum(id, axes: axes, keepingDimensions: true)
    }
    func difference(_ a: NodeID, _ b: NodeID, in graph: inout Graph) throws(ShapeError) -> NodeID {
      try isNegated ? graph.fold(.subtract, b, a) : graph.fold(.subtract, a, b)
    }
    let shares = try named("softmax", x, .axes(axes, keepingDimensions: false))
    let isLargest = try isLargest(of: shares, axes)
    let isOther = try fold(.logicalNot, [isLargest])
    let whole = try sum(adjoint, in: &self)
    let plain = try difference(adjoint, product(whole, shares), in: &self)
    let others = try sum(product(isOther, shares), in: &self)
    let rest = try sum(product(isOther, adjoint), in: &self)
    let careful = try difference(product(whole, others), rest, in: &self)
    return try selection(isLargest, careful, plain)
  }
}
