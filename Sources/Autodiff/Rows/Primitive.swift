import Synchronization
import Tensors

/// One function of the language: its value, its derivative and all that is said about it.
///
/// Everything that lists, evaluates, differentiates, explains or tests functions walks
/// `Primitive.all`; there is no second list of names.
///
/// A class, so that the table is read without copying; rows do not change once it is built.
package final class Primitive: @unchecked Sendable {
  /// The name in formulas, in machine formats and, for functions, in the language.
  package let name: String
  /// Other names of the same row, such as `ln` for `log`.
  package internal(set) var spellings: [String]
  package let parameters: [String]
  /// How many operands a node of the row has; 0 for rows that take any number.
  package let arity: Int
  /// Whether arguments beyond those that are named may follow.
  private let isOpen: Bool
  package let notation: Notation
  let kernel: Kernel
  private let makeRule: @Sendable () -> Rule
  private let makeCorners: @Sendable () -> [Corner]
  private let makeDomain: @Sendable () -> [ClosedRange<Double>]
  private let details = AtomicLazyReference<Details>()
  /// Arguments that are refused with an error: where the formula is not 0, and what to say.
  package let refusal: Refusal?
  package let sentence: String
  package let example: String
  /// Whether a result of 0 from finite operands that are not 0 was too small for a double.
  package internal(set) var underflows = false
  /// What is said of an answer that depends on digits which large whole numbers do not have; nil for
  /// rows that ask for none.
  package internal(set) var remarkOnUnits: String?
  /// What an operation on whole arrays does with their entries.
  package internal(set) var flow = Flow.mixes
  /// Whether an operation that moves or adds entries may leave out some of them.
  var omitsEntries = false
  /// Numbers for the last parameters, for calls that leave them out.
  package internal(set) var defaults: [Double] = []
  var makeValidity: (@Sendable () -> Formula)?
  var makeMeaning: (@Sendable () -> Formula)?
  /// How tables call a row that nobody can call by its name, such as `silu'`.
  package internal(set) var shown: String?
  /// The arguments that are no part of the graph.
  package internal(set) var options: [CallOption] = []
  /// Whether those come before the operands in a call.
  var startsWithOptions = false
  /// Whether operands of different shapes are seldom meant.
  package internal(set) var expectsEqualShapes = false
  /// The value over many elements at once.
  var unaryLoop: UnaryLoop?
  var binaryLoop: BinaryLoop?
  var ternaryLoop: TernaryLoop?
  /// Whether each call gets a key from which its random numbers follow.
  package internal(set) var isRandom = false
  /// The corner that a node of an operation on whole arrays may be at, and at which of its entries.
  var arrayCorner: ArrayCorner?

  init(
    _ name: String, _ parameters: [String], spellings: [String] = [], notation: Notation = .call,
    kernel: Kernel, rule: @escaping @Sendable () -> Rule,
    domain: @escaping @Sendable () -> [ClosedRange<Double>] = { [] },
    corners: @escaping @Sendable () -> [Corner] = { [] }, refusal: Refusal? = nil,
    sentence: String, example: String
  ) {
    (self.name, self.parameters, self.spellings) = (name, parameters, spellings)
    // By bytes: a character that is not ASCII is compared by what it means, at every start.
    isOpen = parameters.last?.utf8.elementsEqual("…".utf8) ?? false
    arity = isOpen ? parameters.count - 1 : parameters.count
    (self.notation, self.kernel, makeDomain) = (notation, kernel, domain)
    (makeRule, makeCorners, self.refusal) = (rule, corners, refusal)
    (self.sentence, self.example) = (sentence, example)
  }

  /// What is worked out when it is first asked for: a start asks it of few rows.
  private final class Details: Sendable {
    let rule: Rule
    let corners: [Corner]

    init(_ rule: Rule, _ corners: [Corner]) { (self.rule, self.corners) = (rule, corners) }
  }

  private var knownDetails: Details {
    details.load() ?? details.storeIfNil(Details(makeRule(), makeCorners()))
  }

  package var rule: Rule { knownDetails.rule }
  package var corners: [Corner] { knownDetails.corners }
  /// Ranges from which arguments can be drawn to check the rule, one for each parameter.
  package var domain: [ClosedRange<Double>] { makeDomain() }
  /// Not 0 where there is a value; nil when that is everywhere.
  package var validity: Formula? { makeValidity?() }
  /// The same function by other rows, for a row that nobody can call: what is shown of it.
  package var meaning: Formula? { makeMeaning?() }

  /// Whether further arguments are taken one after the other, as in `max(a, b, c)`.
  package var takesMore: Bool { isOpen && arity > 0 }

  /// Whether the row takes any number of operands, as `stack` does.
  package var isVariadic: Bool { isOpen && arity == 0 }
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
    case array(@Sendable ([Tensor], Attribute, Cancellation) throws(ShapeError) -> Tensor)
    /// By a look at the graph that the operands are built from; within a program the first operand.
    case graph(@Sendable (Graph, [NodeID]) throws(ShapeError) -> Tensor)
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

  /// Whether an application is shown as the formula that the row stands for.
  package var isShownAsMeaning: Bool { shown == nil && makeMeaning != nil }

  /// The name in machine formats.
  package var operation: String { String(name.drop { $0 == "_" }) }

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

  /// Whether the value is computed from whole arrays at once.
  package var takesArrays: Bool {
    switch kernel {
    case .array, .graph: true
    case .none, .unary, .binary, .ternary: false
    }
  }

  /// The derivative with respect to one parameter, or nil where it is not an elementwise formula.
  package func derivative(ofParameter index: Int) -> Formula? {
    guard case .partials(let partials) = rule else { return nil }
    return switch partials[index] {
    case .formula(let formula), .gate(let formula): formula
    case .none: nil
    }
  }
}
