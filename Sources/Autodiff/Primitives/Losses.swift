import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Primitive {
  /// Distances between predictions and targets, one loss an example, gathered into one number.
  static let losses = [
    loss(
      "mse", ["p", "y"], { p, y in (p - y) * (p - y) },
      pullback: { graph, site, wanted throws(ShapeError) in
        let (p, y) = (site.operands[0], site.operands[1])
        let adjoint = try graph.ungathered(site, axes: nil)
        let twice = try graph.product(graph.constant(2), adjoint)
        let part = try graph.product(twice, graph.fold(.subtract, p, y))
        return [
          wanted[0] ? try graph.fitted(part, to: p) : nil,
          wanted[1] ? try graph.fitted(graph.fold(.negate, [part]), to: y) : nil,
        ]
      }, "the squared error", example: "mse([1, 2], [1, 4])"),
    loss(
      "mae", ["p", "y"], { p, y in abs(p - y) },
      pullback: composed { graph, x, attribute throws(ShapeError) in
        let difference = try graph.apply(.subtract, x[0], x[1])
        return try graph.gather(graph.apply(Primitive.row("abs"), difference), attribute)
      }, "the absolute error", example: "mae([1, 2], [1, 4])"
    ).marked { graph, id in graph.placesWithoutError(at: id) },
    Primitive(
      "huber", ["p", "y", "delta"],
      pullback: composed { graph, x, attribute throws(ShapeError) in
        // With d the distance clamped to ±delta: d²/2 inside, delta·(|p - y| - delta/2) outside.
        let distance = try graph.apply(
          Primitive.row("abs"), graph.apply(.subtract, x[0], x[1]))
        let inner = try graph.apply(Primitive.row("min"), distance, x[2])
        let half = try graph.apply(.multiply, inner, graph.constant(0.5))
        let rest = try graph.apply(.subtract, distance, half)
        return try graph.gather(graph.apply(.multiply, inner, rest), attribute)
      },
      "half the squared error, beyond delta a line; delta is 1 when left out",
      example: "huber([0, 3], [0.5, 0])",
      value: { operands, attribute throws(ShapeError) in
        if let delta = operands[2].elements.first(where: { $0 < 0 }) {
          throw .outside("delta of huber is 0 or more", delta)
        }
        let distances = try Tensor.zip(operands[0], operands[1]) { abs($0 - $1) }
        return try gather(
          Tensor.zip(distances, operands[2]) { distance, delta in
            let inner = min(distance, delta)
            return inner * (distance - 0.5 * inner)
          }, attribute)
      }
    ).taking(.reduction).defaulting(to: 1).expectingEqualShapes(),
    loss(
      "bce", ["p", "y"], { p, y in crossEntropy(p, y) }, takesLabels: true,
      pullback: { graph, site, wanted throws(ShapeError) in
        let (p, y) = (site.operands[0], site.operands[1])
        let adjoint = try graph.ungathered(site, axes: nil)
        return [
          wanted[0]
            ? try graph.fitted(
              graph.product(adjoint, graph.fold(Primitive.row("_bce_slope"), p, y)), to: p) : nil,
          wanted[1]
            ? try graph.fitted(
              graph.product(adjoint, graph.fold(.negate, [graph.named("logit", p)])), to: y) : nil,
        ]
      }, "the cross entropy of probabilities p of the labels y, which are 0 or 1",
      example: "bce([0.9, 0.2], [1, 0])"
    ),
    Primitive(
      "_bce_slope", ["p", "y"], { bceSlope($0, $1) },
      .partials([
        .formula(
          .when(
            .both(.x >= 0, .x <= 1),
            .when(.equal(.y, 0), 0, else: .y / .x / .x)
              + .when(.equal(.y, 1), 0, else: (1 - .y) / (1 - .x) / (1 - .x)), else: .nan)),
        .formula(
          .when(.both(.x >= 0, .x <= 1), -(1 / ((.x + 0) * (1 - .x))), else: .nan)),
      ]),
      on: 0.1...0.9, 0.1...0.9, "the slope of bce by p", example: ""
    ).standing(for: (.x - .y) / (.x * (1 - .x))).defined(where: .both(.x >= 0, .x <= 1)),
    loss(
      "bce_with_logits", ["z", "y"], { z, y in logisticLoss(z, y) }, takesLabels: true,
      pullback: { graph, site, wanted throws(ShapeError) in
        let (z, y) = (site.operands[0], site.operands[1])
        let adjoint = try graph.ungathered(site, axes: nil)
        let chance = try graph.named("sigmoid", z)
        return [
          wanted[0]
            ? try graph.fitted(
              graph.product(adjoint, graph.fold(.subtract, chance, y)), to: z) : nil,
          wanted[1]
            ? try graph.fitted(graph.product(adjoint, graph.fold(.negate, [z])), to: y) : nil,
        ]
      }, "bce(sigmoid(z), y), right for any z", example: "bce_with_logits([800, -2], [1, 0])"
    ),
    classLoss(
      "cross_entropy", "z",
      "the cross entropy of softmax(z) with the labels y: class numbers, or a probability each",
      example: "cross_entropy([[2, 1, 0]], [0])", isOfLogits: true),
    classLoss(
      "nll", "logp",
      "what log-probabilities give the labels y, negated: class numbers, or a probability each",
      example: "nll([[-0.5, -1, -3]], [0])", isOfLogits: false),
    Primitive(
      constant: "one_hot", ["y"], "rows of zeros with a 1 in the place of each class number",
      example: "one_hot([0, 2], 3)",
      value: { operands, attribute throws(ShapeError) in
        try operands[0].oneHot(classes: attribute.options.count ?? 0)
      }
    ).taking(.count),
  ]

  /// The loss of a probability and a label; nan for what is no probability.
  ///
  /// log1p(-p) keeps the digits of 1 - p where p is small.
  private static func crossEntropy(_ p: Double, _ y: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    return 0 - (y == 0 ? 0 : y * log(p)) - (y == 1 ? 0 : (1 - y) * log1p(-p))
  }

  /// The slope of the above by p.
  ///
  /// A label of 0 or 1 leaves one term; the other, of no weight, may be infinite.
  private static func bceSlope(_ p: Double, _ y: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    return (y == 1 ? 0 : (1 - y) / (1 - p)) - (y == 0 ? 0 : y / p)
  }

  private static func logisticLoss(_ z: Double, _ y: Double) -> Double {
    guard z.isInfinite else { return max(z, 0) - z * y + log1p(exp(-abs(z))) }
    return (z > 0 ? 1 - y : y) == 0 ? 0 : .infinity
  }

  /// A loss of pairs of numbers, of which the second may be labels: numbers from 0 to 1.
  private static func loss(
    _ name: String, _ parameters: [String], _ value: BinaryKernel, takesLabels: Bool = false,
    pullback: @escaping Pullback, _ sentence: String, example: String
  ) -> Primitive {
    Primitive(
      name, parameters, pullback: pullback, sentence, example: example,
      value: { operands, attribute throws(ShapeError) in
        if takesLabels, let label = operands[1].elements.first(where: { $0 < 0 || $0 > 1 }) {
          throw .outside("a label of \(name) is 0, 1 or between them", label)
        }
        return try gather(Tensor.zip(operands[0], operands[1], value), attribute)
      }
    ).taking(.reduction).expectingEqualShapes()
  }

  private func expectingEqualShapes() -> Primitive {
    expectsEqualShapes = true
    return self
  }

  /// A loss over classes, which lie along the last axis.
  private static func classLoss(
    _ name: String, _ scores: String, _ sentence: String, example: String, isOfLogits: Bool
  ) -> Primitive {
    Primitive(
      name, [scores, "y"],
      pullback: { graph, site, wanted throws(ShapeError) in
        let (scores, labels) = (site.operands[0], site.operands[1])
        let adjoint = try graph.ungathered(site, axes: [-1])
        var targets = labels
        if graph.shape(of: labels) != graph.shape(of: scores) {
          let classes = graph.shape(of: scores).dimensions.last ?? 0
          targets = graph.constant(try graph.tensor(of: labels).oneHot(classes: classes))
        }
        var parts: [NodeID?] = [nil, nil]
        if wanted[0], isOfLogits {
          let slope = try graph.adjoint(
            ofLogSoftmax: scores, targets, [-1], isNegated: true)
          parts[0] = try graph.product(adjoint, slope)
        } else if wanted[0] {
          parts[0] = try graph.product(adjoint, graph.fold(.negate, [targets]))
        }
        if wanted[1], targets == labels {
          let logs = isOfLogits ? try graph.named("log_softmax", scores) : scores
          parts[1] = try graph.product(adjoint, graph.fold(.negate, [logs]))
        }
        return parts
      }, sentence, example: example,
      value: { operands, attribute throws(ShapeError) in
        let logs = isOfLogits ? try operands[0].logSoftmax(axes: [-1]) : operands[0]
        guard let classes = logs.shape.dimensions.last else {
          throw .wrongRank(name, takes: "a row of classes", logs.shape)
        }
        var targets = operands[1]
        if targets.shape != logs.shape {
          guard targets.shape.dimensions == logs.shape.dimensions.dropLast() else {
            throw .doNotBroadcast([logs.shape, targets.shape])
          }
          targets = try targets.oneHot(classes: classes)
        }
        // A class without weight counts nothing, even one that is impossible.
        let products = try Tensor.zip(logs, targets) { $1 == 0 ? 0 : -$0 * $1 }
        return try gather(products.sum(axes: [-1]), attribute)
      }
    ).flowing(isOfLogits ? .mixes : .picks).taking(.reduction)
  }

  private static func gather(
    _ losses: Tensor, _ attribute: Attribute
  ) throws(ShapeError) -> Tensor {
    switch attribute.options.reduction {
    case .none: return losses
    case .sum: return try losses.sum()
    case .mean:
      try losses.requireEntries("mean", axes: nil)
      return try losses.mean()
    }
  }
}

extension Graph {
  /// The losses of examples as the option `reduction` wants them.
  fileprivate mutating func gather(
    _ losses: NodeID, _ attribute: Attribute
  ) throws(ShapeError) -> NodeID {
    switch attribute.options.reduction {
    case .none: losses
    case .sum: try apply(.sum, losses)
    case .mean: try apply(Primitive.row("mean"), losses)
    }
  }

  /// Where an absolute error has its kink: at an example, or in what they are gathered into.
  fileprivate func placesWithoutError(at id: NodeID) -> (mark: Mark, places: [Int]) {
    let sides = operands(of: id).map(tensor(of:))
    let errors = (try? Tensor.zip(sides[0], sides[1]) { $0 - $1 }) ?? sides[0]
    let places = errors.places { $0 == 0 }
    switch attribute(of: id).options.reduction {
    case .none: return (.kink(-1...1), places)
    case .sum: return (.kink(-1...1), places)
    case .mean:
      let share = 1 / Double(max(errors.count, 1))
      return (.kink(-share...share), places)
    }
  }

  /// The adjoint of each example's loss, broadcast to the operands.
  ///
  /// The axes are those that an example's loss was summed over.
  fileprivate mutating func ungathered(
    _ site: PullbackSite, axes: [Int]?
  ) throws(ShapeError) -> NodeID {
    let shapes = site.operands.map { shape(of: $0) }
    switch site.attribute.options.reduction {
    case .sum: return site.adjoint
    case .mean:
      let examples =
        axes == nil
        ? try Shape.broadcast(shapes)
        : try shapes[0].reducedShape(axes: axes, keepingDimensions: false)
      return try product(site.adjoint, constant(1 / Double(examples.count)))
    case .none:
      guard let axes else { return site.adjoint }
      let kept = try shapes[0].reducedShape(axes: axes, keepingDimensions: true)
      return try reshape(site.adjoint, kept)
    }
  }

  /// An adjoint of pairs in the shape of one of the operands, which the other may have stretched.
  fileprivate mutating func fitted(
    _ adjoint: NodeID, to operand: NodeID
  ) throws(ShapeError) -> NodeID {
    let target = shape(of: operand)
    guard let whole = Shape.broadcast(shape(of: adjoint), target) else { return adjoint }
    return try fit(fit(adjoint, to: whole), to: target)
  }
}
