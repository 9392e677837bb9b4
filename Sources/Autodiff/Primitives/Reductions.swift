import Tensors

extension Primitive {
  /// Functions that make one number of many, over all axes or some.
  static let reductions = [
    Primitive(
      "sum", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        [try graph.spread(site.adjoint, over: site.operands[0], site.attribute.options)]
      },
      "the sum of the entries", example: "sum([1, 2, 3])",
      value: { operands, attribute throws(ShapeError) in
        let options = attribute.options
        return try operands[0].sum(
          axes: options.axes, keepingDimensions: options.keepsDimensions)
      }
    ).flowing(.adds).taking(.axes, .keepdims),
    Primitive(
      "mean", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        let share = try graph.product(
          site.adjoint, graph.constant(1 / graph.groupSize(of: site, ddof: 0)))
        return [try graph.spread(share, over: site.operands[0], site.attribute.options)]
      },
      "the mean of the entries", example: "mean([1, 2, 3])",
      value: { operands, attribute throws(ShapeError) in
        let options = attribute.options
        try operands[0].requireEntries("mean", axes: options.axes)
        return try operands[0].mean(
          axes: options.axes, keepingDimensions: options.keepsDimensions)
      }
    ).flowing(.adds).taking(.axes, .keepdims),
    Primitive(
      "prod", ["x"],
      pullback: composed { graph, x, attribute throws(ShapeError) in
        try graph.productByHalves(x[0], attribute.options)
      },
      "the product of the entries", example: "prod([2, 3, 4])",
      value: { operands, attribute throws(ShapeError) in
        try operands[0].reduced(attribute, Reduction.product)
      }
    ).flowing(.mixesGroups).taking(.axes, .keepdims),
    Primitive(
      "var", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        let count = graph.groupSize(of: site, ddof: site.attribute.options.freedom)
        return [try graph.deviations(site, scaledBy: graph.constant(2 / count))]
      },
      "the mean squared distance of the entries from their mean", example: "var([1, 2, 3, 4])",
      value: { operands, attribute throws(ShapeError) in
        try spread("var", operands[0], attribute.options) { $0.variance(count: $1) }
      }
    ).flowing(.mixesGroups).taking(.axes, .ddof, .keepdims),
    Primitive(
      "std", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        let count = graph.groupSize(of: site, ddof: site.attribute.options.freedom)
        let scale = try graph.quotient(graph.constant(1 / count), site.result)
        let part = try graph.deviations(site, scaledBy: scale)
        guard let slope = graph.cornerChoice.slopeOfLength else { return [part] }
        // Of n equal entries one that moves by h changes the sum of squares by h²(n - 1)/n.
        let whole = graph.groupSize(of: site, ddof: 0)
        let slopes = try graph.product(
          graph.unreduced(site.adjoint, over: site.operands[0], site.attribute.options),
          graph.constant(slope * ((whole - 1) / whole / count).squareRoot()))
        let spread = try graph.unreduced(
          site.result, over: site.operands[0], site.attribute.options)
        return [
          try graph.selection(graph.fold(.equal, spread, graph.constant(0)), slopes, part)
        ]
      },
      "the standard deviation, the square root of var", example: "std([1, 2, 3, 4])",
      value: { operands, attribute throws(ShapeError) in
        try spread("std", operands[0], attribute.options) { $0.deviation(count: $1) }
      }
    ).taking(.axes, .ddof, .keepdims).flowing(.mixesGroups).marked { graph, id in
      (.kinkOfUnknownSlope, graph.tensor(of: id).places { $0 == 0 })
    },
    Primitive(
      "norm", ["x"], pullback: normPullback,
      "the Euclidean length; of order 1 the sum, of order inf the largest of the absolute values",
      example: "norm([3, 4])",
      value: { operands, attribute throws(ShapeError) in
        switch attribute.options.order {
        case 2: return try operands[0].reduced(attribute, Reduction.length)
        case 1:
          let sizes = Tensor.map(operands[0]) { abs($0) }
          let options = attribute.options
          return try sizes.sum(axes: options.axes, keepingDimensions: options.keepsDimensions)
        default:
          let sizes = Tensor.map(operands[0]) { abs($0) }
          try sizes.requireEntries("norm", axes: attribute.options.axes)
          return try sizes.reduced(attribute, Reduction.maximum)
        }
      }
    ).taking(.ord, .axes, .keepdims).flowing(.mixesGroups).marked { graph, id in
      (.kink(-1...1), graph.placesOfKinks(ofNorm: id))
    },
    Primitive(
      "logsumexp", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        let options = site.attribute.options
        let axes = options.axes ?? Array(0..<graph.shape(of: site.operands[0]).rank)
        let share = try graph.named(
          "softmax", site.operands[0], .axes(axes, keepingDimensions: false))
        let adjoint = try graph.unreduced(site.adjoint, over: site.operands[0], options)
        return [try graph.product(adjoint, share)]
      },
      "log(sum(exp(x))), without overflow", example: "logsumexp([800, 800])",
      value: { operands, attribute throws(ShapeError) in
        try operands[0].requireEntries("logsumexp", axes: attribute.options.axes)
        return try operands[0].logSumExp(
          axes: attribute.options.axes, keepingDimensions: attribute.options.keepsDimensions)
      }
    ).flowing(.mixesGroups).taking(.axes, .keepdims),
    Primitive(
      "cumsum", ["x"],
      pullback: { graph, site, _ throws(ShapeError) in
        let shape = graph.shape(of: site.operands[0])
        let axis = site.attribute.options.axes?.first
        let place = axis.map { $0 < 0 ? $0 + shape.rank : $0 } ?? 0
        let turned = Attribute.items(
          (0...place).map { $0 < place ? .all : .slice(start: nil, stop: nil, step: -1) })
        let last = try graph.fold(.index, [site.adjoint], turned)
        let sums = try graph.named("cumsum", last, site.attribute)
        return [try graph.reshape(graph.fold(.index, [sums], turned), shape)]
      },
      "the sums of the entries so far", example: "cumsum([1, 2, 3])",
      value: { operands, attribute throws(ShapeError) in
        let axes = attribute.options.axes
        let flat = try operands[0].reshaped(to: Shape([operands[0].count]))
        return try (axes == nil ? flat : operands[0]).mappingGroups(axes: axes) { terms, sums in
          var sum = CompensatedSum(-0.0)
          for place in terms.indices {
            sum.add(terms[place])
            sums[place] = sum.value
          }
        }
      }
    ).flowing(.mixesGroups).taking(.axis),
  ]

  /// A measure of how far the entries of each group lie from their mean.
  private static func spread(
    _ name: String, _ x: Tensor, _ options: CallOptions,
    _ measure: (Reduction.SquaredDeviations, _ count: Double) -> Double
  ) throws(ShapeError) -> Tensor {
    try x.requireEntries(name, axes: options.axes)
    return try x.reduced(axes: options.axes, keepingDimensions: options.keepsDimensions) { group in
      measure(
        Reduction.squaredDeviations(group), max(Double(group.count) - options.freedom, 0))
    }
  }

  /// x/‖x‖, 0 at the origin; the other orders are sums and maxima of absolute values.
  private static let normPullback: Pullback = { graph, site, wanted throws(ShapeError) in
    let options = site.attribute.options
    guard options.order == 2 else {
      return try composed { graph, x, attribute throws(ShapeError) in
        let sizes = try graph.apply(Primitive.row("abs"), x[0])
        let row = attribute.options.order == 1 ? "sum" : "_amax"
        let plain = CallOptions(axes: options.axes, keepsDimensions: options.keepsDimensions)
        return try graph.apply(Primitive.row(row), [sizes], .options(plain))
      }(&graph, site, wanted)
    }
    let length = try graph.unreduced(site.result, over: site.operands[0], options)
    var direction = try graph.quotient(site.operands[0], length)
    if let slope = graph.cornerChoice.slopeOfLength {
      direction = try graph.selection(
        graph.fold(.equal, length, graph.constant(0)), graph.constant(slope), direction)
    }
    let adjoint = try graph.unreduced(site.adjoint, over: site.operands[0], options)
    return [try graph.product(adjoint, direction)]
  }
}

extension Tensor {
  func reduced(
    _ attribute: Attribute, _ body: (UnsafeBufferPointer<Double>) -> Double
  ) throws(ShapeError) -> Tensor {
    let options = attribute.options
    return try reduced(
      axes: options.axes, keepingDimensions: options.keepsDimensions, body)
  }
}

extension Graph {
  /// How many entries go into one of a reduction's results, less the degrees of freedom.
  fileprivate func groupSize(of site: PullbackSite, ddof: Double) -> Double {
    let whole = Double(shape(of: site.operands[0]).count)
    return max(whole / Double(max(shape(of: site.result).count, 1)) - ddof, 0)
  }

  /// The entries of a norm at its kinks: no length, an entry of 0, several of the largest size.
  fileprivate func placesOfKinks(ofNorm id: NodeID) -> [Int] {
    let options = attribute(of: id).options
    let sizes = Tensor.map(tensor(of: operands(of: id)[0])) { abs($0) }
    let kinks = try? sizes.reduced(
      axes: options.axes, keepingDimensions: options.keepsDimensions
    ) { group in
      let largest = Reduction.maximum(group)
      let isKink =
        switch options.order {
        case 2: largest == 0
        case 1: group.contains(0)
        default: largest == 0 || group.count { $0 == largest } > 1
        }
      return isKink ? 1 : 0
    }
    return kinks?.places { $0 == 1 } ?? []
  }

  /// The adjoint times a scale times the distance of each entry from its mean.
  fileprivate mutating func deviations(
    _ site: PullbackSite, scaledBy scale: NodeID
  ) throws(ShapeError) -> NodeID {
    let (x, options) = (site.operands[0], site.attribute.options)
    let mean = try fold(
      Primitive.row("mean"), [x], .axes(options.axes, keepingDimensions: true))
    let factor = try unreduced(product(site.adjoint, scale), over: x, options)
    return try product(factor, fold(.subtract, x, mean))
  }

  /// A product as a tree of products of halves: its derivatives have no quotients, so zeros are fine.
  fileprivate mutating func productByHalves(
    _ x: NodeID, _ options: CallOptions
  ) throws(ShapeError) -> NodeID {
    let shape = shape(of: x)
    let marks = try shape.axisMarks(options.axes)
    let order = marks.indices.filter { !marks[$0] } + marks.indices.filter { marks[$0] }
    let size = zip(shape.dimensions, marks).reduce(1) { $1.1 ? $0 * $1.0 : $0 }
    let result = try shape.reducedShape(
      axes: options.axes, keepingDimensions: options.keepsDimensions)
    guard size > 0 else { return constant(Tensor(repeating: 1, shape: result)) }
    // The groups become the columns of a matrix, since rows are sliced without gaps.
    var permutation = CallOptions()
    permutation.axes = order.filter { marks[$0] } + order.filter { !marks[$0] }
    var rows = shape.rank < 2 ? x : try apply(.permute, [x], .options(permutation))
    rows = try reshape(rows, Shape([size, result.count]))
    var height = size
    while height > 1 {
      let half = height / 2
      func part(_ start: Int, _ stop: Int) -> Attribute {
        .items([.slice(start: start, stop: stop, step: 1)])
      }
      let upper = try apply(.index, [rows], part(0, half))
      let lower = try apply(.index, [rows], part(half, 2 * half))
      let products = try apply(.multiply, upper, lower)
      if height % 2 == 1 {
        let odd = try apply(.index, [rows], part(height - 1, height))
        rows = try apply(Primitive.row("concat"), [products, odd])
      } else {
        rows = products
      }
      height = half + height % 2
    }
    return try reshape(rows, result)
  }
}
