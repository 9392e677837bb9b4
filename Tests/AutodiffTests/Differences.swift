@testable import Autodiff
import Tensors
import Testing

/// The derivative as a limit of central differences.
///
/// Romberg's scheme: each halving of the step lets one more even power of it be extrapolated away.
/// The entry whose neighbours agree best is taken (Ridders 1982).
///
/// A step of 0 is that of a parameter which takes whole numbers only: nothing is differentiated by it.
func difference(step: Double, of function: (Double) throws -> Double) rethrows -> Double {
  guard step > 0 else { return 0 }
  var (best, smallest) = (Double.nan, Double.infinity)
  var before: [Double] = []
  for level in 0..<8 {
    let h = step / Double(1 << level)
    var row = [(try function(h) - function(-h)) / (2 * h)]
    var power = 1.0
    for column in 0..<before.count {
      power *= 4
      row.append((power * row[column] - before[column]) / (power - 1))
      let error = max(
        abs(row[column + 1] - row[column]), abs(row[column + 1] - before[column]))
      if error < smallest { (best, smallest) = (row[column + 1], error) }
    }
    before = row
  }
  return best
}

/// The gradients of a scalar function of arrays, by nodes.
func gradients(_ function: Construction, at points: [Tensor]) throws -> [Tensor] {
  var graph = Graph()
  let inputs = points.map { graph.input($0) }
  let output = try function(&graph, inputs)
  var builder = GradientBuilder()
  let gradient = try builder.gradient(of: output, withRespectTo: inputs, in: &graph)
  return zip(gradient, points).map { slope, point in
    slope.map { graph.tensor(of: $0) } ?? Tensor(repeating: 0, shape: point.shape)
  }
}

/// First and second order against differences, along every element.
func expectDifferences(
  of function: Construction, at points: [Tensor],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try expectGradient(function, at: points, sourceLocation)
  var numbers = Numbers(seed: "weights")
  let weights = points.map { numbers.tensor($0.shape.dimensions) }
  let slope: Construction = { graph, inputs in
    let output = try function(&graph, inputs)
    var builder = GradientBuilder()
    let gradient = try builder.gradient(of: output, withRespectTo: inputs, in: &graph)
    var sum = graph.constant(0)
    for (slope, weight) in zip(gradient, weights) {
      guard let slope else { continue }
      let part = try graph.node("sum", graph.node("multiply", slope, graph.constant(weight)))
      sum = try graph.node("add", sum, part)
    }
    return sum
  }
  try expectGradient(slope, at: points, sourceLocation)
}

func expectGradient(
  _ function: Construction, at points: [Tensor], _ sourceLocation: SourceLocation
) throws {
  let gradients = try gradients(function, at: points)
  for (which, point) in points.enumerated() {
    #expect(gradients[which].shape == point.shape, sourceLocation: sourceLocation)
    for place in point.elements.indices {
      let limit = try difference(step: 0.05) { h in
        var moved = points
        var elements = point.elements
        elements[place] += h
        moved[which] = Tensor(shape: point.shape, elements: elements)
        var graph = Graph()
        let inputs = moved.map { graph.input($0) }
        let output = try function(&graph, inputs)
        return graph.scalar(of: output)
      }
      #expect(
        isNear(gradients[which].elements[place], limit),
        "operand \(which), element \(place): \(gradients[which].elements[place]), not \(limit)",
        sourceLocation: sourceLocation)
    }
  }
}
