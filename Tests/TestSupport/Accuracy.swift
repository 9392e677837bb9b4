import Autodiff

/// How far a function and its derivative are from the truth, in units in the last place.
///
/// The truth stands in `Tests/Truth`, a file for each function, and `truth.py` there makes it.
package struct Accuracy: Sendable {
  /// The largest error of a value or of a derivative, and the arguments that have it.
  package struct Worst: Sendable {
    package var error = 0.0
    package var point: [Double] = []
  }

  package let row: Primitive
  package let points: Int
  package let value: Worst
  package let slope: Worst

  /// The rows of numbers that a person can call.
  package static let rows = Primitive.all.filter {
    !$0.domain.isEmpty && !$0.callableNames.isEmpty
  }

  /// Measures one row; nil without a file of truths.
  package init?(of row: Primitive) {
    guard let text = Golden.read("\(Golden.root)/Tests/Truth/\(row.operation).txt") else {
      return nil
    }
    var (value, slope) = (Worst(), Worst())
    let lines = text.split(separator: "\n")
    for line in lines {
      let fields = line.split(separator: " ")
      guard fields.count == 2 * row.arity + 1 else { return nil }
      let point = fields.prefix(row.arity).compactMap { Double($0) }
      let truths = fields.dropFirst(row.arity).compactMap(Truth.init)
      guard point.count == row.arity, truths.count == row.arity + 1 else { return nil }
      let answers = Self.answers(of: row, at: point)
      for (place, (answer, truth)) in zip(answers, truths).enumerated() {
        let error = truth.error(of: answer)
        if place == 0, error > value.error { value = Worst(error: error, point: point) }
        if place > 0, error > slope.error { slope = Worst(error: error, point: point) }
      }
    }
    (self.row, points, self.value, self.slope) = (row, lines.count, value, slope)
  }

  /// The value and the partial derivatives, as the graph and the sweep have them.
  private static func answers(of row: Primitive, at point: [Double]) -> [Double] {
    var graph = Graph()
    let inputs = point.map { graph.input($0) }
    guard let id = Primitive.named(row.name), let node = try? graph.apply(id, inputs) else {
      return []
    }
    var sweep = NumericSweep()
    guard sweep.run(from: node, in: graph) else { return [] }
    return [graph.scalar(of: node)] + inputs.map { sweep.partial($0) }
  }

  /// A true number: the nearest double and the rest of it.
  private struct Truth {
    let nearest: Double
    let rest: Double

    init?(_ text: Substring) {
      let parts = text.split(separator: ":")
      guard let first = parts.first, let nearest = Double(first) else { return nil }
      self.nearest = nearest
      rest = parts.count > 1 ? Double(parts[1]) ?? .nan : 0
    }

    func error(of answer: Double) -> Double {
      if nearest.isNaN || answer.isNaN { return nearest.isNaN == answer.isNaN ? 0 : .infinity }
      guard nearest.isFinite, answer.isFinite else { return nearest == answer ? 0 : .infinity }
      return abs((answer - nearest) - rest) / nearest.ulp
    }
  }
}
