import Tensors

/// One function of the language: its value, its derivative and all that is said about it.
///
/// Everything that lists, evaluates, differentiates, explains or tests functions walks
/// `Primitive.all`; there is no second list of names.
package struct Primitive: Sendable {
  /// The name in formulas, in machine formats and, for functions, in the language.
  package let name: String
  /// Other names of the same row, such as `ln` for `log`.
  package internal(set) var spellings: [String]
  package let parameters: [String]
  package let notation: Notation
  let kernel: Kernel
  package let rule: Rule
  /// Ranges from which arguments can be drawn to check the rule, one for each parameter.
  package let domain: [ClosedRange<Double>]
  package let corners: [Corner]
  /// Arguments that are refused with an error: where the formula is not 0, and what to say.
  package let refusal: Refusal?
  package let sentence: String
  package let example: String
  /// Whether a result of 0 from finite operands that are not 0 was too small for a double.
  package var underflows = false
  /// What an operation on whole arrays does with their entries.
  package var flow = Flow.mixes
  /// Whether an operation that moves or adds entries may leave out some of them.
  var omitsEntries = false
  /// Numbers for the last parameters, for calls that leave them out.
  package var defaults: [Double] = []
  /// Not 0 where there is a value; nil when that is everywhere.
  package var validity: Formula?
  /// The same function by other rows, for a row that nobody can call: what is shown of it.
  package var meaning: Formula?
  /// How tables call a row that nobody can call by its name, such as `silu'`.
  package var shown: String?
  /// The arguments that are no part of the graph.
  package var options: [CallOption] = []
  /// Whether those come before the operands in a call.
  var startsWithOptions = false
  /// Whether operands of different shapes are seldom meant.
  package var expectsEqualShapes = false
  /// The value over many elements at once, for what is a single instruction.
  var unaryLoop: UnaryLoop?
  var binaryLoop: BinaryLoop?
  /// Whether each call gets a key from which its random numbers follow.
  package var isRandom = false
  /// The corner that a node of an operation on whole arrays may be at, and at which of its entries.
  var arrayCorner: ArrayCorner?
}

extension Primitive {
  package typealias ArrayCorner = @Sendable (Graph, NodeID) -> (mark: Mark, places: [Int])

  /// How the entries of an array's operands come into the result.
  ///
  /// Where it is known, tangents and index sets go the same way as the values; where it is not, a
  /// tangent takes the transpose of the pullback.
  package enum Flow: Hashable, Sendable {
    /// Each entry of the result may depend on every entry, in any way.
    case mixes
    /// Each entry of the result is an entry of an operand, or 0.
    case moves
    /// Each entry of the operand is added, with a weight, to one entry of the result.
    case adds
    /// The result is linear in either of two operands, as a matrix product is.
    case multiplies
    /// Each entry of the result may depend on the entries of its own group along the axes.
    case mixesGroups
    /// Each entry of the result depends on some entries of the operand, and their values decide on
    /// which: the others have no derivative, which is less than one of 0.
    case picks
  }

  /// How a table writes an application.
  package enum Notation: Hashable, Sendable {
    case call
    case infix(String)
    case prefix(String)
    /// Written behind its operand, such as `A.T`.
    case suffix(String)
    /// `x[1]`.
    case subscripts
    /// `[a, b]`.
    case brackets
    /// `if c then a else …`: the side that was taken.
    case choice
    /// Leaves: written as a name or a number.
    case leaf
  }

  /// How the value is computed.
  enum Kernel: Sendable {
    case none
    case unary(@convention(c) (Double) -> Double)
    case binary(@convention(c) (Double, Double) -> Double)
    case ternary(@convention(c) (Double, Double, Double) -> Double)
    case array(@Sendable ([Tensor], Attribute) throws(ShapeError) -> Tensor)
  }

  /// How the derivative is computed, in every mode and to every order.
  package enum Rule: Sendable {
    /// One formula for each parameter, elementwise.
    case partials([Partial])
    /// Builds the operands' adjoints as nodes from the adjoint of the result.
    case pullback(Pullback)
    /// The derivative is 0 wherever there is one.
    case constant
  }

  package enum Partial: Hashable, Sendable {
    case formula(Formula)
    /// A factor that also decides: where it is 0, nothing at all passes, not even a nan.
    case gate(Formula)
    case none
  }

  /// A place where the derivative is a choice or does not exist.
  package struct Corner: Sendable {
    /// Where this is 0.
    package let root: Formula
    package let mark: Mark
    /// For a kink between two sides, the partials by parameter where the root is negative and where
    /// it is positive; a kink at 0 of one argument has them from its interval.
    let slopes: (left: [Formula], right: [Formula])?

    init(_ root: Formula, _ mark: Mark, slopes: (left: [Formula], right: [Formula])? = nil) {
      (self.root, self.mark, self.slopes) = (root, mark, slopes)
    }
  }

  package struct Refusal: Sendable {
    package let condition: Formula
    package let message: String

    init(_ condition: Formula, _ message: String) {
      self.condition = condition
      self.message = message
    }
  }

  /// Whether a person can call the row by name.
  package var isFunction: Bool { notation == .call && !name.hasPrefix("_") }

  /// Every name by which a person can call the row.
  package var callableNames: [String] { (isFunction ? [name] : []) + spellings }

  /// The name in tables and traces: the natural logarithm is shown as `ln`.
  package var shownName: String { shown ?? spellings.last ?? operation }

  /// The name in machine formats.
  package var operation: String { String(name.drop { $0 == "_" }) }

  /// How many operands a node of the row has; 0 for rows that take any number.
  package var arity: Int { isVariadic ? 0 : parameters.count { $0 != "…" } }

  /// The parameters as a call shows them, with defaults: `x`, `slope=0.01`.
  package var signature: [String] {
    parameters.enumerated().map { place, parameter in
      guard place >= required, place < arity else { return parameter }
      var bytes = Array("\(parameter)=".utf8)
      NumberFormat.append(defaults[place - required], digits: .shortest, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// How many operands a call has to name.
  package var required: Int { arity - defaults.count }

  /// Whether further arguments are taken one after the other, as in `max(a, b, c)`.
  package var takesMore: Bool { arity > 0 && parameters.last == "…" }

  /// Whether the value is computed from whole arrays at once.
  package var takesArrays: Bool {
    if case .array = kernel { true } else { false }
  }

  /// Whether the row takes any number of operands, as `stack` does.
  package var isVariadic: Bool { parameters == ["…"] }

  /// The derivative with respect to one parameter, or nil where it is not an elementwise formula.
  package func derivative(ofParameter index: Int) -> Formula? {
    guard case .partials(let partials) = rule else { return nil }
    return switch partials[index] {
    case .formula(let formula), .gate(let formula): formula
    case .none: nil
    }
  }
}

extension Primitive {
  /// A function of one number.
  init(
    _ name: String, _ value: @escaping @convention(c) (Double) -> Double, derivative: Formula,
    on domain: ClosedRange<Double>, corners: [Corner] = [], spellings: [String] = [],
    _ sentence: String, example: String
  ) {
    self.init(
      name, value, .partials([.formula(derivative)]), on: domain, corners: corners,
      spellings: spellings, sentence, example: example)
  }

  /// A function of one number with any kind of rule.
  init(
    _ name: String, _ value: @escaping @convention(c) (Double) -> Double, _ rule: Rule,
    on domain: ClosedRange<Double>, corners: [Corner] = [], spellings: [String] = [],
    notation: Notation = .call, _ sentence: String, example: String
  ) {
    self.init(
      name: name, spellings: spellings, parameters: ["x"], notation: notation,
      kernel: .unary(value), rule: rule, domain: [domain], corners: corners, refusal: nil,
      sentence: sentence, example: example)
  }

  /// A function of two numbers.
  init(
    _ name: String, _ parameters: [String],
    _ value: @escaping @convention(c) (Double, Double) -> Double, _ rule: Rule,
    on first: ClosedRange<Double>, _ second: ClosedRange<Double>, corners: [Corner] = [],
    spellings: [String] = [], notation: Notation = .call, refusal: Refusal? = nil,
    _ sentence: String, example: String
  ) {
    self.init(
      name: name, spellings: spellings, parameters: parameters, notation: notation,
      kernel: .binary(value), rule: rule, domain: [first, second], corners: corners,
      refusal: refusal, sentence: sentence, example: example)
  }

  /// A function of three numbers.
  init(
    _ name: String, _ parameters: [String],
    _ value: @escaping @convention(c) (Double, Double, Double) -> Double, _ rule: Rule,
    on domain: [ClosedRange<Double>], corners: [Corner] = [], _ sentence: String, example: String
  ) {
    self.init(
      name: name, spellings: [], parameters: parameters, notation: .call, kernel: .ternary(value),
      rule: rule, domain: domain, corners: corners, refusal: nil,
      sentence: sentence, example: example)
  }

  /// An operation on whole arrays whose derivative is 0.
  init(
    constant name: String, _ parameters: [String], _ sentence: String, example: String,
    value: @escaping @Sendable ([Tensor], Attribute) throws(ShapeError) -> Tensor
  ) {
    self.init(
      name: name, spellings: [], parameters: parameters, notation: .call, kernel: .array(value),
      rule: .constant, domain: [], corners: [], refusal: nil, sentence: sentence,
      example: example)
  }

  /// An operation on whole arrays.
  init(
    _ name: String, _ parameters: [String], notation: Notation = .call,
    pullback: @escaping Pullback, _ sentence: String, example: String,
    value: @escaping @Sendable ([Tensor], Attribute) throws(ShapeError) -> Tensor
  ) {
    self.init(
      name: name, spellings: [], parameters: parameters, notation: notation, kernel: .array(value),
      rule: .pullback(pullback), domain: [], corners: [], refusal: nil,
      sentence: sentence, example: example)
  }

  /// A leaf of the graph.
  init(leaf name: String, _ sentence: String) {
    self.init(
      name: name, spellings: [], parameters: [], notation: .leaf, kernel: .none, rule: .constant,
      domain: [], corners: [], refusal: nil, sentence: sentence, example: "")
  }
}

/// What a derivative has that a number alone does not say.
package indirect enum Mark: Hashable, Sendable {
  /// Left and right derivatives differ; any number of the interval would do.
  case kink(ClosedRange<Double>)
  /// A kink whose interval is not known, as where a branch switches.
  case kinkOfUnknownSlope
  /// The value itself jumps here.
  case jump
  /// The graph is vertical here.
  case verticalTangent
  /// There is no derivative.
  case undefined
  /// The first node of its graph that is nan.
  case firstNotANumber
  /// The first node of its graph that is infinite.
  case firstInfinite
  /// The mark of some entries of an array: how many, and where the first of them stands.
  case entries(Mark, count: Int, first: [Int])
}
