import Autodiff
import Optimization
import Syntax

/// What a name means as long as nobody binds it.
package enum Builtin: Sendable {
  case none
  /// Rows of the function table that go by that name, one for each number of arguments.
  case functions([Overload])
  case form(Int)
  case optimizer(Int)
  case constant(Double)
  /// `ans` and `_`.
  case lastResult

  /// Names for the last result.
  static let lastResultNames = ["ans", "_"]

  /// A row that a name means, with what calls look at.
  package struct Overload: Sendable {
    let id: PrimitiveID
    let arity: Int
    /// How many of the operands a call has to name; the others have defaults.
    let required: Int
    let takesMore: Bool
    let refuses: Bool
    /// Whether there are arguments besides operands, which calls have to sort out.
    let takesOptions: Bool
    /// Whether every number has a value.
    let isTotal: Bool

    init(_ id: PrimitiveID, _ row: Primitive) {
      self.id = id
      (arity, required) = (row.arity, row.required)
      (takesMore, refuses) = (row.takesMore, row.refusal != nil)
      takesOptions = !row.options.isEmpty || row.isVariadic || row.isRandom
      isTotal = !refuses && !row.takesArrays
    }

    /// Whether a call may have that many arguments.
    func takes(_ count: Int) -> Bool {
      required...arity ~= count || takesMore && count > arity
    }
  }

  /// Names for numbers.
  package static let constants: [(name: String, value: Double, sentence: String)] = [
    ("pi", .pi, "the ratio of a circle's circumference to its diameter"),
    ("e", 2.718281828459045, "the base of the natural logarithm"),
    ("inf", .infinity, "positive infinity"),
    ("nan", .nan, "not a number"),
    ("true", 1, "what a comparison gives that holds"),
    ("false", 0, "what a comparison gives that does not hold"),
  ]

  /// The built-in names by `NameID`.
  static func intern(into names: inout NameTable) -> [Builtin] {
    var builtins: [Builtin] = []
    func add(_ name: String, _ builtin: Builtin) {
      let id = names.intern(name)
      while builtins.count < id.index { builtins.append(.none) }
      if id.index == builtins.count {
        builtins.append(builtin)
      } else if case .none = builtins[id.index] {
        builtins[id.index] = builtin
      } else if case .form = builtins[id.index] {
        // `step(x)` is a function of a number; of an optimizer the call finds the form.
        builtins[id.index] = builtin
      } else if case .functions(let before) = builtins[id.index],
        case .functions(let more) = builtin
      {
        builtins[id.index] = .functions(before + more)
      }
    }
    for (place, form) in Form.all.enumerated() { add(form.name, .form(place)) }
    for (place, row) in Optimizer.all.enumerated() { add(row.name, .optimizer(place)) }
    for (place, row) in Primitive.all.enumerated() {
      let overload = Overload(PrimitiveID(rawValue: UInt16(place)), row)
      if row.isFunction { add(row.name, .functions([overload])) }
      for spelling in row.spellings { add(spelling, .functions([overload])) }
    }
    for constant in constants { add(constant.name, .constant(constant.value)) }
    for name in lastResultNames { add(name, .lastResult) }
    return builtins
  }
}

/// The function row that each operator of the language means.
struct OperatorRows: Sendable {
  private let rows: [Int]
  private let refusals: [Bool]

  static let all = OperatorRows()

  private init() {
    rows = Operator.all.map { entry in
      entry.function.isEmpty ? -1 : Int(Primitive.row(entry.function).rawValue)
    }
    refusals = rows.map { $0 >= 0 && Primitive.all[$0].refusal != nil }
  }

  /// Whether some arguments are refused with an error.
  func refuses(_ place: Int) -> Bool { refusals[place] }

  @inline(__always) func row(_ place: Int) -> Int { rows[place] }
}
