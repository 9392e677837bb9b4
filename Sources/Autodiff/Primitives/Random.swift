import Tensors

extension Primitive {
  /// Functions whose values are random; each call has a key from which they follow.
  static let random = [
    Primitive(
      constant: "rand", [], "random numbers from 0 to below 1", example: "rand(3)",
      value: { _, attribute throws(ShapeError) in
        var source = RandomSource(seed: attribute.options.key)
        return Tensor.uniform(
          try Shape(checking: attribute.options.sizes ?? []), from: &source)
      }
    ).taking(.optionalSizes).randomly(),
    Primitive(
      constant: "randn", [], "random numbers of the normal distribution of mean 0 and deviation 1",
      example: "randn(2, 2)",
      value: { _, attribute throws(ShapeError) in
        var source = RandomSource(seed: attribute.options.key)
        return Tensor.normal(try Shape(checking: attribute.options.sizes ?? []), from: &source)
      }
    ).taking(.optionalSizes).randomly(),
    Primitive(
      "shuffle", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        [
          try graph.fold(
            Primitive.row("_unshuffle"), [site.adjoint], .options(site.attribute.options))
        ]
      },
      "the entries along the first axis in a random order", example: "shuffle(range(5))",
      value: { operands, attribute throws(ShapeError) in
        operands[0].taking(try order(of: operands[0], attribute))
      }
    ).flowing(.moves).randomly(),
    Primitive(
      "_unshuffle", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        [
          try graph.fold(
            Primitive.row("shuffle"), [site.adjoint], .options(site.attribute.options))
        ]
      },
      "x as it was before shuffle", example: "",
      value: { operands, attribute throws(ShapeError) in
        let places = try order(of: operands[0], attribute)
        var back = places
        for (place, source) in places.enumerated() { back[source] = place }
        return operands[0].taking(back)
      }
    ).flowing(.moves),
  ]

  private static func order(of x: Tensor, _ attribute: Attribute) throws(ShapeError) -> [Int] {
    guard let count = x.shape.dimensions.first else {
      throw .wrongRank("shuffle", takes: "an array", .scalar)
    }
    var source = RandomSource(seed: attribute.options.key)
    return source.permutation(count)
  }

  /// The same row, whose calls need a key.
  private func randomly() -> Primitive {
    isRandom = true
    return self
  }
}
