import Tensors

extension Primitive {
  /// A derivative of a derivative, which at corners is what it is beside them.
  static let limits = [
    Primitive(
      "_limit", ["…"],
      kernel: .graph { graph, operands throws(ShapeError) in try graph.limit(of: operands) },
      rule: {
        .pullback { _, site, _ throws(ShapeError) in
          [site.adjoint] + Array(repeating: nil, count: site.operands.count - 1)
        }
      },
      sentence: "a second derivative as it is on all sides of a corner", example: ""
    ).marked { graph, id in
      let plain = graph.tensor(of: graph.operands(of: id)[0])
      let found = graph.tensor(of: id)
      return (
        .undefined,
        found.elements.indices.filter { found.elements[$0].isNaN && !plain.elements[$0].isNaN }
      )
    }
  ]
}
