import Tensors

/// The arguments of an array function that are no part of the graph, such as the axis of a sum.
package struct CallOptions: Hashable, Sendable {
  /// The axes to work along; where none are given it is up to the function.
  package var axes: [Int]?
  package var keepsDimensions = false
  /// What is taken from the number of entries before a variance is divided by it.
  package var freedom = 0.0
  /// The order of a norm.
  package var order = 2.0
  package var sizes: [Int]?
  /// Which diagonal: 0 for the main one, positive above it.
  package var diagonal = 0
  package var count: Int?
  package var reduction = Gathering.mean
  /// From what a random function makes its numbers.
  package var key: UInt64 = 0

  package init(axes: [Int]? = nil, keepsDimensions: Bool = false) {
    (self.axes, self.keepsDimensions) = (axes, keepsDimensions)
  }

  /// What becomes of the losses of single examples.
  package enum Gathering: String, CaseIterable, Sendable {
    case mean, sum, none
  }
}

/// One argument that is no part of the graph: how it is called and what it means.
package enum CallOption: Hashable, Sendable {
  /// One axis or several; all of them when left out.
  case axes
  /// One axis; of the flat array when left out.
  case axis
  /// One axis, the first when left out.
  case firstAxis
  /// One axis, the last when left out.
  case lastAxis
  case keepdims, ddof, ord
  /// Sizes, one after the other or in brackets.
  case sizes
  /// Sizes of which there may be none.
  case optionalSizes
  /// An order of axes.
  case permutation
  case diagonal, count, reduction

  /// The word before `=` in a call.
  package var name: String {
    switch self {
    case .axes, .axis, .firstAxis, .lastAxis: "axis"
    case .keepdims: "keepdims"
    case .ddof: "ddof"
    case .ord: "ord"
    case .sizes, .optionalSizes: "shape"
    case .permutation: "axes"
    case .diagonal: "k"
    case .count: "n"
    case .reduction: "reduction"
    }
  }

  package var isRequired: Bool { self == .sizes || self == .count }

  /// Whether it takes all arguments that are left, as the sizes in `zeros(2, 3)`.
  package var takesRest: Bool {
    self == .sizes || self == .optionalSizes || self == .permutation
  }

  /// What help says of it.
  package var sentence: String {
    switch self {
    case .axes: "one axis or several, such as 0, -1 or [0, 1]; all when left out"
    case .axis: "an axis; without one the entries count as one row"
    case .firstAxis: "an axis, 0 when left out"
    case .lastAxis: "an axis, the last when left out"
    case .keepdims: "1 leaves an axis of size 1 in the place of each that goes"
    case .ddof: "the sum is divided by the number of entries less this, 0 when left out"
    case .ord: "1, 2 or inf, for vectors; 2 when left out"
    case .sizes: "the sizes along the axes, as 2, 3 or [2, 3]"
    case .optionalSizes: "the sizes along the axes, as 2, 3 or [2, 3]; a single number without"
    case .permutation: "the axes in their new order; reversed when left out"
    case .diagonal: "0 for the main diagonal, 1 for the one above, -1 for the one below"
    case .count: "how many"
    case .reduction: "\"mean\", \"sum\" or \"none\"; the mean when left out"
    }
  }

  /// The argument as it is written in a call; nil where it is left out.
  func text(in options: CallOptions) -> String? {
    func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ", ") }
    func assigned(_ text: String) -> String { "\(name)=\(text)" }
    switch self {
    case .axes, .axis, .firstAxis, .lastAxis:
      return options.axes.map { axes in
        assigned(axes.count == 1 ? list(axes) : "[\(list(axes))]")
      }
    case .keepdims: return options.keepsDimensions ? assigned("1") : nil
    case .ddof: return options.freedom == 0 ? nil : assigned(short(options.freedom))
    case .ord: return options.order == 2 ? nil : assigned(short(options.order))
    case .sizes, .optionalSizes: return options.sizes.map(list)
    case .permutation: return options.axes.map { assigned("[\(list($0))]") }
    case .diagonal: return options.diagonal == 0 ? nil : assigned(String(options.diagonal))
    case .count: return options.count.map(String.init)
    case .reduction:
      return options.reduction == .mean ? nil : assigned("\"\(options.reduction.rawValue)\"")
    }
  }

  private func short(_ number: Double) -> String {
    NumberFormat.text(number)
  }
}

extension Primitive {
  /// The arguments in a call, in the order in which they stand.
  package enum Parameter: Hashable, Sendable {
    case operand(String)
    case option(CallOption)

    package var name: String {
      switch self {
      case .operand(let name): name
      case .option(let option): option.name
      }
    }
  }

  /// Operands and options in their order; of `full(shape, v)` the option comes first.
  package var arguments: [Parameter] {
    let operands = parameters.map(Parameter.operand)
    let rest = options.map(Parameter.option)
    return startsWithOptions ? rest + operands : operands + rest
  }

  /// How a call is written, such as `sum(x, axis=…, keepdims=…)`.
  package func usage(calledAs name: String) -> String {
    let rest = options.map { $0.isRequired ? $0.name : "\($0.name)=…" }
    let texts = startsWithOptions ? rest + signature : signature + rest
    return "\(name)(\(texts.joined(separator: ", ")))"
  }
}

extension Graph {
  /// The options that a node was made with, as they are written in a call.
  package func optionTexts(of id: NodeID) -> [String] {
    guard case .options(let options) = attribute(of: id) else { return [] }
    return operation(of: id).row.options.compactMap { $0.text(in: options) }
  }
}
