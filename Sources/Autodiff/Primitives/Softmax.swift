import Tensors

extension Primitive {
  /// Exponentials that are divided by their sum.
  static let softmax = [
    Primitive(
      "softmax", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        let weighted = try graph.product(site.adjoint, site.result)
        let sum = try graph.sum(
          weighted, axes: site.attribute.options.axes ?? graph.lastAxis(of: site.result),
          keepingDimensions: true)
        return [
          try graph.product(site.result, graph.fold(.subtract, site.adjoint, sum))
        ]
      },
      "exp(x) / sum(exp(x)), without overflow", example: "softmax([1, 2, 3])",
      value: { operands, attribute throws(ShapeError) in
        try operands[0].softmax(axes: attribute.options.axes)
      }
    ).flowing(.mixesGroups).taking(.lastAxis),
    Primitive(
      "log_softmax", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        let sum = try graph.sum(
          site.adjoint, axes: site.attribute.options.axes ?? graph.lastAxis(of: site.result),
          keepingDimensions: true)
        let share = try graph.product(sum, graph.named("exp", site.result))
        return [try graph.fold(.subtract, site.adjoint, share)]
      },
      "log(softmax(x)), also where softmax(x) is too small for a double",
      example: "log_softmax([0, 800])",
      value: { operands, attribute throws(ShapeError) in
        try operands[0].logSoftmax(axes: attribute.options.axes)
      }
    ).flowing(.mixesGroups).taking(.lastAxis),
  ]
}

extension Graph {
  /// The axis that is meant when none is given; of a number none.
  fileprivate func lastAxis(of id: NodeID) -> [Int] { shape(of: id).isScalar ? [] : [-1] }
}
