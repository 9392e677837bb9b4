import Tensors

/// The kinds of rows, each with what it has to be given.
extension Primitive {
  /// A function of one number.
  convenience init(
    _ name: String, _ value: @escaping @convention(c) (Double) -> Double,
    derivative: @escaping @autoclosure @Sendable () -> Formula,
    on domain: @escaping @autoclosure @Sendable () -> ClosedRange<Double>,
    corners: @escaping @autoclosure @Sendable () -> [Corner] = [], spellings: [String] = [],
    _ sentence: String, example: String
  ) {
    self.init(
      name, ["x"], spellings: spellings, kernel: .unary(value),
      rule: { .partials([.formula(derivative())]) }, domain: { [domain()] }, corners: corners,
      sentence: sentence, example: example)
  }

  /// A function of one number with any kind of rule.
  convenience init(
    _ name: String, _ value: @escaping @convention(c) (Double) -> Double,
    _ rule: @escaping @autoclosure @Sendable () -> Rule,
    on domain: @escaping @autoclosure @Sendable () -> ClosedRange<Double>,
    corners: @escaping @autoclosure @Sendable () -> [Corner] = [], spellings: [String] = [],
    notation: Notation = .call, _ sentence: String, example: String
  ) {
    self.init(
      name, ["x"], spellings: spellings, notation: notation, kernel: .unary(value), rule: rule,
      domain: { [domain()] }, corners: corners, sentence: sentence, example: example)
  }

  /// A function of two numbers.
  convenience init(
    _ name: String, _ parameters: [String],
    _ value: @escaping @convention(c) (Double, Double) -> Double,
    _ rule: @escaping @autoclosure @Sendable () -> Rule,
    on first: @escaping @autoclosure @Sendable () -> ClosedRange<Double>,
    _ second: @escaping @autoclosure @Sendable () -> ClosedRange<Double>,
    corners: @escaping @autoclosure @Sendable () -> [Corner] = [], spellings: [String] = [],
    notation: Notation = .call, refusal: Refusal? = nil, _ sentence: String, example: String
  ) {
    self.init(
      name, parameters, spellings: spellings, notation: notation, kernel: .binary(value),
      rule: rule, domain: { [first(), second()] }, corners: corners, refusal: refusal,
      sentence: sentence, example: example)
  }

  /// A function of three numbers.
  convenience init(
    _ name: String, _ parameters: [String],
    _ value: @escaping @convention(c) (Double, Double, Double) -> Double,
    _ rule: @escaping @autoclosure @Sendable () -> Rule,
    on domain: @escaping @autoclosure @Sendable () -> [ClosedRange<Double>],
    corners: @escaping @autoclosure @Sendable () -> [Corner] = [], _ sentence: String,
    example: String
  ) {
    self.init(
      name, parameters, kernel: .ternary(value), rule: rule, domain: domain, corners: corners,
      sentence: sentence, example: example)
  }

  /// An operation on whole arrays whose derivative is 0.
  convenience init(
    constant name: String, _ parameters: [String], _ sentence: String, example: String,
    value: @escaping @Sendable ([Tensor], Attribute) throws(ShapeError) -> Tensor
  ) {
    self.init(
      name, parameters,
      kernel: .array { operands, attribute, _ throws(ShapeError) in try value(operands, attribute)
      },
      rule: { .constant }, sentence: sentence, example: example)
  }

  /// An operation on whole arrays.
  convenience init(
    _ name: String, _ parameters: [String], notation: Notation = .call,
    pullback: @escaping Pullback, _ sentence: String, example: String,
    value: @escaping @Sendable ([Tensor], Attribute) throws(ShapeError) -> Tensor
  ) {
    self.init(
      name, parameters, notation: notation,
      pullback: pullback, sentence, example: example,
      cancellable: { operands, attribute, _ throws(ShapeError) in try value(operands, attribute) })
  }

  /// An operation on whole arrays that may take long, and asks now and then whether to go on.
  convenience init(
    _ name: String, _ parameters: [String], notation: Notation = .call,
    pullback: @escaping Pullback, _ sentence: String, example: String,
    cancellable value:
      @escaping @Sendable ([Tensor], Attribute, Cancellation) throws(ShapeError) -> Tensor
  ) {
    self.init(
      name, parameters, notation: notation, kernel: .array(value), rule: { .pullback(pullback) },
      sentence: sentence, example: example)
  }

  /// A leaf of the graph.
  convenience init(leaf name: String, _ sentence: String) {
    self.init(
      name, [], notation: .leaf, kernel: .none, rule: { .constant }, sentence: sentence,
      example: "")
  }
}
