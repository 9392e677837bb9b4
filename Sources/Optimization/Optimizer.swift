/// A way downhill: one row each; help, completion, the reference and the tests walk the table.
///
/// Positions and gradients are plain lists of numbers; whoever calls knows their shapes.
package struct Optimizer: Sendable {
  package let name: String
  package let sentence: String
  package let example: String
  package let hyperparameters: [Hyperparameter]
  package let method: Method
  /// What is wrong with numbers that do not go together.
  package var conflict: @Sendable (Hyperparameters) -> String? = { _ in nil }

  package enum Method: Sendable {
    /// One gradient makes one step: `update` gives the next position.
    case firstOrder(Update)
    /// Curvature is learnt from former gradients, and each step searches along a line.
    case limitedMemory
  }

  package typealias Update =
    @Sendable (
      _ position: [Double], _ gradient: [Double], Hyperparameters, inout OptimizerState
    ) -> [Double]

  package static let all = [sgd, adam, adamw, rmsprop, adagrad, lbfgs]

  /// The row of that name.
  package static func named(_ name: String) -> Optimizer? { all.first { $0.name == name } }

  /// As a person calls it, with every default: `sgd(lr=0.001, momentum=0)`.
  package var usage: String {
    let parameters = hyperparameters.map { "\($0.name)=\($0.standardText)" }
    return "\(name)(\(parameters.joined(separator: ", ")))"
  }
}

/// A number that a person chooses for an optimizer.
package struct Hyperparameter: Sendable {
  package let name: String
  package let standard: Double
  package let range: Range
  package let sentence: String

  /// The numbers that make sense.
  package enum Range: Sendable {
    case positive
    case notNegative
    /// From 0 on and below 1.
    case fraction
    /// 0 or 1.
    case choice
    /// A whole number from 1 on.
    case count

    package func holds(_ value: Double) -> Bool {
      switch self {
      case .positive: value > 0
      case .notNegative: value >= 0
      case .fraction: value >= 0 && value < 1
      case .choice: value == 0 || value == 1
      case .count: value >= 1 && value == value.rounded() && value < 1e6
      }
    }

    /// What has to hold, for messages.
    package var words: String {
      switch self {
      case .positive: "greater than 0"
      case .notNegative: "0 or greater"
      case .fraction: "at least 0 and less than 1"
      case .choice: "0 or 1"
      case .count: "a whole number from 1 on"
      }
    }
  }

  init(_ name: String, _ standard: Double, _ range: Range, _ sentence: String) {
    (self.name, self.standard, self.range, self.sentence) = (name, standard, range, sentence)
  }

  package var standardText: String {
    standard == .infinity
      ? "inf" : standard == standard.rounded() ? "\(Int(standard))" : "\(standard)"
  }
}

/// The numbers chosen for an optimizer, in the order of its row.
package struct Hyperparameters: Sendable {
  package let row: Optimizer
  package var values: [Double]

  package init(of row: Optimizer) {
    self.row = row
    values = row.hyperparameters.map(\.standard)
  }

  /// A value by its name, which the row has.
  package subscript(name: String) -> Double {
    get { place(of: name).map { values[$0] } ?? 0 }
    set { if let place = place(of: name) { values[place] = newValue } }
  }

  package func place(of name: String) -> Int? {
    row.hyperparameters.firstIndex { $0.name == name }
  }
}

/// What an optimizer remembers from one step to the next.
package struct OptimizerState: Sendable {
  /// The steps made so far.
  package var count = 0
  var buffers: [[Double]] = []

  /// How many numbers are remembered.
  package var size: Int { buffers.reduce(0) { $0 + $1.count } }

  package init() {}

  /// Makes room for so many lists like the position, zeros at first.
  mutating func prepare(_ buffers: Int, size: Int) {
    guard self.buffers.isEmpty else { return }
    self.buffers = Array(repeating: [Double](repeating: 0, count: size), count: buffers)
  }
}

extension Optimizer {
  /// Makes one step of a first-order method.
  ///
  /// The position is where to go from, the gradient holds the derivatives there in the same order,
  /// and the clipping is what a long gradient is multiplied by.
  package static func step(
    _ position: inout [Double], along gradient: [Double], clipping: Double = 1,
    _ chosen: Hyperparameters, _ state: inout OptimizerState
  ) {
    guard case .firstOrder(let update) = chosen.row.method else { return }
    state.count += 1
    position = update(
      position, clipping == 1 ? gradient : gradient.map { $0 * clipping }, chosen, &state)
  }

  /// By what a gradient is multiplied so that its length stays below a limit, as
  /// `clip_grad_norm_` does: limit/(length + 1e-6), at most 1.
  package static func clipping(of gradients: [[Double]], to limit: Double) -> Double {
    guard limit < .infinity else { return 1 }
    let length = gradients.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
    if length.isFinite { return min(1, limit / (length + 1e-6)) }
    // Squares beyond a double: in parts of the greatest entry.
    let greatest = gradients.joined().reduce(0) { max($0, abs($1)) }
    let share = gradients.joined().reduce(0) { $0 + ($1 / greatest) * ($1 / greatest) }.squareRoot()
    return min(1, limit / greatest / share)
  }
}
